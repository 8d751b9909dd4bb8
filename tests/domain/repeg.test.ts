import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../shared/domain/decide.ts';
import { feePerContract } from '../../shared/domain/fees.ts';
import type { PriceRange } from '../../shared/domain/market.ts';
import type { Price, Side } from '../../shared/domain/money.ts';
import { notional, opposite } from '../../shared/domain/money.ts';
import type { OrderRecord } from '../../shared/domain/order.ts';
import { ceilingOf, repegOf } from '../../shared/domain/repeg.ts';
import type { MarketRow } from '../../shared/domain/rows-board.ts';
import { aBoard, aRow, mirroredRow, NOON, plainTerms, wholeCents } from '../fixtures/market-rows.ts';
import { aBook, aDesk, aRestingEntry, aSignal, cents, contracts, defaultLimits, probability, usd } from '../fixtures/trading-desk.ts';

const half: readonly PriceRange[] = [{ start: 50 as Price, end: 9_950 as Price, step: 50 as Price }];
const tenth: readonly PriceRange[] = [{ start: 10 as Price, end: 9_990 as Price, step: 10 as Price }];
const maker = { ...plainTerms, fee: { type: 'quadratic_with_maker_fees', multiplier: 10_000 } as const };

const ceiling = (changes: Parameters<typeof aSignal>[1], row: Partial<MarketRow> = {}, limits = defaultLimits) =>
  ceilingOf(aBoard([aRow(row)]), aSignal('yes', changes), limits);

describe('the ceiling of an entry', () => {
  it('is two cents over its first price', () => {
    expect(ceiling({})).toBe(5_200);
    expect(ceiling({}, {}, { ...defaultLimits, maxSlippage: cents(1) })).toBe(5_100);
  });

  it('is no more than it is worth after fees, on the grid', () => {
    expect(ceiling({ fair: probability(0.52) })).toBe(5_100);
    expect(ceiling({ fair: probability(0.515) }, { terms: { ...plainTerms, priceRanges: tenth } })).toBe(5_140);
    expect(ceiling({ fair: probability(0.513) }, { terms: maker })).toBe(5_000);
    expect(ceiling({ fair: probability(0.505) })).toBe(5_000);
  });

  it('is the price itself for what takes, and where nothing is to be re-pegged', () => {
    expect(ceiling({ postOnly: false })).toBe(5_000);
    expect(ceiling({}, {}, { ...defaultLimits, repegs: 0 })).toBe(5_000);
    expect(ceiling({}, { terms: { ...plainTerms, fee: undefined } })).toBe(5_000);
    expect(ceiling({}, { terms: { ...plainTerms, priceRanges: undefined } })).toBe(5_000);
  });
});

const to = (row: Partial<MarketRow>, record: OrderRecord = aRestingEntry(), limit = 53) =>
  repegOf(aBoard([aRow(row)]), aSignal('yes', { limit: cents(limit) }), record, defaultLimits)?.to;

describe('an entry that rests', () => {
  it('is re-pegged over the bid that is better than its own: by half a cent, or a tick where that is more', () => {
    const between = { bid: 5_050, ask: 5_400 };
    expect(to({ bid: 5_100, ask: 5_400 })).toBe(5_200);
    expect(to({ ...between, terms: { ...plainTerms, priceRanges: half } })).toBe(5_100);
    expect(to({ ...between, terms: { ...plainTerms, priceRanges: tenth } })).toBe(5_100);
  });

  it('stays where its own bid is the best, for a quote shows that too', () => {
    expect(to({ bid: 5_000, ask: 5_400 })).toBeUndefined();
    expect(to({ bid: 4_900, ask: 5_400 })).toBeUndefined();
  });

  it('stays a tick under the ask, under its ceiling, and under what its strategy would pay now', () => {
    expect(to({ bid: 5_100, ask: 5_200 })).toBe(5_100);
    expect(to({ bid: 5_300, ask: 5_600 })).toBe(5_200);
    expect(to({ bid: 5_100, ask: 5_400 }, aRestingEntry(), 51)).toBe(5_100);
    expect(to({ bid: 5_100, ask: 5_400 }, aRestingEntry({ price: cents(52) }))).toBeUndefined();
  });

  it('moves only as often as it may, not before its time, and not while a re-peg is under way', () => {
    const outbid = { bid: 5_100, ask: 5_400 };
    const moved = (count: number, at: number, pending?: number) =>
      aRestingEntry({ repegs: { count, at, ...(pending === undefined ? {} : { pending: cents(pending) }) } });
    expect(to(outbid, moved(2, NOON - 60_000))).toBe(5_200);
    expect(to(outbid, moved(3, NOON - 60_000))).toBeUndefined();
    expect(to(outbid, moved(1, NOON - 59_999))).toBeUndefined();
    expect(to(outbid, aRestingEntry({}, { decidedAt: NOON - 59_999 }))).toBeUndefined();
    expect(to(outbid, moved(1, NOON - 60_000, 51))).toBeUndefined();
    expect(to(outbid, aRestingEntry({ state: 'unknown' }))).toBeUndefined();
    const { repeg: _, ...bound } = aRestingEntry().intent;
    expect(to(outbid, { ...aRestingEntry(), intent: bound })).toBeUndefined();
  });

  it('is not moved in a market that changed, or that nobody quotes', () => {
    expect(to({ bid: Number.NaN, ask: 5_400 })).toBeUndefined();
    expect(to({ bid: 5_100, ask: Number.NaN })).toBeUndefined();
    const decidedOn = { closesAt: NOON };
    expect(to({ bid: 5_100, ask: 5_400 }, aRestingEntry({}, { decidedOn }))).toBeUndefined();
  });

  it('is re-pegged on NO as its mirror on YES', () => {
    const quote = fc.record({
      bid: fc.integer({ min: 4_000, max: 6_000 }),
      spread: fc.integer({ min: 1, max: 600 }),
      limit: fc.integer({ min: 4_500, max: 5_500 }),
    });
    let moved = 0;
    fc.assert(
      fc.property(quote, fc.constantFrom(wholeCents, half, tenth), ({ bid, spread, limit }, priceRanges) => {
        const row = aRow({ bid, ask: bid + spread, terms: { ...plainTerms, priceRanges } });
        const on = (side: Side) => {
          const record = aRestingEntry({}, { side });
          return repegOf(aBoard([side === 'yes' ? row : mirroredRow(row)]), aSignal(side, { limit: limit as Price }), record, defaultLimits)
            ?.to;
        };
        if (on('yes') !== undefined) moved += 1;
        expect(on('no')).toBe(on('yes'));
      }),
    );
    expect(moved).toBeGreaterThan(5);
    expect(opposite(cents(52))).toBe(4_800);
  });
});

describe('a decision about an entry that rests', () => {
  /** It fell from 60 to 50: dips would pay the mid. */
  const decided = (row: Partial<MarketRow>, book = {}) => {
    const past = { dayAgo: () => 6_000, weekAgo: () => Number.NaN };
    const record = aRestingEntry({ price: cents(48) }, { price: cents(48), repeg: { ceiling: cents(50), times: 3 } });
    const view = aBook({ busy: new Set(['KXA-1-T1']), resting: new Map([['KXA-1-T1', record]]), ...book });
    return decide(aBoard([aRow(row)], { past }), aDesk({ book: view })).considered[0];
  };

  it('is a better price for it, asked of the gate, and no second order', () => {
    const { repeg, verdict } = decided({ bid: 4_900, ask: 5_100 }) ?? {};
    expect(repeg?.repeg).toMatchObject({ id: 'k1-resting', from: 4_800, to: 5_000, number: 1, bounds: { ceiling: 5_000, times: 3 } });
    expect(repeg?.verdict.approved).toEqual(repeg?.repeg);
    expect(verdict).toBeUndefined();
  });

  it('is no while the book is stopped or the quote is old', () => {
    expect(decided({}, { state: 'reducing' })?.repeg?.verdict).toMatchObject({ because: [{ check: 'active' }] });
    expect(decided({ quotedAt: NOON - 91_000 })?.repeg?.verdict).toMatchObject({ because: [{ check: 'fresh' }] });
  });

  it('leaves it be where it stands well', () => {
    const { repeg, verdict } = decided({ bid: 4_800, ask: 5_000 }) ?? {};
    expect(repeg).toBeUndefined();
    expect(verdict?.approved).toBeUndefined();
  });
});

describe('an entry that may be re-pegged', () => {
  it('is sized and reserved so that every cap holds at its ceiling', () => {
    const past = { dayAgo: () => 6_000, weekAgo: () => Number.NaN };
    const desk = aDesk({ limits: { ...defaultLimits, kellyFraction: 1, perMarket: 0.03 } });
    const [first] = decide(aBoard([aRow({ terms: maker })], { past }), desk).considered;
    const order = first?.verdict?.approved;
    if (order === undefined) throw new Error('nothing was approved');
    expect(order).toMatchObject({ price: 5_000, repeg: { ceiling: 5_200, times: 3 } });
    const fee = feePerContract(cents(52), 'maker', maker.fee, NOON) * (order.count / 100);
    expect(order.risk / 1e6).toBeCloseTo(notional(cents(52), order.count) / 1e6 + fee, 3);
    expect(order.risk).toBeLessThanOrEqual(usd(30));
    expect(order.risk + 520_000 + 10_000).toBeGreaterThan(usd(30));
    expect(order.count).toBeGreaterThan(contracts(50));
  });
});
