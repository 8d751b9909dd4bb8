import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MarketCalibration } from '../../shared/domain/calibration/market-calibration.ts';
import { horizons } from '../../shared/domain/calibration/platt.ts';
import { countersOf } from '../../shared/domain/counters.ts';
import type { Decision, Desk } from '../../shared/domain/decide.ts';
import { decide } from '../../shared/domain/decide.ts';
import { watchKey } from '../../shared/domain/exits/exit-rules.ts';
import type { Side, Usd } from '../../shared/domain/money.ts';
import type { OrderIntent } from '../../shared/domain/order.ts';
import { decisionKey } from '../../shared/domain/order.ts';
import type { Position } from '../../shared/domain/position.ts';
import type { MarketRow } from '../../shared/domain/rows-board.ts';
import { aBoard, aRow, HOUR, mirroredRow, NOON } from '../fixtures/market-rows.ts';
import { aBook, aDesk, aPosition, cents, contracts, usd } from '../fixtures/trading-desk.ts';

const fit = { a: 0, b: 1.4, varianceA: 0, varianceB: 0, covariance: 0, events: 300 };
/** Says the same of YES at p as of NO at 1 − p. */
const fair: MarketCalibration = {
  fittedAt: 0,
  samples: 1,
  events: 300,
  active: true,
  holdout: undefined,
  byHorizon: Object.fromEntries(horizons.map((horizon) => [horizon, fit])),
  byCategory: {},
};

/** A market as the properties make them: where it is, how wide, where it was, what is held of it. */
interface Made {
  readonly mid: number;
  readonly half: number;
  readonly before: number;
  readonly event: number;
  readonly size: number;
  readonly held: { readonly side: Side; readonly entry: number; readonly count: number } | undefined;
}
const made: fc.Arbitrary<Made> = fc.record({
  mid: fc.integer({ min: 4, max: 96 }),
  half: fc.integer({ min: 1, max: 2 }),
  before: fc.integer({ min: 5, max: 95 }),
  event: fc.integer({ min: 0, max: 3 }),
  size: fc.integer({ min: 0, max: 100_000 }),
  held: fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    {
      weight: 1,
      arbitrary: fc.record({
        side: fc.constantFrom<Side>('yes', 'no'),
        entry: fc.integer({ min: 5, max: 95 }),
        count: fc.integer({ min: 1, max: 60 }),
      }),
    },
  ),
});
const world = fc.array(made, { minLength: 1, maxLength: 25 });

const rowsOf = (markets: readonly Made[]): readonly MarketRow[] =>
  markets.map(({ mid, half, event, size }, index) =>
    aRow({
      ticker: `KX${event}-1-T${index}`,
      event: `KX${event}-1`,
      series: `KX${event}`,
      bid: (mid - half) * 100,
      ask: (mid + half) * 100,
      bidSize: size,
      askSize: size,
    }),
  );

function worldOf(markets: readonly Made[], mirror: boolean, changes: Partial<Desk> = {}) {
  const rows = mirror ? rowsOf(markets).map(mirroredRow) : rowsOf(markets);
  const before = new Map(rows.map(({ ticker }, index) => [ticker, (markets[index]?.before ?? 0) * 100]));
  const then = (ticker: string) => (mirror ? 10_000 - (before.get(ticker) ?? 0) : (before.get(ticker) ?? 0));
  const board = aBoard(rows, { past: { dayAgo: then, weekAgo: () => Number.NaN } });
  const positions = new Map<string, Position>();
  const watches = new Map<string, { peak: ReturnType<typeof cents>; trigger?: { reason: 'stop' | 'recovery'; since: number } }>();
  for (const [index, { held }] of markets.entries()) {
    const row = rows[index];
    if (!held || !row) continue;
    const side: Side = mirror ? (held.side === 'yes' ? 'no' : 'yes') : held.side;
    const { ticker, event } = row;
    positions.set(ticker, aPosition({ ticker, event, side, count: contracts(held.count), cost: usd((held.entry / 100) * held.count) }));
    const reason = index % 2 === 0 ? 'stop' : 'recovery';
    watches.set(watchKey('paper', ticker), { peak: cents(held.entry), trigger: { reason, since: NOON - HOUR } });
  }
  return { board, desk: aDesk({ calibration: fair, book: aBook({ positions }), watches, ...changes }) };
}

/** What a decision came to, seen from the other side if asked. */
function told({ considered, exits }: Decision, mirror: boolean) {
  const side = (one: Side) => (mirror ? (one === 'yes' ? 'no' : 'yes') : one);
  const asked = (order: OrderIntent | undefined) =>
    order && { ticker: order.ticker, side: side(order.side), price: order.price, count: order.count, risk: order.risk };
  const verdictOf = (verdict: Decision['exits'][number]['verdict'] | undefined) =>
    verdict && {
      order: asked(verdict.approved ?? verdict.refused),
      results: verdict.results.map(({ check, state }) => `${check} ${state}`),
    };
  return {
    considered: considered.map(({ signal, sized, verdict }) => ({
      strategy: signal.strategy,
      contracts: sized?.contracts,
      verdict: verdictOf(verdict),
    })),
    exits: exits.map(({ reason, verdict }) => ({ reason, verdict: verdictOf(verdict) })),
  };
}

const approvedOf = ({ considered }: Decision) => considered.flatMap(({ verdict }) => verdict?.approved ?? []);

describe('a decision', () => {
  it('on the mirrored world is the mirrored decision: same orders on the other side, same refusals, same exits', () => {
    let orders = 0;
    fc.assert(
      fc.property(world, (markets) => {
        const [here, there] = [worldOf(markets, false), worldOf(markets, true)];
        const decision = decide(here.board, here.desk);
        orders += approvedOf(decision).length + decision.exits.length;
        expect(told(decide(there.board, there.desk), true)).toEqual(told(decision, false));
      }),
      { numRuns: 200 },
    );
    expect(orders).toBeGreaterThan(100);
  });

  it('keeps every cap, whatever the gate approves', () => {
    let approvals = 0;
    const share = (max: number) => fc.integer({ min: 0, max: 1_000 }).map((part) => (max * part) / 1_000);
    const caps = fc.record({
      perMarket: share(0.3),
      perEvent: share(0.4),
      perCategory: share(0.5),
      cashReserve: share(1),
      maxPositions: fc.integer({ min: 0, max: 12 }),
      kellyFraction: share(1),
      capitalMax: fc.option(fc.integer({ min: 1, max: 2_000 }).map(usd), { nil: undefined }),
      maxOrder: fc.option(fc.integer({ min: 1, max: 50 }).map(usd), { nil: undefined }),
    });
    fc.assert(
      fc.property(world, caps, fc.integer({ min: 0, max: 1_000 }), (markets, changes, cash) => {
        const { board, desk } = worldOf(markets, false);
        const limits = { ...desk.limits, ...changes };
        const book = desk.books.get('paper') ?? aBook();
        const risk = new Map<string, number>();
        const count = (of: Parameters<typeof countersOf>[0], amount: number) => {
          for (const name of countersOf(of)) risk.set(name, (risk.get(name) ?? 0) + amount);
        };
        for (const position of book.positions.values()) count(position, position.cost);
        const exposure = new Map([...risk].map(([name, amount]) => [name, amount as Usd]));
        const before = { ...book, exposure, cash: usd(cash), shardCash: new Map([[0, usd(cash / 2)]]) };
        const approved = approvedOf(decide(board, { ...desk, limits, books: new Map([['paper', before]]) }));
        approvals += approved.length;
        for (const order of approved) count(order, order.risk);
        const touched = new Set(approved.flatMap(countersOf));
        const bankroll = Math.min(before.equityFloor, limits.capitalMax ?? before.equityFloor);
        for (const [name, amount] of risk) {
          // What was held before may be over a cap that is lower now; nothing may be added to it.
          if (!touched.has(name)) continue;
          if (name.startsWith('market:')) expect(amount).toBeLessThanOrEqual(limits.perMarket * bankroll);
          if (name.startsWith('event:')) expect(amount).toBeLessThanOrEqual(limits.perEvent * bankroll);
          if (name.startsWith('category:')) expect(amount).toBeLessThanOrEqual(limits.perCategory * bankroll);
        }
        const spent = approved.reduce((sum, order) => sum + order.risk, 0);
        expect(spent).toBeLessThanOrEqual(usd(cash / 2));
        if (approved.length > 0) expect(risk.get('total')).toBeLessThanOrEqual(limits.capitalMax ?? Number.POSITIVE_INFINITY);
        if (approved.length > 0) expect(before.cash - spent).toBeGreaterThanOrEqual(limits.cashReserve * bankroll);
        const tickers = approved.map(({ ticker }) => ticker);
        expect(new Set(tickers).size).toBe(tickers.length);
        expect(new Set([...tickers, ...before.positions.keys()]).size).toBeLessThanOrEqual(
          Math.max(limits.maxPositions, before.positions.size),
        );
        for (const order of approved) {
          expect(order.risk).toBeLessThanOrEqual(limits.maxOrder ?? Number.POSITIVE_INFINITY);
          expect(order.count).toBeLessThanOrEqual((board.askSize[board.rowOf(order.ticker) ?? -1] ?? 0) * limits.depth);
        }
      }),
      { numRuns: 200 },
    );
    expect(approvals).toBeGreaterThan(50);
  });

  it('of one quote is what the whole board says of that market alone', () => {
    fc.assert(
      fc.property(world, (markets) => {
        const { board, desk } = worldOf(markets, false);
        const whole = decide(board, desk);
        const rows = Array.from({ length: board.rows }, (_, row) => decide(board, desk, row, row + 1));
        const signals = (one: Decision) => one.considered.map(({ signal }) => `${signal.strategy} ${signal.ticker} ${signal.side}`);
        expect(rows.flatMap(signals).sort()).toEqual([...signals(whole)].sort());
        expect(new Map(rows.flatMap(({ watches }) => [...watches]))).toEqual(whole.watches);
        expect(rows.flatMap(({ exits }) => exits.map(({ position }) => position.ticker)).sort()).toEqual(
          whole.exits.map(({ position }) => position.ticker).sort(),
        );
      }),
    );
  });

  const fallen: readonly Made[] = [{ mid: 50, half: 1, before: 60, event: 0, size: 100_000, held: undefined }];

  it('carries its key, its reason and its dead-man into the order', () => {
    const { board, desk } = worldOf(fallen, false);
    const [order] = approvedOf(decide(board, desk));
    expect(order).toMatchObject({
      key: decisionKey({ book: 'paper', strategy: 'dips', ticker: 'KX0-1-T0', side: 'yes', purpose: 'entry', epoch: 'tick', leg: 0 }),
      action: 'buy',
      postOnly: true,
      timeInForce: 'good_till_canceled',
      expiresAt: NOON + HOUR,
      reason: 'YES fell 16.7% from 60.0¢ to 50.0¢',
    });
  });

  it('hears no strategy that is off, and nobody in a halted book', () => {
    const off = worldOf(fallen, false, { rungs: { dips: 'off' } });
    expect(decide(off.board, off.desk).considered).toEqual([]);
    const halted = worldOf(fallen, false, { books: new Map([['paper', aBook({ state: 'halted' })]]) });
    const [first] = decide(halted.board, halted.desk).considered;
    expect(first?.verdict?.approved).toBeUndefined();
  });

  it('leaves with what is ours and judges it by what ours cost; what was bought by hand stays', () => {
    const byHand = { ...aPosition(), count: contracts(4), cost: usd(3.8) };
    const position = aPosition({ count: contracts(14), cost: usd(8.8), byHand });
    const stopped = new Map([
      [watchKey('paper', position.ticker), { peak: cents(50), trigger: { reason: 'stop' as const, since: NOON - HOUR } }],
    ]);
    const book = aBook({ positions: new Map([[position.ticker, position]]) });
    const at = (bid: number) => decide(aBoard([aRow({ bid: cents(bid), ask: cents(bid + 2) })]), aDesk({ book, watches: stopped })).exits;
    expect(at(41)).toEqual([]);
    expect(at(40)).toMatchObject([{ reason: 'stop', verdict: { approved: { action: 'sell', count: 1_000, reduceOnly: true } } }]);
  });

  it('leaves with a reduce-only order at what is bid less the slippage allowed, and asks again when nobody bids', () => {
    const holding: readonly Made[] = [{ mid: 30, half: 1, before: 30, event: 0, size: 100, held: { side: 'yes', entry: 50, count: 10 } }];
    const { board, desk } = worldOf(holding, false);
    const [exit] = decide(board, desk).exits;
    expect(exit?.verdict.approved).toMatchObject({
      action: 'sell',
      price: 2_700,
      count: 1_000,
      reduceOnly: true,
      timeInForce: 'immediate_or_cancel',
      risk: 0,
    });
    const nobody = aBoard(rowsOf(holding).map((row) => ({ ...row, bid: 0 })));
    expect(decide(nobody, desk).exits).toEqual([]);
  });
});
