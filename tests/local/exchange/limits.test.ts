import { describe, expect, it } from 'vitest';
import { usualSettings } from '../../../local/exchange/create-exchange.ts';
import { generateKey } from '../../../local/exchange/generate-key.ts';
import { openRoom, order, plainMarket } from './desk-fixture.ts';
import { signedClient } from './signed-client.ts';

const basic = { limits: usualSettings.limits };

async function until429(ask: () => Promise<{ readonly status: number }>): Promise<number> {
  for (let asked = 0; asked < 1_000; asked++) if ((await ask()).status === 429) return asked;
  throw new Error('never refused');
}

describe('the rate limit', () => {
  it('lets twenty reads of ten tokens through, then as many as have been refilled', async () => {
    const room = openRoom({ settings: basic });
    const read = () => room.send('GET', '/portfolio/balance');
    expect(await until429(read)).toBe(20);
    room.clock.pass(room.exchange, 100);
    expect(await until429(read)).toBe(2);
  });

  it('charges as the list of costs says', async () => {
    const room = openRoom({ settings: basic });
    const costs = (await room.send('GET', '/account/endpoint_costs')).body.endpoint_costs;
    expect(costs).toContainEqual({ method: 'DELETE', path: '/trade-api/v2/portfolio/events/orders/{order}', cost: 2 });
    room.clock.pass(room.exchange, 10_000);
    expect(await until429(() => room.send('GET', '/portfolio/orders/none'))).toBe(100);
    expect(await until429(() => room.send('DELETE', '/portfolio/events/orders/none'))).toBe(50);
  });

  it('charges a write that the exchange has to route to every shard, and one sent straight to that shard only', async () => {
    const room = openRoom({ settings: basic });
    const market = plainMarket(room);
    const place = (change: object) => room.send('POST', '/portfolio/events/orders', order(market, { count: '0.01', ...change }));
    expect(await until429(() => place({}))).toBe(10);
    expect((await room.send('POST', '/portfolio/events/orders', order(market, { exchange_index: 2 }))).status).toBe(429);
    room.clock.pass(room.exchange, 10_000);
    expect(await until429(() => place({ exchange_index: 0 }))).toBe(10);
    expect((await room.send('POST', '/portfolio/events/orders', order(market, { exchange_index: 2 }))).status).toBe(404);
  });

  it('refuses a whole batch that does not fit', async () => {
    const room = openRoom({ settings: basic });
    const market = plainMarket(room);
    const batch = (size: number) =>
      room.send('POST', '/portfolio/events/orders/batched', { orders: Array.from({ length: size }, () => order(market)) });
    expect((await batch(11)).status).toBe(429);
    expect(room.exchange.venue.account.orders.size).toBe(0);
    expect((await batch(10)).status).toBe(201);
  });
});

describe('a key', () => {
  it('that may only read cannot write', async () => {
    const reader = generateKey('ed25519', 'reader', ['read']);
    const room = openRoom({ keys: [reader.key] });
    const target = {
      keyId: reader.key.id,
      privateKey: reader.privateKey,
      now: () => room.clock.now(),
      baseUrl: 'http://exchange.test/trade-api/v2',
    };
    const send = signedClient(target, async (input) => room.exchange.fetch(input as Request));
    expect((await send('GET', '/portfolio/balance')).status).toBe(200);
    expect((await send('POST', '/portfolio/events/orders', order(plainMarket(room)))).status).toBe(403);
  });
});
