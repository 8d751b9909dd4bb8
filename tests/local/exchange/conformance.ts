import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { publicSuite } from './conformance-public.ts';
import { patient, type Reply, type Send, signedClient, type Target, timeAt } from './signed-client.ts';

const orders = '/portfolio/events/orders';

/** What kalshi-api says of the exchange, tried over HTTP. `target` is asked for when the tests run. */
export function conformanceSuite(name: string, target: () => Target): void {
  describe(name, () => {
    let send: Send;
    let market: Reply['body'];
    const bid = (change: object = {}) => ({
      ticker: market.ticker,
      side: 'bid',
      count: '1',
      price: '0.0100',
      time_in_force: 'good_till_canceled',
      self_trade_prevention_type: 'taker_at_cross',
      exchange_index: market.exchange_index ?? 0,
      client_order_id: randomUUID(),
      ...change,
    });
    const place = (change?: object) => send('POST', orders, bid(change));
    const cancel = (id: string) =>
      send('DELETE', `${orders}/${id}?market_ticker=${market.ticker}&exchange_index=${market.exchange_index ?? 0}`);

    beforeAll(async () => {
      send = patient(signedClient(target()));
      market = await openMarket(send);
    });

    publicSuite(() => ({ send, market, target: target() }));

    it('creates an order as 201 with a flat answer, and keeps it resting', async () => {
      const asked = bid();
      const { status, body } = await send('POST', orders, asked);
      expect(status).toBe(201);
      expect(body).toMatchObject({ client_order_id: asked.client_order_id, fill_count: '0.00', remaining_count: '1.00' });
      expect(body.ts_ms).toBeTypeOf('number');
      const found = await eventually(
        () => send('GET', `/portfolio/orders?ticker=${market.ticker}&status=resting`),
        (list) => list.body.orders.some((order: { client_order_id: string }) => order.client_order_id === asked.client_order_id),
      );
      expect(found.body.orders[0]).toMatchObject({ ticker: market.ticker, type: 'limit' });
      expect((await cancel(body.order_id)).body).toMatchObject({ order_id: body.order_id, reduced_by: '1.00' });
    });

    it.each([{ count: 1 }, { price: 0.01 }, { side: 'yes' }, { time_in_force: 'day' }, { self_trade_prevention_type: undefined }])(
      'refuses %j as a bad request',
      async (change) => {
        const { status, body } = await place(change);
        expect(status).toBe(400);
        expect(wrong(body)).toHaveProperty('code');
      },
    );

    it('refuses a body that is not JSON', async () => {
      expect((await send('POST', orders, '{"ticker":')).status).toBe(400);
    });

    it('refuses a price off the grid of the market', async () => {
      const { status, body } = await place({ price: '0.0003' });
      expect([status, wrong(body).code]).toEqual([400, 'invalid_price']);
    });

    it('answers 404 for an order in a market that does not exist', async () => {
      expect((await place({ ticker: 'KXNOSUCH-26NOV20-X' })).status).toBe(404);
    });

    it('refuses a second order with the same client id, also after the first was cancelled', async () => {
      const asked = bid();
      const first = await send('POST', orders, asked);
      const again = await send('POST', orders, asked);
      expect([again.status, wrong(again.body).code]).toEqual([409, 'order_already_exists']);
      await cancel(first.body.order_id);
      expect((await send('POST', orders, asked)).status).toBe(409);
    });

    it('answers 404 to the second cancel, whatever reads still say', async () => {
      const { body } = await place();
      expect((await cancel(body.order_id)).status).toBe(200);
      expect((await cancel(body.order_id)).status).toBe(404);
      const seen = await eventually(
        () => send('GET', `/portfolio/orders/${body.order_id}`),
        (reply) => reply.body.order?.status === 'canceled',
      );
      expect(seen.body.order).toMatchObject({ status: 'canceled', remaining_count_fp: '0.00' });
    });

    it('refuses a post-only order that would cross', async () => {
      const { status, body } = await place({ price: market.yes_ask_dollars, post_only: true });
      expect([status, wrong(body).code, wrong(body).details]).toEqual([400, 'invalid_order', 'post only cross']);
    });

    it.each([
      ['an expiry in the past', () => ({ expiration_time: Math.floor(timeAt(target()) / 1000) - 10 })],
      [
        'an expiry on an immediate order',
        () => ({ time_in_force: 'immediate_or_cancel', expiration_time: Math.floor(timeAt(target()) / 1000) + 600 }),
      ],
      ['reduce-only on a resting order', () => ({ reduce_only: true })],
    ])('refuses %s', async (_name, change) => {
      expect((await place(change())).status).toBe(400);
    });

    it('kills a fill-or-kill order that cannot fill whole', async () => {
      const { status, body } = await place({ time_in_force: 'fill_or_kill' });
      expect([status, wrong(body).code]).toEqual([409, 'fill_or_kill_insufficient_resting_volume']);
    });

    it('cancels an immediate order that finds nobody', async () => {
      const { status, body } = await place({ time_in_force: 'immediate_or_cancel' });
      expect([status, body.fill_count, body.remaining_count]).toEqual([201, '0.00', '0.00']);
    });

    it('amends the count and the price, and decreases', async () => {
      const { body } = await place({ count: '5' });
      const amended = await send('POST', `${orders}/${body.order_id}/amend`, {
        ticker: market.ticker,
        side: 'bid',
        price: '0.0200',
        count: '4',
        exchange_index: market.exchange_index ?? 0,
      });
      expect([amended.status, amended.body.remaining_count]).toEqual([200, '4.00']);
      const shard = { exchange_index: market.exchange_index ?? 0 };
      const decreased = await send('POST', `${orders}/${body.order_id}/decrease`, { reduce_by: '1', ...shard });
      expect([decreased.status, decreased.body.remaining_count]).toEqual([200, '3.00']);
      expect((await send('POST', `${orders}/${body.order_id}/decrease`, { reduce_by: '1', reduce_to: '1', ...shard })).status).toBe(400);
      await cancel(body.order_id);
    });

    it('refuses to amend an order into another side', async () => {
      const { body } = await place();
      const asked = { ticker: market.ticker, side: 'ask', price: '0.9900', count: '1', exchange_index: market.exchange_index ?? 0 };
      const { body: answer } = await send('POST', `${orders}/${body.order_id}/amend`, asked);
      expect(wrong(answer).code).toBe('order_side_mismatch');
      await cancel(body.order_id);
    });

    it('takes a batch item by item', async () => {
      const { status, body } = await send('POST', `${orders}/batched`, { orders: [bid(), bid({ price: '0.0003' })] });
      expect(status).toBe(201);
      expect(body.orders[0].order_id).toBeTypeOf('string');
      expect(body.orders[1].error.code).toBe('invalid_price');
      const items = [body.orders[0].order_id, randomUUID()].map((order_id) => ({ order_id, market_ticker: market.ticker }));
      const gone = await send('DELETE', `${orders}/batched`, { orders: items });
      expect(gone.status).toBe(200);
      expect(gone.body.orders[0].reduced_by).toBe('1.00');
      expect(gone.body.orders[1].error).toBeDefined();
    });

    it('stops an order group and opens it again on reset', async () => {
      const shard = market.exchange_index ?? 0;
      const group = await send('POST', '/portfolio/order_groups/create', { contracts_limit: 5, exchange_index: shard });
      expect(group.status).toBe(201);
      const path = `/portfolio/order_groups/${group.body.order_group_id}`;
      expect((await place({ order_group_id: group.body.order_group_id })).status).toBe(201);
      expect((await send('PUT', `${path}/trigger?exchange_index=${shard}`, {})).status).toBe(200);
      expect((await place({ order_group_id: group.body.order_group_id })).status).toBe(400);
      expect((await send('PUT', `${path}/reset?exchange_index=${shard}`, {})).status).toBe(200);
      expect((await place({ order_group_id: group.body.order_group_id })).status).toBe(201);
      expect((await send('DELETE', `${path}?exchange_index=${shard}`)).status).toBe(200);
    });

    it('cancels everything at once with 204', async () => {
      const { body } = await place();
      expect((await send('DELETE', orders)).status).toBe(204);
      expect((await cancel(body.order_id)).status).toBe(404);
    });

    it('has done away with the first generation of order writes', async () => {
      const { status, body } = await send('POST', '/portfolio/orders', {});
      expect([status, wrong(body).code]).toEqual([410, 'deprecated_v1_order_endpoint']);
    });

    it('tells balance, limits, keys and how fresh reads are', async () => {
      const [balance, limits, keys, fresh] = await Promise.all(
        ['/portfolio/balance', '/account/limits', '/api_keys', '/exchange/user_data_timestamp'].map((path) => send('GET', path)),
      );
      expect(balance?.body).toMatchObject({ balance: expect.any(Number), balance_dollars: expect.stringMatching(/^\d+\.\d{4,6}$/) });
      expect(limits?.body).toMatchObject({ read: { refill_rate: expect.any(Number) }, write: { bucket_capacity: expect.any(Number) } });
      expect(keys?.body.api_keys.length).toBeGreaterThan(0);
      expect(Date.parse(fresh?.body.as_of_time)).toBeLessThanOrEqual(timeAt(target()) + 5_000);
    });
  });
}

/** An open market, quoted on both sides well inside the prices, with room between. */
async function openMarket(send: Send): Promise<Reply['body']> {
  const { body } = await send('GET', '/markets?status=open&limit=1000&mve_filter=exclude');
  const market = body.markets.find((candidate: Reply['body']) => {
    const [bid, ask] = [Number(candidate.yes_bid_dollars), Number(candidate.yes_ask_dollars)];
    return bid >= 0.1 && ask <= 0.9 && ask - bid >= 0.03 && (candidate.exchange_index ?? 0) === 0;
  });
  if (!market) throw new Error('no quoted market on the first page. Fix: point the suite at an exchange with open markets');
  return market;
}

/** What a refusal says, in either of the shapes that it comes in. */
function wrong(body: Reply['body']): Reply['body'] {
  return body.error ?? body;
}

/** Reads lag behind: asks until it is so, for at most three seconds. */
async function eventually(ask: () => Promise<Reply>, so: (reply: Reply) => boolean): Promise<Reply> {
  for (let tries = 0; tries < 30; tries++) {
    const reply = await ask();
    if (reply.status === 200 && so(reply)) return reply;
    await setTimeout(100);
  }
  return ask();
}
