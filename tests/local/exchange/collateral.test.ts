import { beforeEach, describe, expect, it } from 'vitest';
import type { MarketFacts } from '../../../local/exchange/world/world.ts';
import type { Usd } from '../../../shared/domain/money.ts';
import { findMarket, openRoom, order, plainMarket, type Room } from './desk-fixture.ts';

const path = '/portfolio/events/orders';
let room: Room;
let market: MarketFacts;

beforeEach(() => {
  enter(openRoom());
});

function enter(next: Room): void {
  room = next;
  market = plainMarket(room);
}

const place = (change: object = {}) => room.send('POST', path, order(market, { ...change }));
const read = async (url: string) => (await room.send('GET', url)).body;
const balance = async () => Number((await read('/portfolio/balance')).balance_dollars);
const caughtUp = () => room.clock.pass(room.exchange, 500);

describe('collateral', () => {
  it('is held by resting orders and given back by cancels', async () => {
    const { body } = await place({ price: '0.2000', count: '100' });
    caughtUp();
    expect(await balance()).toBeLessThan(3980);
    expect((await read('/portfolio/summary/total_resting_order_value')).total_resting_order_value).toBeGreaterThanOrEqual(2000);
    await room.send('DELETE', `${path}/${body.order_id}`);
    caughtUp();
    expect(await balance()).toBe(4000);
  });

  it('of another shard does not count: the order is refused until money has been moved there', async () => {
    enter(openRoom({ settings: { cash: new Map([[0, 50_000_000 as Usd]]) } }));
    market = findMarket(room, (candidate) => candidate.event.series.shard === 3 && candidate.structure === 'linear_cent');
    const asked = { price: '0.1000', count: '10', exchange_index: 3 };
    const { status, body } = await place(asked);
    expect([status, body.error.code]).toEqual([400, 'insufficient_balance']);
    const move = {
      source: 'event_contract',
      destination: 'event_contract',
      amount: 100_000,
      source_exchange_shard: 0,
      destination_exchange_shard: 3,
    };
    const { transfer_id } = (await room.send('POST', '/portfolio/intra_exchange_instance_transfer', move)).body;
    expect((await place(asked)).status).toBe(400);
    room.clock.pass(room.exchange, 3_000);
    expect((await read(`/portfolio/intra_exchange_instance_transfers/${transfer_id}`)).transfer).toMatchObject({
      status: 'complete',
      amount: '10.000000',
    });
    expect((await place(asked)).status).toBe(201);
  });

  it('cannot be sent where there is less', async () => {
    const move = {
      source: 'event_contract',
      destination: 'event_contract',
      amount: 20_000_000,
      source_exchange_shard: 0,
      destination_exchange_shard: 1,
    };
    expect((await room.send('POST', '/portfolio/intra_exchange_instance_transfer', move)).body.error.code).toBe('insufficient_balance');
  });

  it('counts every working order', async () => {
    enter(openRoom({ settings: { cash: new Map([[0, 10_000_000 as Usd]]) } }));
    expect((await place({ price: '0.1000', count: '60' })).status).toBe(201);
    expect((await place({ price: '0.1000', count: '60' })).status).toBe(400);
  });
});

describe('shards', () => {
  it('do not find an order of another shard by its id alone', async () => {
    market = findMarket(room, (candidate) => candidate.event.series.shard === 3);
    const { body } = await place({ price: '0.0100', count: '1' });
    expect((await room.send('DELETE', `${path}/${body.order_id}`)).status).toBe(404);
    expect((await room.send('POST', `${path}/${body.order_id}/decrease`, { reduce_by: '0.5' })).status).toBe(404);
    expect((await room.send('DELETE', `${path}/${body.order_id}?market_ticker=${market.ticker}`)).status).toBe(200);
  });

  it('refuse an order that is sent straight to the wrong one', async () => {
    expect((await place({ exchange_index: 2 })).status).toBe(404);
  });
});
