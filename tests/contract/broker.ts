import { describe, expect, test } from 'vitest';
import type { Contracts, Millis, Price, Side, Usd } from '../../shared/domain/money.ts';
import type { Approved, ApprovedRepeg, OrderRecord, Receipt } from '../../shared/domain/order.ts';
import type { Broker } from '../../shared/ports/broker.ts';
import type { Account } from '../../shared/ports/exchange.ts';
import { approved } from '../adapters/kalshi/approved-order.ts';
import { aRepeg } from '../fixtures/trading-desk.ts';

/** A broker, the account its orders are on, and a market that is quoted on both sides. */
export interface BrokerUnderTest {
  readonly broker: Broker;
  readonly account: Account;
  /** Best prices of YES, three ticks of a cent or more apart, a contract or more behind each. */
  readonly market: { readonly ticker: string; readonly shard: number; readonly bid: Price; readonly ask: Price };
  now(): Millis;
  /** Lets time go by, and the exchange do what it does meanwhile. */
  pass(ms: Millis): Promise<void>;
  /** Ends the market now; an hour later it has paid. */
  end(): Promise<void>;
}

type Open = () => Promise<BrokerUnderTest>;

const HOUR: Millis = 3_600_000;
const PENNY = 100 as Price;
const ONE = 100 as Contracts;
const resting = { timeInForce: 'good_till_canceled', postOnly: true } as const;
const taking = { timeInForce: 'immediate_or_cancel', postOnly: false } as const;

/** What every broker and the account behind it must do, whoever fills. `open` gives one that has not traded. */
export function brokerContract(name: string, open: Open): void {
  describe(`${name} as Broker`, () => {
    takes(open);
    rests(open);
    changes(open);
    refuses(open);
    settles(open);
  });
}

/** An order of one contract of YES at a penny that rests an hour, unless told otherwise. */
function order({ market, now }: BrokerUnderTest, changed: Partial<Approved> = {}): Approved {
  const { ticker, shard } = market;
  const usual = { ticker, shard, side: 'yes', action: 'buy', price: PENNY, count: ONE, expiresAt: now() + HOUR, ...resting } as const;
  const intent = approved({ ...usual, ...changed });
  return intent.action === 'sell' ? intent : { ...intent, risk: (intent.price * intent.count * 1.1) as Usd };
}

function record(id: string, intent: Approved, changed: Partial<OrderRecord> = {}): OrderRecord {
  return { id, intent, state: 'resting', updatedAt: 0, filled: 0 as Contracts, held: 0 as Usd, token: 1, ...changed };
}

/** The side's price for who buys it now. */
function askOf({ market }: BrokerUnderTest, side: Side): Price {
  return side === 'yes' ? market.ask : ((10_000 - market.bid) as Price);
}

async function totals({ account }: BrokerUnderTest) {
  const [{ total }, positions, fills, orders] = await Promise.all([
    account.balance(),
    account.positions(),
    account.fills(0),
    account.orders({ resting: true }),
  ]);
  const paid = fills.reduce((sum, { action, price, count, fee }) => sum + (action === 'buy' ? 1 : -1) * price * count + fee, 0);
  return { total, paid, positions, fills, resting: orders };
}

function takes(open: Open): void {
  test.each(['yes', 'no'] as const)('buys %s at what is offered, and fills, cash and position say the same', async (side) => {
    const desk = await open();
    const before = await totals(desk);
    const price = askOf(desk, side);
    const receipt = await desk.broker.submit('a', order(desk, { ...taking, side, price }));
    expect(receipt).toMatchObject({ state: 'filled', filled: ONE, orderId: expect.any(String) });
    const after = await totals(desk);
    expect(after.fills).toMatchObject([{ ticker: desk.market.ticker, side, action: 'buy', price, count: ONE, role: 'taker' }]);
    expect(after.fills[0]?.fee).toBeGreaterThan(0);
    expect(after.total).toBe(before.total - after.paid);
    expect(after.positions).toMatchObject([{ ticker: desk.market.ticker, yesCount: side === 'yes' ? ONE : -ONE }]);
  });

  test('takes nothing beyond its limit, and what may not rest is gone', async () => {
    const desk = await open();
    const below = (desk.market.ask - 100) as Price;
    expect(await desk.broker.submit('a', order(desk, { ...taking, price: below }))).toMatchObject({ state: 'cancelled', filled: 0 });
    expect(await totals(desk)).toMatchObject({ fills: [], resting: [], positions: [] });
  });

  test('sells what is held, and a reduce-only order no more than that', async () => {
    const desk = await open();
    const { bid, ask } = desk.market;
    await desk.broker.submit('a', order(desk, { ...taking, price: ask }));
    const exit = order(desk, { ...taking, action: 'sell', price: bid, count: 300 as Contracts, purpose: 'exit', reduceOnly: true });
    expect(await desk.broker.submit('b', exit)).toMatchObject({ state: 'cancelled', filled: ONE });
    expect(await totals(desk)).toMatchObject({ positions: [], resting: [] });
    expect(await desk.broker.submit('c', exit)).toMatchObject({ state: 'cancelled', filled: 0 });
    expect((await totals(desk)).fills).toHaveLength(2);
  });
}

function rests(open: Open): void {
  test('what rests is listed under its client order id, and moves no money', async () => {
    const desk = await open();
    const before = await totals(desk);
    expect(await desk.broker.submit('a', order(desk))).toMatchObject({ state: 'resting', filled: 0 });
    const { resting: orders, positions } = await totals(desk);
    expect(orders).toMatchObject([{ clientOrderId: 'a', side: 'yes', status: 'resting', price: PENNY, filled: 0, remaining: ONE }]);
    expect(positions).toEqual([]);
    expect(before.fills).toEqual([]);
  });

  test('an order ends by itself when its time is up', async () => {
    const desk = await open();
    const intent = order(desk);
    await desk.broker.submit('a', intent);
    await desk.pass(2 * HOUR);
    expect((await totals(desk)).resting).toEqual([]);
    expect(await desk.broker.cancel(record('a', intent), desk.now())).toMatchObject({ state: 'cancelled', filled: 0 });
  });

  test('the same client order id is not two orders', async () => {
    const desk = await open();
    await desk.broker.submit('a', order(desk));
    expect(await desk.broker.submit('a', order(desk))).toMatchObject({ state: 'unknown', detail: expect.any(String) });
    expect((await totals(desk)).resting).toHaveLength(1);
  });
}

function changes(open: Open): void {
  test('cancels, once and again; a filled order stays filled; one that never was is unknown', async () => {
    const desk = await open();
    const intent = order(desk);
    await desk.broker.submit('a', intent);
    expect(await desk.broker.cancel(record('a', intent), desk.now())).toMatchObject({ state: 'cancelled', filled: 0 });
    expect(await desk.broker.cancel(record('a', intent), desk.now())).toMatchObject({ state: 'cancelled', filled: 0 });
    const taker = order(desk, { ...taking, price: desk.market.ask });
    await desk.broker.submit('b', taker);
    expect(await desk.broker.cancel(record('b', taker), desk.now())).toMatchObject({ state: 'filled', filled: ONE });
    expect((await desk.broker.cancel(record('never', intent), desk.now())).state).toBe('unknown');
  });

  test('amends a price; refused, the order rests where it was and says so', async () => {
    const desk = await open();
    const intent = order(desk);
    await desk.broker.submit('a', intent);
    const to = (price: Price) => aRepeg({ id: 'a', ticker: desk.market.ticker, to: price }) as ApprovedRepeg;
    expect(await desk.broker.amend(record('a', intent), to(200 as Price))).toMatchObject({ state: 'resting', price: 200, filled: 0 });
    const moved = record('a', intent, { price: 200 as Price });
    expect(await desk.broker.amend(moved, to(desk.market.ask))).toMatchObject({ state: 'resting', price: 200, detail: expect.any(String) });
    expect((await totals(desk)).resting).toMatchObject([{ clientOrderId: 'a', price: 200, remaining: ONE }]);
  });

  test('takes contracts off an order', async () => {
    const desk = await open();
    const intent = order(desk);
    await desk.broker.submit('a', intent);
    expect(await desk.broker.decrease(record('a', intent), 40 as Contracts)).toMatchObject({ state: 'resting', filled: 0 });
    expect((await totals(desk)).resting).toMatchObject([{ clientOrderId: 'a', remaining: 40 }]);
  });

  test('the kill switch leaves nothing that rests', async () => {
    const desk = await open();
    await desk.broker.submit('a', order(desk));
    await desk.broker.submit('b', order(desk, { side: 'no' }));
    expect((await totals(desk)).resting).toHaveLength(2);
    await desk.broker.cancelAll();
    expect((await totals(desk)).resting).toEqual([]);
  });
}

function refuses(open: Open): void {
  const refusal: Partial<Receipt> = { state: 'rejected', code: expect.stringMatching(/./), fix: expect.stringMatching(/./) };

  test('a post-only order that would trade, an order nobody can pay, a market that has closed: each no has its fix', async () => {
    const desk = await open();
    expect(await desk.broker.submit('a', order(desk, { price: desk.market.ask }))).toMatchObject(refusal);
    expect(await desk.broker.submit('b', order(desk, { count: 100_000_000 as Contracts }))).toMatchObject(refusal);
    await desk.end();
    expect(await desk.broker.submit('c', order(desk))).toMatchObject(refusal);
    expect(await totals(desk)).toMatchObject({ fills: [], resting: [], positions: [] });
  });
}

function settles(open: Open): void {
  test('a market that ended pays its holder, once, and is no position any more', async () => {
    const desk = await open();
    await desk.broker.submit('a', order(desk, { ...taking, price: desk.market.ask }));
    const before = await totals(desk);
    await desk.end();
    await desk.pass(HOUR);
    const settlements = await desk.account.settlements(0);
    expect(settlements).toMatchObject([{ ticker: desk.market.ticker, id: expect.any(String) }]);
    const [{ yesValue, revenue } = { yesValue: Number.NaN, revenue: Number.NaN }] = settlements;
    expect(revenue).toBe(yesValue);
    expect(await totals(desk)).toMatchObject({ total: before.total + revenue, positions: [] });
    await desk.pass(HOUR);
    expect(await desk.account.settlements(0)).toHaveLength(1);
  });
}
