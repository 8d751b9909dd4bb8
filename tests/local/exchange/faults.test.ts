import { afterEach, describe, expect, it } from 'vitest';
import { parseFaults } from '../../../local/exchange/faults.ts';
import { type Listening, listen } from '../../../local/exchange/server.ts';
import type { MarketFacts } from '../../../local/exchange/world/world.ts';
import { findMarket, openRoom, order, plainMarket, type Room } from './desk-fixture.ts';
import { signedClient } from './signed-client.ts';

const path = '/portfolio/events/orders';
const placed = (room: Room) => room.exchange.venue.account.orders.size;
const place = (room: Room, market: MarketFacts, change: Readonly<Record<string, unknown>> = {}) =>
  room.send('POST', path, order(market, change));

function wrong(faults: string, markets = 200): { readonly room: Room; readonly market: MarketFacts } {
  const room = openRoom({ markets });
  const market = plainMarket(room);
  room.exchange.faults.set(faults);
  return { room, market };
}

describe('a fault', () => {
  it('timeout-before loses the order and the answer', async () => {
    const { room, market } = wrong('timeout-before:1');
    await expect(place(room, market)).rejects.toThrow('fetch failed');
    expect(placed(room)).toBe(0);
  });

  it('timeout-after takes the order and loses the answer', async () => {
    const { room, market } = wrong('timeout-after:1');
    await expect(place(room, market)).rejects.toThrow('fetch failed');
    expect(placed(room)).toBe(1);
  });

  it('timeouts end when the caller loses patience', async () => {
    const { room } = wrong('timeout-before:1');
    const request = new Request('http://exchange.test/trade-api/v2/portfolio/events/orders', {
      method: 'DELETE',
      signal: AbortSignal.abort(new Error('enough')),
    });
    await expect(room.exchange.fetch(request)).rejects.toThrow('enough');
  });

  it('error-after takes the order and answers with a server error', async () => {
    const { room, market } = wrong('error-after:1');
    expect((await place(room, market)).status).toBeGreaterThanOrEqual(500);
    expect(placed(room)).toBe(1);
  });

  it('dropped breaks the connection, sometimes before and sometimes after the order is taken', async () => {
    const { room, market } = wrong('dropped:1');
    for (let attempt = 0; attempt < 20; attempt++) await expect(place(room, market)).rejects.toThrow('fetch failed');
    expect(placed(room)).toBeGreaterThan(2);
    expect(placed(room)).toBeLessThan(18);
  });

  it('slow-body answers in the end', async () => {
    const { room, market } = wrong('slow-body:1');
    const before = room.clock.now();
    expect((await room.send('GET', `/markets/${market.ticker}`)).body.market.ticker).toBe(market.ticker);
    expect(room.clock.now() - before).toBeGreaterThanOrEqual(2_000);
  });

  it('half-body breaks off', async () => {
    const { room, market } = wrong('half-body:1');
    await expect(room.send('GET', `/markets/${market.ticker}`)).rejects.toThrow(/./);
  });

  it('storm-429 refuses everything without a hint', async () => {
    const { room } = wrong('storm-429:1');
    const { status, body, headers } = await room.send('GET', '/exchange/status');
    expect([status, body]).toEqual([429, { error: 'too many requests' }]);
    expect(headers.get('retry-after')).toBeNull();
  });

  it('late-reads keeps orders out of sight for half a minute, and admits it', async () => {
    const { room, market } = wrong('late-reads:1');
    const { body } = await place(room, market);
    room.clock.pass(room.exchange, 29_000);
    expect((await room.send('GET', `/portfolio/orders/${body.order_id}`)).status).toBe(404);
    expect(Date.parse((await room.send('GET', '/exchange/user_data_timestamp')).body.as_of_time)).toBe(room.clock.now() - 30_000);
    room.clock.pass(room.exchange, 1_000);
    expect((await room.send('GET', `/portfolio/orders/${body.order_id}`)).status).toBe(200);
  });

  it('shard-down stops one shard and says which', async () => {
    const { room } = wrong('shard-down:1');
    const { exchange_index_statuses } = (await room.send('GET', '/exchange/status')).body;
    const down = exchange_index_statuses.filter(({ trading_active }: { trading_active: boolean }) => !trading_active);
    expect(down).toHaveLength(1);
    for (const shard of [0, 2, 3]) {
      const market = findMarket(room, (candidate) => candidate.event.series.shard === shard && candidate.structure === 'linear_cent');
      expect((await place(room, market)).status).toBe(shard === down[0].exchange_index ? 503 : 201);
    }
  });

  it('clock-skew refuses honest signatures and shows in the Date header', async () => {
    const { room } = wrong('clock-skew:1');
    const { status, headers } = await room.send('GET', '/portfolio/balance');
    expect(status).toBe(401);
    expect(Date.parse(headers.get('date') ?? '') - room.clock.now()).toBeGreaterThan(28_000);
  });

  it('tick-change coarsens the grid while the order is on its way', async () => {
    const { room } = wrong('none', 2_000);
    const market = findMarket(room, ({ structure }) => structure === 'deci_cent' || structure === 'tapered_deci_cent');
    expect((await place(room, market, { price: '0.0110' })).status).toBe(201);
    room.exchange.faults.set('tick-change:1');
    expect((await place(room, market, { price: '0.0110' })).body.error.code).toBe('invalid_price');
  });

  it('outage answers only for the status, as down', async () => {
    const { room, market } = wrong('outage:1');
    expect(await room.send('GET', '/exchange/status')).toMatchObject({ status: 503, body: { exchange_active: false } });
    expect((await room.send('GET', '/markets')).status).toBe(503);
    expect((await place(room, market)).status).toBe(503);
  });
});

describe('a mixture', () => {
  it('has the same fate with the same seed, and another with another', async () => {
    const fate = async (seed: number) => {
      const room = openRoom({ faults: 'lossy', seed });
      const market = plainMarket(room);
      const outcomes: string[] = [];
      for (let attempt = 0; attempt < 60; attempt++)
        outcomes.push(
          await place(room, market).then(
            ({ status }) => String(status),
            () => 'lost',
          ),
        );
      return outcomes.join();
    };
    expect(await fate(1)).toBe(await fate(1));
    expect(await fate(1)).not.toBe(await fate(2));
  });

  it('is made of faults with rates', () => {
    expect(parseFaults('timeout-after:0.5+dropped')).toEqual(
      new Map([
        ['timeout-after', 0.5],
        ['dropped', 0.1],
      ]),
    );
    expect(parseFaults('none').size).toBe(0);
    expect(parseFaults('chaos').size).toBe(12);
    for (const bad of ['gremlins', 'dropped:2', 'dropped:x']) expect(() => parseFaults(bad)).toThrow('Fix: use');
  });
});

describe('over a socket', () => {
  let listening: Listening | undefined;
  afterEach(() => listening?.close());

  it.each(['dropped:1', 'half-body:1'])('%s reaches a real client as a broken connection', async (faults) => {
    const { room } = wrong(faults);
    listening = await listen(room.exchange);
    const send = signedClient({ ...room.target, baseUrl: listening.baseUrl });
    await expect(send('GET', '/markets')).rejects.toThrow(/./);
  });

  it('silence lasts until the client loses patience', async () => {
    const { room, market } = wrong('timeout-after:1');
    listening = await listen(room.exchange);
    const send = signedClient({ ...room.target, baseUrl: listening.baseUrl }, (request) =>
      fetch(request, { signal: AbortSignal.timeout(150) }),
    );
    await expect(send('POST', path, order(market))).rejects.toThrow(/./);
    expect(placed(room)).toBe(1);
  });
});
