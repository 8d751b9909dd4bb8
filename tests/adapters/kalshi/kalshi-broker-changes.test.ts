import { describe, expect, it } from 'vitest';
import { KalshiBroker } from '../../../shared/adapters/kalshi/kalshi-broker.ts';
import type { Contracts, Price, Usd } from '../../../shared/domain/money.ts';
import type { ApprovedRepeg, OrderRecord } from '../../../shared/domain/order.ts';
import { aRepeg } from '../../fixtures/trading-desk.ts';
import type { Answer, Asked } from './answering-server.ts';
import { approved } from './approved-order.ts';
import { connected } from './connected.ts';

const orders = '/portfolio/events/orders';

const record = (changed: Partial<OrderRecord> = {}): OrderRecord => ({
  id: 'c-1',
  intent: approved(),
  state: 'resting',
  orderId: 'o-1',
  updatedAt: 0,
  filled: 0 as Contracts,
  held: 0 as Usd,
  token: 1,
  ...changed,
});
const read = (status: string, fill: string, remaining: string) => ({
  order_id: 'o-1',
  client_order_id: 'c-1',
  ticker: 'KXMADE-1',
  outcome_side: 'no',
  book_side: 'ask',
  status,
  yes_price_dollars: '0.7000',
  no_price_dollars: '0.3000',
  fill_count_fp: fill,
  remaining_count_fp: remaining,
  created_time: '2026-11-01T00:00:00Z',
});

describe('a cancel', () => {
  const cancelling = async (cancelled: Answer, order: object | undefined, changed: Partial<OrderRecord> = {}) => {
    const { transport, asked } = await connected({
      [`DELETE ${orders}/o-1`]: () => cancelled,
      'GET /portfolio/orders/o-1': () => (order ? { body: { order } } : { status: 404, body: {} }),
      'GET /portfolio/orders': () => ({ body: { orders: order ? [order] : [], cursor: '' } }),
    });
    return { receipt: await new KalshiBroker(transport).cancel(record(changed), 99), asked };
  };
  const done = { body: { order_id: 'o-1', reduced_by: '7.00', ts_ms: 1 } };

  it.each([
    ['names what had filled', done, read('canceled', '3.00', '0.00'), { state: 'cancelled', filled: 300, at: 99 }],
    ['is not deceived by a read that is older than itself', done, read('resting', '1.00', '9.00'), { state: 'cancelled', filled: 300 }],
    ['does not believe a read that contradicts it', done, read('resting', '9.00', '1.00'), { state: 'unknown' }],
    [
      'of an order that filled first tells so',
      { status: 404, body: {} },
      read('executed', '10.00', '0.00'),
      { state: 'filled', filled: 1000 },
    ],
    [
      'of an order that was cancelled before tells so',
      { status: 404, body: {} },
      read('canceled', '2.00', '0.00'),
      { state: 'cancelled', filled: 200 },
    ],
    [
      'answered 404 proves that nothing rests, but not how much had filled while the read still shows the order',
      { status: 404, body: {} },
      read('resting', '2.00', '8.00'),
      { state: 'unknown', detail: expect.stringContaining('may have filled further') },
    ],
    ['of an order that cannot be read is unknown', done, undefined, { state: 'unknown' }],
    [
      'that is refused leaves the order resting and says why',
      { status: 400, body: { error: { code: 'MARKET_INACTIVE' } } },
      read('resting', '2.00', '8.00'),
      { state: 'resting', filled: 200, detail: expect.stringContaining('market_inactive') },
    ],
    ['whose answer is lost is unknown', { status: 502 }, read('resting', '2.00', '8.00'), { state: 'unknown' }],
  ] as const)('%s', async (_, cancelled, order, receipt) => {
    expect((await cancelling(cancelled, order)).receipt).toMatchObject(receipt);
  });

  it('names market and shard, since an order id alone is looked for in shard 0', async () => {
    const { asked } = await cancelling(done, read('canceled', '0.00', '0.00'));
    expect(asked[0]?.url.search).toBe('?market_ticker=KXMADE-1&exchange_index=2');
  });

  it('of an order that is gone waits until the read shows how it ended', async () => {
    let reads = 0;
    const { transport } = await connected({
      [`DELETE ${orders}/o-1`]: () => ({ status: 404, body: {} }),
      'GET /portfolio/orders/o-1': () => ({
        body: { order: ++reads < 3 ? read('resting', '1.00', '9.00') : read('executed', '10.00', '0.00') },
      }),
    });
    expect(await new KalshiBroker(transport).cancel(record(), 99)).toMatchObject({ state: 'filled', filled: 1000 });
  });

  it('waits for reads, which run behind: an order just made appears a moment later', async () => {
    let reads = 0;
    const { transport } = await connected({
      [`DELETE ${orders}/o-1`]: () => done,
      'GET /portfolio/orders/o-1': () => (++reads < 3 ? { status: 404, body: {} } : { body: { order: read('resting', '1.00', '9.00') } }),
    });
    expect(await new KalshiBroker(transport).cancel(record(), 99)).toMatchObject({ state: 'cancelled', filled: 300 });
  });

  it('finds an order whose id was lost by its client id', async () => {
    const { orderId: _, ...lost } = record({ sentAt: 120_000 });
    const { transport, asked } = await connected({
      [`DELETE ${orders}/o-1`]: () => done,
      'GET /portfolio/orders': () => ({
        body: {
          orders: [{ ...read('resting', '3.00', '7.00'), order_id: 'o-9', client_order_id: 'c-9' }, read('resting', '3.00', '7.00')],
          cursor: '',
        },
      }),
    });
    expect(await new KalshiBroker(transport).cancel(lost, 99)).toMatchObject({ state: 'cancelled', orderId: 'o-1', filled: 300 });
    expect(asked[0]?.url.searchParams.get('min_ts')).toBe('60');
  });

  it('of an order that nobody lists sends nothing and is unknown', async () => {
    const { orderId: _, ...lost } = record();
    const { transport, asked } = await connected({ 'GET /portfolio/orders': () => ({ body: { orders: [], cursor: '' } }) });
    expect(await new KalshiBroker(transport).cancel(lost, 99)).toMatchObject({ state: 'unknown' });
    expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(['GET']));
  });
});

describe('a change', () => {
  const changing = async (path: string, answer: (asked: Asked) => Answer, order: object) =>
    connected({ [`POST ${orders}/o-1/${path}`]: answer, 'GET /portfolio/orders/o-1': () => ({ body: { order } }) });

  const better = { ...aRepeg(), to: 3100 as Price } as ApprovedRepeg;

  it('of price is sent once, as the YES leg with all of the contracts, and keeps the expiry', async () => {
    const { transport, asked } = await changing('amend', () => ({ body: { order_id: 'o-1', ts_ms: 1 } }), read('resting', '1.00', '9.00'));
    expect(await new KalshiBroker(transport).amend(record(), better)).toMatchObject({ state: 'resting', filled: 100, price: 3100 });
    expect(asked[0]?.body).toEqual({ ticker: 'KXMADE-1', side: 'ask', price: '0.6900', count: '10.00', exchange_index: 2 });
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it.each([
    [
      'refused leaves it where it rests and says why',
      { status: 400, body: { error: { code: 'invalid_order', details: 'post only cross' } } },
      { state: 'resting', price: 3000, detail: expect.stringContaining('post only cross') },
    ],
    ['of an order that is gone is unknown while the read still shows it', { status: 404, body: {} }, { state: 'unknown' }],
    ['whose answer is lost is unknown', { status: 504 }, { state: 'unknown' }],
  ] as const)('of price that is %s', async (_, answer, receipt) => {
    const { transport, asked } = await changing('amend', () => answer, read('resting', '1.00', '9.00'));
    expect(await new KalshiBroker(transport).amend(record(), better)).toMatchObject(receipt);
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('to fewer contracts says how many shall rest', async () => {
    const { transport, asked } = await changing(
      'decrease',
      () => ({ body: { order_id: 'o-1', remaining_count: '4.00', ts_ms: 1 } }),
      read('resting', '1.00', '4.00'),
    );
    expect(await new KalshiBroker(transport).decrease(record(), 400 as Contracts)).toMatchObject({ state: 'resting', filled: 100 });
    expect(asked[0]?.body).toEqual({ reduce_to: '4.00', market_ticker: 'KXMADE-1', exchange_index: 2 });
  });
});

describe('an order group', () => {
  it('is opened, triggered and reset in its shard, with whole contracts for a limit', async () => {
    const groups = '/portfolio/order_groups';
    const { transport, asked } = await connected({
      [`POST ${groups}/create`]: () => ({ status: 201, body: { order_group_id: 'g-1', subaccount: 0 } }),
      [`PUT ${groups}/g-1/trigger`]: () => ({ body: {} }),
      [`PUT ${groups}/g-1/reset`]: () => ({ body: {} }),
    });
    const broker = new KalshiBroker(transport);
    expect(await broker.groups.open(2, 250_000 as Contracts)).toBe('g-1');
    await broker.groups.trigger('g-1', 2);
    await broker.groups.reset('g-1', 2);
    expect(asked.map(({ body }) => body)).toEqual([{ contracts_limit: 2_500, exchange_index: 2 }, {}, {}]);
    expect(asked.map(({ url }) => url.search)).toEqual(['', '?exchange_index=2', '?exchange_index=2']);
  });
});

describe('the kill switch', () => {
  it('is one request for all shards', async () => {
    const { transport, asked } = await connected({ [`DELETE ${orders}`]: () => ({ status: 204, body: '' }) });
    await new KalshiBroker(transport).cancelAll();
    expect(asked).toHaveLength(1);
  });

  it('says when it did not work', async () => {
    const { transport } = await connected({ [`DELETE ${orders}`]: () => ({ status: 500 }) });
    await expect(new KalshiBroker(transport).cancelAll()).rejects.toMatchObject({ outcome: 'unknown' });
  });
});
