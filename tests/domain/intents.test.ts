import { describe, expect, it } from 'vitest';
import { entryIntent, exitIntent, flattenIntent, marketChanged } from '../../shared/domain/intents.ts';
import type { MarketTerms } from '../../shared/domain/market.ts';
import type { Price } from '../../shared/domain/money.ts';
import type { Sized } from '../../shared/domain/sizing/size.ts';
import { aBoard, aRow, DAY, NOON, plainTerms } from '../fixtures/market-rows.ts';
import { aPosition, aSignal, cents, contracts, defaultLimits, usd } from '../fixtures/trading-desk.ts';

const desk = { epoch: 'tick', limits: defaultLimits };
const sized = { contracts: contracts(10), risk: usd(5), feePredicted: usd(0.1) } as Sized;
const bare: MarketTerms = { fee: undefined, priceRanges: undefined, shard: undefined, mutuallyExclusive: undefined };
const row = (terms: Partial<MarketTerms> = {}, changes: Parameters<typeof aRow>[0] = {}) =>
  aBoard([aRow({ terms: { ...plainTerms, rulesHash: 'r1', ...terms }, ...changes })]);
const entry = (board = row(), signal = aSignal(), ceiling = signal.limit) =>
  entryIntent(board, signal, { sized, ceiling, book: 'paper', desk });

describe('an entry', () => {
  it('rests post-only until its reason lapses, and says all it was decided on', () => {
    expect(entry()).toStrictEqual({
      ...{ key: 'paper|dips|KXA-1-T1|yes|entry|tick|0', book: 'paper', strategy: 'dips', purpose: 'entry', reason: 'it fell' },
      ...{ ticker: 'KXA-1-T1', event: 'KXA-1', series: 'KXA', category: 'Climate', shard: 0, side: 'yes', action: 'buy' },
      ...{ price: 5_000, count: 1_000, timeInForce: 'good_till_canceled', postOnly: true, reduceOnly: false },
      ...{ expiresAt: NOON + 3_600_000, epoch: 'tick', leg: 0, decidedAt: NOON, risk: usd(5), feePredicted: usd(0.1) },
      ...{ feeTerms: plainTerms.fee, quoted: 5_100, decidedOn: { rulesHash: 'r1', closesAt: NOON + 2 * DAY }, fair: 0.6 },
    });
  });

  it('that takes is immediate or cancelled, and needs no dead-man', () => {
    const taking = entry(row(), aSignal('yes', { postOnly: false, paperOnly: true }));
    expect(taking).toMatchObject({ timeInForce: 'immediate_or_cancel', postOnly: false, paperOnly: true });
    expect(taking).not.toHaveProperty('expiresAt');
  });

  it('says nothing of what is not known', () => {
    const unknown = entry(aBoard([aRow({ terms: bare, ask: 10_000, knownClose: Number.NaN })]));
    for (const name of ['category', 'feeTerms', 'quoted', 'repeg', 'paperOnly']) expect(unknown).not.toHaveProperty(name);
    expect(unknown.decidedOn).toStrictEqual({});
    expect(unknown.shard).toBeUndefined();
  });

  it('may be re-pegged only where its ceiling is above its price', () => {
    expect(entry(row(), aSignal(), cents(51)).repeg).toEqual({ ceiling: 5_100, times: defaultLimits.repegs });
    expect(entry(row(), aSignal(), cents(50))).not.toHaveProperty('repeg');
  });
});

describe('what a resting order was decided on', () => {
  it('has changed with the rules, the close or a grid its price is not on, and with nothing else', () => {
    const intent = entry();
    expect(marketChanged(intent, row())).toBe(false);
    expect(marketChanged(intent, row({}, { bid: 4_000, ask: 4_200 }))).toBe(false);
    expect(marketChanged(intent, row({ rulesHash: 'r2' }))).toBe(true);
    expect(marketChanged(intent, row({}, { knownClose: NOON }))).toBe(true);
    const coarse = [{ start: 0 as Price, end: 10_000 as Price, step: 700 as Price }];
    expect(marketChanged(intent, row({ priceRanges: coarse }))).toBe(true);
    expect(marketChanged(intent, row({ priceRanges: undefined }))).toBe(false);
    expect(marketChanged(intent, aBoard([]))).toBe(false);
    const { decidedOn: _decidedOn, ...old } = intent;
    expect(marketChanged(old, row({ rulesHash: 'r2' }))).toBe(false);
  });
});

describe('a sale', () => {
  const exit = (board = row(), position = aPosition()) => exitIntent(board, 0, { position, book: 'paper', reason: 'stop', desk });

  it('of an exit takes what is bid, a little under it if need be, and never more than is held', () => {
    expect(exit()).toStrictEqual({
      ...{ key: 'paper|dips|KXA-1-T1|yes|exit|tick|0', book: 'paper', strategy: 'dips', purpose: 'exit', reason: 'stop' },
      ...{ ticker: 'KXA-1-T1', event: 'KXA-1', series: 'KXA', category: 'Climate', shard: 0, side: 'yes', action: 'sell' },
      ...{ price: 4_700, count: 1_000, timeInForce: 'immediate_or_cancel', postOnly: false, reduceOnly: true },
      ...{ epoch: 'tick', leg: 0, decidedAt: NOON, risk: 0, feePredicted: 175_000, feeTerms: plainTerms.fee, quoted: 4_900 },
    });
  });

  it('expects the fee of a sale, which rounding makes another than a buy has', () => {
    const limits = { ...defaultLimits, account: 'non-direct' } as const;
    const board = row({}, { bid: 510, ask: 600 });
    const one = { position: aPosition({ count: contracts(1) }), book: 'paper', reason: 'stop', desk: { ...desk, limits } } as const;
    expect(exitIntent(board, 0, one)?.feePredicted).toBe(11_000);
  });

  it('of a flattening is another decision, down to the price somebody chose', () => {
    const { strategy: _strategy, ...byHand } = aPosition();
    const flat = flattenIntent(row(), 0, { position: byHand, book: 'paper', floor: cents(1), desk });
    expect(flat).toMatchObject({ key: 'paper|by-hand|KXA-1-T1|yes|flatten|tick|0', strategy: 'by-hand', reason: 'flatten', price: 100 });
  });

  it('is at least the lowest price there is', () => {
    expect(exit(row({}, { bid: 100, ask: 300 }))?.price).toBe(100);
    expect(exit(row({}, { bid: 300, ask: 400 }))?.price).toBe(100);
  });

  it('waits where nobody bids, and where fee or grid are not known', () => {
    expect(exit(row({}, { bid: 0 }))).toBeUndefined();
    expect(exit(row({ fee: undefined }))).toBeUndefined();
    expect(exit(row({ priceRanges: undefined }))).toBeUndefined();
    const { category: _category, ...uncategorised } = plainTerms;
    expect(exit(aBoard([aRow({ terms: uncategorised })]))).not.toHaveProperty('category');
  });
});
