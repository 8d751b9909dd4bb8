import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KalshiBroker } from '../../../shared/adapters/kalshi/kalshi-broker.ts';
import { yesLeg } from '../../../shared/adapters/kalshi/yes-leg.ts';
import type { Price } from '../../../shared/domain/money.ts';
import type { Approved } from '../../../shared/domain/order.ts';
import type { Answer } from './answering-server.ts';
import { approved } from './approved-order.ts';
import { connected } from './connected.ts';

const orders = '/portfolio/events/orders';

const created = (fill: string, remaining: string, changed: object = {}) => ({
  status: 201,
  body: { order_id: 'o-1', client_order_id: 'c-1', fill_count: fill, remaining_count: remaining, ts_ms: 777, ...changed },
});

async function submit(answer: Answer, changed: Partial<Approved> = {}, timeoutMs = 2000) {
  const { transport, asked } = await connected({ [`POST ${orders}`]: () => answer }, timeoutMs);
  return { receipt: await new KalshiBroker(transport).submit('c-1', approved(changed)), asked };
}

describe('what is sent', () => {
  it('is the YES leg, with count and price as text, shard, self-trade rule and dead-man explicit', async () => {
    const { asked } = await submit(created('0.00', '10.00'));
    expect(asked).toHaveLength(1);
    expect(asked[0]?.body).toEqual({
      ticker: 'KXMADE-1',
      client_order_id: 'c-1',
      side: 'ask',
      price: '0.7000',
      count: '10.00',
      time_in_force: 'good_till_canceled',
      self_trade_prevention_type: 'taker_at_cross',
      exchange_index: 2,
      cancel_order_on_pause: true,
      post_only: true,
      expiration_time: 1_800_000_000,
    });
  });

  it('has no expiry and no pause rule where the order does not rest, and leaves an unknown shard to the exchange', async () => {
    const { asked } = await submit(created('10.00', '0.00'), {
      timeInForce: 'immediate_or_cancel',
      postOnly: false,
      reduceOnly: true,
      shard: undefined,
    });
    expect(asked[0]?.body).toMatchObject({ reduce_only: true, cancel_order_on_pause: false });
    for (const absent of ['expiration_time', 'post_only', 'exchange_index']) expect(asked[0]?.body).not.toHaveProperty(absent);
  });

  it.each([
    ['yes', 'buy', 'bid', '0.3000'],
    ['yes', 'sell', 'ask', '0.3000'],
    ['no', 'buy', 'ask', '0.7000'],
    ['no', 'sell', 'bid', '0.7000'],
  ] as const)('for %s %s at 0.30 is a %s at %s', (side, action, leg, price) => {
    expect(yesLeg(side, action, 3000 as Price)).toEqual({ side: leg, price });
  });

  it('is the same leg for buying one side and selling the other at the mirrored price', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), (price) => {
        expect(yesLeg('no', 'buy', price as Price)).toEqual(yesLeg('yes', 'sell', (10_000 - price) as Price));
      }),
    );
  });
});

describe('a submit', () => {
  it.each([
    ['that rests', created('2.00', '8.00'), {}, { state: 'resting', orderId: 'o-1', filled: 200, at: 777 }],
    ['that fills', created('10.00', '0.00'), {}, { state: 'filled', filled: 1000 }],
    [
      'whose rest an IOC gives up',
      created('3.00', '0.00'),
      { timeInForce: 'immediate_or_cancel', postOnly: false },
      { state: 'cancelled', filled: 300 },
    ],
    [
      'whose rest an IOC reports as remaining',
      created('3.00', '7.00'),
      { timeInForce: 'immediate_or_cancel', postOnly: false },
      { state: 'cancelled', filled: 300 },
    ],
    [
      'that met our own order',
      created('0.00', '0.00'),
      { postOnly: false },
      { state: 'cancelled', filled: 0, detail: expect.stringContaining('self-trade') },
    ],
    [
      'that would cross, told by a cancelled order',
      created('0.00', '0.00'),
      {},
      { state: 'cancelled', filled: 0, detail: expect.stringContaining('post_only_cross') },
    ],
    [
      'that would cross, told by a 400',
      { status: 400, body: { error: { code: 'invalid_order', details: 'post only cross' } } },
      {},
      { state: 'rejected', code: 'post_only_cross' },
    ],
    [
      'without funds in its shard',
      { status: 400, body: { error: { code: 'insufficient_balance' } } },
      {},
      { state: 'rejected', fix: expect.stringContaining('pilot shards move') },
    ],
    ['off the grid', { status: 400, body: { error: { code: 'invalid_price' } } }, {}, { state: 'rejected', code: 'invalid_price' }],
    ['of a key that is not allowed to', { status: 403, body: {} }, {}, { state: 'rejected', code: 'permission_denied' }],
    ['too fast', { status: 429, body: { error: 'too many requests' } }, {}, { state: 'rejected', code: 'too_many_requests' }],
    ['whose client id is taken', { status: 409, body: { error: { code: 'order_already_exists' } } }, {}, { state: 'unknown' }],
    ['answered with a 504', { status: 504 }, {}, { state: 'unknown' }],
    ['answered with a 408', { status: 408 }, {}, { state: 'unknown' }],
    ['whose answer is cut off', { hangUp: true }, {}, { state: 'unknown' }],
    ['answered without an order id', { status: 200, body: { order: {} } }, {}, { state: 'unknown' }],
    ['answered with an empty order id', created('0.00', '10.00', { order_id: '' }), {}, { state: 'unknown' }],
    ['answered without counts', created('0.00', '10.00', { fill_count: undefined }), {}, { state: 'unknown' }],
    ['answered with garbage', { status: 201, body: '{"order_id": "o-' }, {}, { state: 'unknown' }],
  ] as const)('%s', async (_, answer, changed, receipt) => {
    const told = await submit(answer, changed);
    expect(told.receipt).toMatchObject(receipt);
    expect(told.asked).toHaveLength(1);
  });

  it('that is not answered in time is unknown, and sent once', async () => {
    const { receipt, asked } = await submit({ silent: true }, {}, 40);
    expect(receipt).toMatchObject({ state: 'unknown', detail: expect.stringContaining('40 ms') });
    expect(asked).toHaveLength(1);
  });

  it('to a removed endpoint is thrown: no order can cure it', async () => {
    await expect(submit({ status: 410, body: {} })).rejects.toMatchObject({
      status: 410,
      outcome: 'refused',
      fix: expect.stringContaining('update'),
    });
  });
});
