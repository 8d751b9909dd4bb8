import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../../shared/adapters/memory/memory-store.ts';
import { paperExchange } from '../../../shared/adapters/paper/paper-exchange.ts';
import type { MarketOutcome } from '../../../shared/domain/market.ts';
import type { Usd } from '../../../shared/domain/money.ts';
import type { ApprovedRepeg, OrderIntent, OrderRecord } from '../../../shared/domain/order.ts';
import type { MarketRow } from '../../../shared/domain/rows-board.ts';
import { anIntent } from '../../contract/store-examples.ts';
import { aBoard, aRow, NOON, plainTerms } from '../../fixtures/market-rows.ts';
import { aRepeg, cents, contracts, usd } from '../../fixtures/trading-desk.ts';

/** A paper exchange on one market whose quote and time the test moves. */
function aFloor(first: Partial<MarketRow> = {}) {
  const now = { at: NOON, row: aRow(first), outcomes: [] as readonly MarketOutcome[] };
  const clock = { now: () => now.at, sleep: async () => {} };
  const market = { quotes: async () => aBoard([{ ...now.row, quotedAt: now.at }], { at: now.at }), outcomes: async () => now.outcomes };
  const paper = paperExchange({ records: memoryStore(() => now.at).records, market, clock, membership: 'direct', cash: usd(100) });
  const orderOf = (changes: Partial<OrderIntent>) => anIntent({ ticker: 'KXA-1-T1', count: contracts(10), risk: usd(5), ...changes });
  return {
    paper,
    now,
    /** A moment later, at another quote, with the exchange's own work done. */
    async move(row: Partial<MarketRow>, seconds = 60) {
      now.at += seconds * 1000;
      now.row = aRow(row);
      await paper.match();
    },
    submit: (id: string, changes: Partial<OrderIntent> = {}) => paper.submit(id, orderOf(changes)),
    record: (id: string, changes: Partial<OrderIntent> = {}): OrderRecord => ({
      id,
      intent: orderOf(changes),
      state: 'resting',
      updatedAt: now.at,
      filled: contracts(0),
      held: usd(5),
      token: 1,
    }),
  };
}
const betterTo = (price: number) => aRepeg({ id: 'a', to: cents(price) }) as ApprovedRepeg;
const taking = { postOnly: false, timeInForce: 'immediate_or_cancel', price: cents(52) } as const;

describe('the paper exchange', () => {
  it('fills a taker at the quote with the exact fee, and moves cash and position', async () => {
    const { paper, submit } = aFloor();
    expect(await submit('a', taking)).toMatchObject({ state: 'filled', filled: 1_000 });
    expect(await paper.fills(0)).toMatchObject([{ price: 5_100, count: 1_000, fee: 175_000, role: 'taker', side: 'yes', action: 'buy' }]);
    expect((await paper.balance()).total).toBe(usd(100 - 5.1 - 0.175));
    expect(await paper.positions()).toMatchObject([{ ticker: 'KXA-1-T1', yesCount: 1_000 }]);
  });

  it('fills only what is displayed and cancels the rest', async () => {
    const { paper, submit } = aFloor({ askSize: 400 });
    expect(await submit('a', taking)).toMatchObject({ state: 'cancelled', filled: 400 });
    expect(await paper.orders({})).toMatchObject([{ clientOrderId: 'a', status: 'canceled', filled: 400 }]);
  });

  it('rests a maker until the price runs through it, and not when it only touches', async () => {
    const { paper, submit, move } = aFloor();
    expect(await submit('a', { price: cents(50) })).toMatchObject({ state: 'resting', filled: 0 });
    await move({ bid: 4_800, ask: 5_000 });
    expect(await paper.fills(0)).toEqual([]);
    await move({ bid: 4_800, ask: 4_900 });
    expect(await paper.fills(0)).toMatchObject([{ price: 5_000, count: 1_000, role: 'maker', fee: 0 }]);
    expect(await paper.orders({ resting: true })).toEqual([]);
  });

  it('refuses what the exchange would refuse, and says why', async () => {
    const code = async (first: Partial<MarketRow>, changes: Partial<OrderIntent>) => {
      const receipt = await aFloor(first).submit('a', changes);
      return receipt.state === 'rejected' ? receipt.code : receipt.state;
    };
    expect(await code({}, { price: cents(51) })).toBe('post_only_cross');
    expect(await code({ status: 'closed' }, {})).toBe('market_inactive');
    expect(await code({ ticker: 'other' }, {})).toBe('market_inactive');
    expect(await code({ terms: { ...plainTerms, fee: undefined } }, {})).toBe('fee_unknown');
    expect(await code({}, { risk: usd(101) })).toBe('insufficient_balance');
  });

  it('does not lend: what rests is spoken for', async () => {
    const { submit } = aFloor();
    const order = { count: contracts(190.2), risk: usd(95.1) };
    expect(await submit('a', order)).toMatchObject({ state: 'resting' });
    expect(await submit('b', order)).toMatchObject({ state: 'rejected', code: 'insufficient_balance' });
  });

  it('ends an order at its expiry, before it looks at the quote', async () => {
    const { paper, submit, move } = aFloor();
    await submit('a', { price: cents(50), expiresAt: NOON + 60_000 });
    await move({ bid: 4_000, ask: 4_200 }, 61);
    expect(await paper.fills(0)).toEqual([]);
    expect(await paper.orders({})).toMatchObject([{ status: 'canceled' }]);
  });

  it('cancels, and says of an order that is gone how it ended', async () => {
    const { paper, submit, record } = aFloor();
    await submit('a', { price: cents(50) });
    expect(await paper.cancel(record('a'), NOON)).toMatchObject({ state: 'cancelled', filled: 0 });
    expect(await paper.cancel(record('a'), NOON)).toMatchObject({ state: 'cancelled' });
    await submit('b', taking);
    expect(await paper.cancel(record('b'), NOON)).toMatchObject({ state: 'filled', filled: 1_000 });
    expect(await paper.cancel(record('never'), NOON)).toMatchObject({ state: 'unknown' });
  });

  it('amends the price of what rests, which then waits behind what was quoted before', async () => {
    const { paper, submit, record, move } = aFloor();
    await submit('a', { price: cents(48) });
    expect(await paper.amend(record('a'), betterTo(50))).toMatchObject({ state: 'resting', price: 5_000, filled: 0 });
    expect(await paper.orders({ resting: true })).toMatchObject([{ price: 5_000, remaining: 1_000 }]);
    await move({ bid: 4_700, ask: 4_900 }, 0);
    expect(await paper.fills(0)).toEqual([]);
    await move({ bid: 4_700, ask: 4_900 });
    expect(await paper.fills(0)).toMatchObject([{ price: 5_000, count: 1_000, role: 'maker' }]);
    expect(await paper.amend(record('a'), betterTo(51))).toMatchObject({ state: 'filled', filled: 1_000 });
  });

  it.each([
    ['would take', {}, 51, 'post_only_cross'],
    ['is in a market that takes no orders', { status: 'inactive' }, 50, 'market_inactive'],
    ['cannot be paid for', {}, 50, 'insufficient_balance'],
  ] as const)('leaves an order that at its new price %s where it rests', async (_, row, to, why) => {
    const { paper, submit, record, move } = aFloor();
    await submit('a', { price: cents(48) });
    if (why === 'insufficient_balance')
      await submit('b', { ticker: 'KXA-1-T1', price: cents(50), count: contracts(190.2), risk: usd(95.1) });
    await move(row);
    const receipt = await paper.amend(record('a'), betterTo(to));
    expect(receipt).toMatchObject({ state: 'resting', price: 4_800, detail: expect.stringContaining(why) });
    expect(await paper.orders({ resting: true })).toContainEqual(expect.objectContaining({ clientOrderId: 'a', price: 4_800 }));
  });

  it('decreases what rests, and cancels all of it', async () => {
    const { paper, submit, record } = aFloor();
    await submit('a', { price: cents(50) });
    expect(await paper.decrease(record('a'), contracts(2))).toMatchObject({ state: 'resting' });
    expect(await paper.orders({ resting: true })).toMatchObject([{ remaining: 200 }]);
    await submit('b', { price: cents(49) });
    await paper.cancelAll();
    expect(await paper.orders({ resting: true })).toEqual([]);
  });

  it('pays a market its result on either side, and cancels what rests there', async () => {
    for (const [side, price, yesValue, cash] of [
      ['yes', 52, 1_000_000, 100 - 5.1 - 0.175 + 10],
      ['no', 52, 1_000_000, 100 - 5.1 - 0.175],
      ['no', 52, 0, 100 - 5.1 - 0.175 + 10],
    ] as const) {
      const { paper, submit, now } = aFloor();
      await submit('a', { ...taking, side, price: cents(price) });
      await submit('b', { side, price: cents(40) });
      now.outcomes = [{ ticker: 'KXA-1-T1', result: yesValue > 0 ? 'yes' : 'no', yesValue: yesValue as Usd, settledAt: NOON }];
      await paper.match();
      expect((await paper.balance()).total).toBe(usd(cash));
      expect(await paper.positions()).toEqual([]);
      expect(await paper.orders({ resting: true })).toEqual([]);
      expect(await paper.settlements(0)).toHaveLength(1);
    }
  });

  it('nets the two sides of a market: each pair pays a dollar', async () => {
    const { paper, submit } = aFloor();
    await submit('a', taking);
    await submit('b', { ...taking, side: 'no', count: contracts(4) });
    expect(await paper.positions()).toMatchObject([{ yesCount: 600 }]);
    const [first, second] = await paper.fills(0);
    expect((await paper.balance()).total).toBe(usd(100) - usd(5.1) - usd(2.04) - (first?.fee ?? 0) - (second?.fee ?? 0) + usd(4));
  });

  it('loses nothing when several hands reach for it at once', async () => {
    const { paper, submit } = aFloor();
    await Promise.all(['a', 'b', 'c'].map((id) => submit(id, { price: cents(40), count: contracts(1), risk: usd(0.4) })));
    expect((await paper.orders({ resting: true })).map(({ clientOrderId }) => clientOrderId).sort()).toEqual(['a', 'b', 'c']);
  });

  it('begins with the cash it was given, as a deposit', async () => {
    const { paper } = aFloor();
    expect(await paper.transfers()).toEqual([{ id: 'paper-start', at: NOON, amount: usd(100) }]);
  });
});
