import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heldQuote } from '../../../shared/domain/board.ts';
import type { ExitReason, ExitSettings, Look, Watch } from '../../../shared/domain/exits/exit-rules.ts';
import { watchPosition } from '../../../shared/domain/exits/exit-rules.ts';
import type { Position } from '../../../shared/domain/position.ts';
import { aBoard, aRow, HOUR, NOON } from '../../fixtures/market-rows.ts';
import { aPosition, cents, usd } from '../../fixtures/trading-desk.ts';

const off: ExitSettings = {
  stop: undefined,
  recovery: undefined,
  takeProfit: undefined,
  trail: undefined,
  timeShare: undefined,
  portfolioStop: undefined,
  maxSpread: cents(6),
  confirmSeconds: 15,
  holdAbove: cents(95),
  holdMinutes: 15,
};
const look = (seconds: number, bid: number | undefined, changes: Partial<Look> & { ask?: number } = {}): Look => {
  const { ask = bid === undefined ? undefined : bid + 2, ...rest } = changes;
  const price = (value: number | undefined) => (value === undefined ? undefined : cents(value));
  return {
    quote: { at: NOON + seconds * 1000, bid: price(bid), ask: price(ask), bidSize: undefined, askSize: undefined },
    close: undefined,
    drawdown: undefined,
    before: undefined,
    ...rest,
  };
};

/** Looks one after another, the watch carried along; the first exit, with the look it came at. */
function firstExit(settings: Partial<ExitSettings>, looks: readonly Look[], position: Position = aPosition()) {
  let before: Watch | undefined;
  for (const [index, next] of looks.entries()) {
    const { watch, exit } = watchPosition(position, { ...next, before }, { ...off, ...settings });
    if (exit) return { exit, index };
    before = watch;
  }
  return undefined;
}

const twoHours = { close: NOON + 2 * HOUR };

/** The same bid for a minute: long enough for any trigger to be confirmed. */
const minute = (bid: number, changes: Parameters<typeof look>[2] = {}) => [0, 20, 40].map((seconds) => look(seconds, bid, changes));

describe('an exit', () => {
  it.each<[ExitReason, string, Partial<ExitSettings>, readonly Look[]]>([
    ['stop', 'a fifth below entry', { stop: 0.2 }, minute(40)],
    ['recovery', 'a twentieth above entry', { recovery: 0.05 }, minute(52.5)],
    ['take-profit', 'half the way to a dollar', { takeProfit: 0.5 }, minute(75)],
    ['trail', 'half the gain given back', { trail: { activate: cents(5), give: 0.5 } }, [look(0, 60), ...minute(55)]],
    [
      'time',
      'half the time gone',
      { timeShare: 0.5 },
      [look(3601, 50, { close: NOON + 2 * HOUR }), look(3620, 50, { close: NOON + 2 * HOUR })],
    ],
    ['portfolio', 'the book down a twentieth', { portfolioStop: 0.05 }, minute(50, { drawdown: 0.05 })],
  ])('is %s at %s', (exit, _, settings, looks) => expect(firstExit(settings, looks)?.exit).toBe(exit));

  it.each<[string, Partial<ExitSettings>, readonly Look[]]>([
    ['a bid just above the stop', { stop: 0.2 }, minute(40.01)],
    ['a bid just below the profit', { recovery: 0.05 }, minute(52.49)],
    ['a trail that was never armed', { trail: { activate: cents(5), give: 0.5 } }, [look(0, 54), ...minute(45)]],
    ['a trail that gave back less than two cents', { trail: { activate: cents(1), give: 0.1 } }, [look(0, 52), ...minute(50.1)]],
    ['a stop on a quote too wide to read', { stop: 0.2 }, minute(40, { ask: 46.01 })],
    ['a bid that vanished', { stop: 0.2, recovery: 0.05 }, [look(0, undefined), look(60, undefined)]],
    ['a bid that settles by itself', { recovery: 0.05, stop: 0.01 }, minute(95)],
    ['the last quarter of an hour', { stop: 0.2, recovery: 0.05 }, minute(40, { close: NOON + 15 * 60_000 })],
    ['half the time where the close is not known', { timeShare: 0.5 }, [look(0, 50), look(9e6, 50)]],
    ['a drawdown that is not known', { portfolioStop: 0.05 }, minute(50)],
    ['a drawdown within what is allowed', { portfolioStop: 0.05 }, minute(50, { drawdown: 0.0499 })],
    ['a drawdown where no limit is set', {}, minute(50, { drawdown: 0.9 })],
    ['a bid just below half the way to a dollar', { takeProfit: 0.5 }, minute(74.99)],
    ['time that is up where nobody bids', { timeShare: 0.5 }, [look(4000, undefined, twoHours), look(4100, undefined, twoHours)]],
    ['a gain of which less than the share was given back', { trail: { activate: cents(5), give: 0.5 } }, [look(0, 60), ...minute(56)]],
    ['a gain that is just short of arming the trail', { trail: { activate: cents(5), give: 0.5 } }, [look(0, 54.99), ...minute(51)]],
  ])('does not come from %s', (_, settings, looks) => expect(firstExit(settings, looks)).toBeUndefined());

  it('still comes on the last price and spread that count, and no later than the last minute that counts', () => {
    const at = (settings: Partial<ExitSettings>, ...looks: readonly Look[]) => firstExit({ confirmSeconds: 0, ...settings }, looks)?.exit;
    expect(at({ stop: 0.2 }, look(0, 40, { ask: 46 }))).toBe('stop');
    expect(at({ stop: 0.2 }, look(0, 40, { close: NOON + 15 * 60_000 }))).toBeUndefined();
    expect(at({ stop: 0.2 }, look(0, 40, { close: NOON + 15 * 60_000 + 1 }))).toBe('stop');
    expect(at({ trail: { activate: cents(5), give: 0.5 } }, look(0, 55), look(1, 52.5))).toBe('trail');
    expect(at({ takeProfit: 0.5 }, look(0, 75))).toBe('take-profit');
    expect(at({ timeShare: 0.5 }, look(3600, 50, twoHours))).toBeUndefined();
    expect(at({ timeShare: 0.5 }, look(3600.001, 50, twoHours))).toBe('time');
  });

  it('needs its trigger in two looks far enough apart, without a break between', () => {
    expect(firstExit({ stop: 0.2 }, [look(0, 40), look(14, 40), look(15, 40)])?.index).toBe(2);
    expect(firstExit({ stop: 0.2 }, [look(0, 40), look(10, 45), look(20, 40), look(30, 40)])).toBeUndefined();
  });

  it('starts counting again when another rule triggers', () => {
    const settings = { stop: 0.2, recovery: 0.05 };
    expect(firstExit(settings, [look(0, 40), look(20, 53), look(30, 53), look(35, 53)])).toEqual({ exit: 'recovery', index: 3 });
  });

  it('remembers the peak and the last bid for as long as it is told what it saw', () => {
    const seen = watchPosition(aPosition(), look(0, 60), off).watch;
    expect(seen).toEqual({ peak: 6_000, lastBid: 6_000 });
    expect(watchPosition(aPosition(), look(9, undefined, { before: seen }), off).watch).toEqual(seen);
    expect(watchPosition(aPosition(), look(9, undefined), off).watch).toStrictEqual({ peak: 5_000 });
  });

  it('is the same for NO at 1 − p on the mirrored path: it looks only at the side held', () => {
    const path = fc.array(fc.tuple(fc.integer({ min: 5, max: 95 }), fc.integer({ min: 1, max: 8 })), { minLength: 1, maxLength: 30 });
    const settings: ExitSettings = { ...off, stop: 0.2, recovery: 0.1, trail: { activate: cents(3), give: 0.5 } };
    fc.assert(
      fc.property(path, (prices) => {
        const seen: Record<'yes' | 'no', Watch | undefined> = { yes: undefined, no: undefined };
        for (const [index, [bid, spread]] of prices.entries()) {
          const at = NOON + index * 10_000;
          const ask = Math.min(99, bid + spread);
          const step = (side: 'yes' | 'no') => {
            const yesBook = side === 'yes' ? { bid, ask } : { bid: 100 - ask, ask: 100 - bid };
            const row = aRow({ bid: cents(yesBook.bid), ask: cents(yesBook.ask), quotedAt: at });
            return watchPosition(
              aPosition({ side }),
              { ...look(0, bid), quote: heldQuote(aBoard([row]), 0, side), before: seen[side] },
              settings,
            );
          };
          const both = { yes: step('yes'), no: step('no') };
          expect(both.no).toEqual(both.yes);
          seen.yes = both.yes.watch;
          seen.no = both.no.watch;
        }
      }),
    );
  });

  it('works on the average price of what is held', () => {
    expect(firstExit({ stop: 0.2 }, minute(33), aPosition({ cost: usd(4) }))).toBeUndefined();
    expect(firstExit({ stop: 0.2 }, minute(32), aPosition({ cost: usd(4) }))?.exit).toBe('stop');
  });
});
