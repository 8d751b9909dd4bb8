import { beforeEach, describe, expect, it } from 'vitest';
import { rangesOf } from '../../../local/exchange/world/grid.ts';
import type { MarketFacts } from '../../../local/exchange/world/world.ts';
import type { Price } from '../../../shared/domain/money.ts';
import { dollars, openRoom, order, plainMarket, type Room } from './desk-fixture.ts';

const path = '/portfolio/events/orders';
const HOUR = 3_600_000;
let room: Room;
let market: MarketFacts;

beforeEach(() => {
  room = openRoom();
  market = plainMarket(room);
});

const place = (change: Readonly<Record<string, unknown>> = {}) => room.send('POST', path, order(market, change));
const shown = async () => (await room.send('GET', `/markets/${market.ticker}`)).body.market;
const stateOf = (id: string) => room.exchange.venue.account.orders.get(id)?.state;
const pass = (ms: number) => room.clock.pass(room.exchange, ms);

async function buy(count: string): Promise<number> {
  const ask = room.exchange.venue.world.ladder(market, room.clock.now(), 1).asks[0]?.price ?? 0;
  await place({ price: dollars(ask), count });
  return ask;
}

describe('a pause of a market', () => {
  const pause = () => {
    const now = room.clock.now();
    room.exchange.amend(market.ticker, { pause: { from: now + HOUR, to: now + 2 * HOUR } });
  };

  it('lets orders rest, takes none, and cancels them all when it ends', async () => {
    const resting = (await place()).body.order_id;
    const wary = (await place({ cancel_order_on_pause: true })).body.order_id;
    pause();
    pass(HOUR);
    expect((await shown()).status).toBe('inactive');
    expect(stateOf(resting)?.status).toBe('resting');
    expect(stateOf(wary)?.status).toBe('canceled');
    expect((await place()).body.error.code).toBe('market_inactive');
    pass(HOUR);
    expect((await shown()).status).toBe('active');
    expect(stateOf(resting)?.status).toBe('canceled');
  });

  it('lets orders be cancelled', async () => {
    const { body } = await place();
    pause();
    pass(HOUR);
    expect((await room.send('DELETE', `${path}/${body.order_id}`)).status).toBe(200);
  });
});

describe('an early close', () => {
  it('moves the close time up, refuses even cancels, and sweeps what rests', async () => {
    const { body } = await place();
    const endsAt = room.clock.now() + HOUR;
    room.exchange.amend(market.ticker, { endsAt, determinedAt: endsAt + HOUR, settledAt: endsAt + 2 * HOUR });
    pass(HOUR);
    expect(await shown()).toMatchObject({
      status: 'closed',
      close_time: new Date(endsAt).toISOString(),
      yes_bid_dollars: '0.0000',
      yes_ask_dollars: '1.0000',
    });
    expect((await room.send('DELETE', `${path}/${body.order_id}`)).body.error.code).toBe('market_inactive');
    expect((await place()).body.error.code).toBe('market_inactive');
    pass(2_000);
    expect(stateOf(body.order_id)?.status).toBe('canceled');
  });
});

describe('a settlement', () => {
  const end = (change: object = {}) => {
    const endsAt = room.clock.now() + HOUR;
    room.exchange.amend(market.ticker, { endsAt, determinedAt: endsAt + HOUR, settledAt: endsAt + 10 * HOUR, ...change });
    return endsAt;
  };

  it('goes from determined over disputed and amended to finalized, and pays what is right in the end', async () => {
    const price = await buy('4');
    const cash = room.exchange.venue.account.available(0);
    const endsAt = end({ outcome: { result: 'yes', yesValue: 10_000 as Price, said: '71.30' } });
    room.exchange.amend(market.ticker, { dispute: { from: endsAt + 2 * HOUR, amendedAt: endsAt + 5 * HOUR } });
    const seen: string[] = [];
    for (let hour = 0; hour < 12; hour++) {
      pass(HOUR);
      const { status, result } = await shown();
      if (seen.at(-1) !== `${status} ${result}`) seen.push(`${status} ${result}`);
    }
    expect(seen).toEqual(['closed ', 'determined no', 'disputed no', 'amended yes', 'finalized yes']);
    expect(room.exchange.venue.account.available(0)).toBe(cash + 4_000_000);
    const { settlements } = (await room.send('GET', '/portfolio/settlements')).body;
    expect(settlements).toMatchObject([
      {
        ticker: market.ticker,
        market_result: 'yes',
        yes_count_fp: '4.00',
        revenue: 400,
        value: 100,
        yes_total_cost_dollars: ((4 * price) / 10_000).toFixed(6),
      },
    ]);
    expect((await room.send('GET', '/portfolio/positions')).body.market_positions).toEqual([]);
    expect((await room.send('GET', '/portfolio/positions?settlement_status=settled')).body.market_positions[0].position_fp).toBe('0.00');
  });

  it('pays a scalar result in whole cents and calls the rest a fee', async () => {
    await buy('3');
    const fees = room.exchange.venue.account.position(market).fees;
    const cash = room.exchange.venue.account.available(0);
    end({ outcome: { result: 'scalar', yesValue: 3_333 as Price, said: 'tie' } });
    pass(12 * HOUR);
    expect(await shown()).toMatchObject({ result: 'scalar', settlement_value_dollars: '0.3333', status: 'finalized' });
    expect(room.exchange.venue.account.available(0)).toBe(cash + 990_000);
    expect((await room.send('GET', '/portfolio/settlements')).body.settlements[0]).toMatchObject({
      market_result: 'scalar',
      revenue: 99,
      value: 33,
      fee_cost: ((fees + 9_900) / 1e6).toFixed(6),
    });
  });
});

describe('maintenance on Thursday morning', () => {
  const thursday = Date.UTC(2026, 10, 19, 7, 30); // 02:30 in New York

  beforeEach(() => {
    room = openRoom({ at: thursday });
    market = plainMarket(room);
  });

  it('takes cancels only, and says so beforehand', async () => {
    const { body } = await place();
    const wary = (await place({ cancel_order_on_pause: true })).body.order_id;
    const { maintenance_windows } = (await room.send('GET', '/exchange/schedule')).body.schedule;
    expect(maintenance_windows[0]).toEqual({ start_datetime: '2026-11-19T08:00:00.000Z', end_datetime: '2026-11-19T10:00:00.000Z' });
    pass(HOUR);
    expect((await room.send('GET', '/exchange/status')).body).toMatchObject({ exchange_active: true, trading_active: false });
    expect((await place()).body.error.code).toBe('trading_paused');
    const amend = { ticker: market.ticker, side: 'bid', price: '0.0200', count: '10' };
    expect((await room.send('POST', `${path}/${body.order_id}/amend`, amend)).body.error.code).toBe('trading_paused');
    expect(stateOf(wary)?.status).toBe('canceled');
    expect((await room.send('DELETE', `${path}/${body.order_id}`)).status).toBe(200);
    pass(2 * HOUR);
    expect((await place()).status).toBe(201);
  });

  it('matches nothing', async () => {
    await place({ price: '0.9900', count: '0.01' });
    const before = room.exchange.venue.account.fills.length;
    const bid = room.exchange.venue.world.ladder(market, room.clock.now(), 1).bids[0]?.price ?? 0;
    await place({ price: dollars(bid + 100), count: '500' });
    pass(30 * 60_000);
    const live = room.exchange.venue.floor.live.get(market.ticker);
    const prints = live?.prints.length;
    pass(2 * HOUR - 1);
    expect(live?.prints.length).toBe(prints);
    expect(before).toBe(1);
  });
});

describe('a change of the price grid', () => {
  it('refuses what is off the new one', async () => {
    expect((await place({ price: '0.0110' })).body.error.code).toBe('invalid_price');
    room.exchange.amend(market.ticker, { structure: 'deci_cent', ranges: rangesOf('deci_cent') });
    expect((await shown()).price_ranges).toEqual([{ start: '0.0000', end: '1.0000', step: '0.0010' }]);
    expect((await place({ price: '0.0110' })).status).toBe(201);
  });
});

describe('a lapsed location attestation', () => {
  it('closes sports, elections and entertainment, and shows in the keys', async () => {
    room = openRoom({ settings: { regionExpiresAt: Date.UTC(2026, 10, 1) } });
    market = plainMarket(room);
    const answers = new Map<string, number>();
    const { world } = room.exchange.venue;
    for (const [, event] of world.events({ createdTo: room.clock.now(), settledFrom: room.clock.now() })) {
      const active = event.markets.find((candidate) => candidate.openAt < room.clock.now() && candidate.endsAt > room.clock.now());
      if (active) answers.set(event.series.category, (await room.send('POST', path, order(active))).status);
    }
    expect(answers.get('Sports')).toBe(403);
    expect(answers.get('Climate and Weather')).toBe(201);
    expect((await room.send('GET', '/api_keys')).body.api_key_region_expiration_ts).toBe(Date.UTC(2026, 10, 1) / 1000);
  });
});
