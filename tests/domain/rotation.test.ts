import { describe, expect, it } from 'vitest';
import type { Considered } from '../../shared/domain/decide.ts';
import { decide } from '../../shared/domain/decide.ts';
import { rotationOf } from '../../shared/domain/rotation.ts';
import type { MarketRow } from '../../shared/domain/rows-board.ts';
import { aBoard, aRow, HOUR, NOON } from '../fixtures/market-rows.ts';
import { aBook, aDesk, aPosition, aSignal, cents, contracts, defaultLimits, probability, usd } from '../fixtures/trading-desk.ts';

const desk = aDesk();
const held = (ticker: string, row: number, changes = {}) => ({ book: 'paper' as const, position: aPosition({ ticker, ...changes }), row });
const rows = (changes: Partial<MarketRow> = {}) => [
  aRow({ ticker: 'KXNEW-1-T1' }),
  aRow({ ticker: 'KXA-1-T1', ...changes }),
  aRow({ ticker: 'KXB-1-T1', bid: 4_950, ask: 5_050 }),
];
/** A signal that the gate refused for these checks. */
const refused = (checks: readonly string[], fair: number): Considered => {
  const because = checks.map((check) => ({ check, state: 'fail', detail: '' }));
  return {
    signal: aSignal('yes', { ticker: 'KXNEW-1-T1', fair: probability(fair) }),
    book: 'paper',
    verdict: { refused: {}, because, results: because },
  } as unknown as Considered;
};
const left = (considered: readonly Considered[], margin = 0.01, changes: Partial<MarketRow> = {}) =>
  rotationOf(aBoard(rows(changes)), considered, [held('KXA-1-T1', 1), held('KXB-1-T1', 2)], { margin, exits: desk.exits })?.position.ticker;

describe('a full book', () => {
  it('leaves what promises least for what promises more than it, its spread, the fees and the margin', () => {
    // KXB: mid 50 over a bid of 49.5, a spread of 1 cent and a fee of 1.75 cents: 7.6 % with its own promise and the margin; the signal costs 50.
    expect(left([refused(['fewEnough'], 0.54)])).toBe('KXB-1-T1');
    expect(left([refused(['fewEnough', 'affordable'], 0.538)])).toBe('KXB-1-T1');
    expect(left([refused(['fewEnough'], 0.5375)])).toBeUndefined();
    expect(left([refused(['fewEnough'], 0.533)], 0)).toBe('KXB-1-T1');
  });

  it('leaves nothing for what something else speaks against, or what was approved', () => {
    expect(left([refused(['fewEnough', 'unlocked'], 0.9)])).toBeUndefined();
    const { verdict: _, ...approved } = refused([], 0.9);
    expect(left([{ ...approved, verdict: { approved: {}, results: [] } } as unknown as Considered])).toBeUndefined();
    expect(left([])).toBeUndefined();
  });

  it('leaves one for what only lacked the cash to be sized', () => {
    const { verdict: _, ...one } = refused([], 0.6);
    const sized = (name: string, kellyFraction = 0.1) =>
      ({ ...one, sized: { contracts: 0, kellyFraction, caps: [{ name, limit: 0, binding: true }] } }) as unknown as Considered;
    expect(left([sized('cash')])).toBe('KXB-1-T1');
    expect(left([sized('depth')])).toBeUndefined();
    expect(left([sized('cash', 0)])).toBeUndefined();
  });

  it('keeps what its own strategy still thinks well of, and what settles soon or has no price', () => {
    const fond = { signal: aSignal('yes', { ticker: 'KXB-1-T1', fair: probability(0.7) }), book: 'paper' } as Considered;
    expect(left([refused(['fewEnough'], 0.6), fond])).toBe('KXA-1-T1');
    const kept = [{ knownClose: NOON + HOUR / 6 }, { bid: Number.NaN }, { bid: 4_000, ask: 5_000 }, { bid: 9_600, ask: 9_700 }];
    expect(kept.map((row) => left([refused(['fewEnough'], 0.6), fond], 0.01, row))).toEqual(kept.map(() => undefined));
  });

  it('sells the one position by rotation where a setting asks for it, and otherwise none', () => {
    const past = { dayAgo: (ticker: string) => (ticker === 'KXNEW-1-T1' ? 6_000 : Number.NaN), weekAgo: () => Number.NaN };
    const board = aBoard(rows(), { past });
    const positions = new Map(
      [held('KXA-1-T1', 1), held('KXB-1-T1', 2, { count: contracts(14), byHand: { ...aPosition(), count: contracts(4) } })].map(
        ({ position }) => [position.ticker, position],
      ),
    );
    const book = aBook({ positions, cash: usd(200) });
    const exits = (rotation: number | undefined) =>
      decide(board, aDesk({ book, limits: { ...defaultLimits, rotation, maxPositions: 2 } })).exits;
    expect(exits(undefined)).toEqual([]);
    expect(exits(0.01)).toMatchObject([
      {
        reason: 'rotation',
        position: { ticker: 'KXB-1-T1' },
        verdict: { approved: { count: contracts(10), reduceOnly: true, price: cents(47) } },
      },
    ]);
  });
});
