import { beforeEach, describe, expect, it } from 'vitest';
import { feeTermsAt } from '../../../local/exchange/world/market-state.ts';
import type { MarketFacts } from '../../../local/exchange/world/world.ts';
import { chargeFee, type FeeTerms } from '../../../shared/domain/fees.ts';
import type { Usd } from '../../../shared/domain/money.ts';
import { dollars, findMarket, openRoom, order, plainMarket, type Room } from './desk-fixture.ts';

const path = '/portfolio/events/orders';
let room: Room;
let market: MarketFacts;
let quote: { readonly bid: number; readonly ask: number; readonly atAsk: number };

beforeEach(() => {
  enter(openRoom());
});

function enter(next: Room): void {
  room = next;
  market = plainMarket(room);
  const { bids, asks } = room.exchange.venue.world.ladder(market, room.clock.now(), 1);
  quote = { bid: bids[0]?.price ?? 0, ask: asks[0]?.price ?? 0, atAsk: (asks[0]?.count ?? 0) / 100 };
}

const place = (change: object = {}) => room.send('POST', path, order(market, { ...change }));
const read = async (url: string) => (await room.send('GET', url)).body;
const balance = async () => Number((await read('/portfolio/balance')).balance_dollars);
const caughtUp = () => room.clock.pass(room.exchange, 500);

describe('taking', () => {
  it('fills at the price of whoever was there first and charges the fee of the rule', async () => {
    const { body } = await place({ price: dollars(quote.ask + 100), count: '2' });
    const share = quote.ask / 10_000;
    expect(body).toMatchObject({ fill_count: '2.00', remaining_count: '0.00', average_fill_price: dollars(quote.ask) });
    caughtUp();
    const { fills } = await read(`/portfolio/fills?ticker=${market.ticker}`);
    expect(fills).toHaveLength(1);
    expect(Number(fills[0].fee_cost)).toBeCloseTo(0.07 * 2 * share * (1 - share), 3);
    expect(await balance()).toBeCloseTo(4000 - 2 * share - Number(fills[0].fee_cost), 6);
    const { market_positions } = await read('/portfolio/positions');
    expect(market_positions).toMatchObject([
      { ticker: market.ticker, position_fp: '2.00', market_exposure_dollars: (2 * share).toFixed(6) },
    ]);
  });

  it('walks the book and rests what is left', async () => {
    const { body } = await place({ price: dollars(quote.ask), count: String(quote.atAsk + 5) });
    expect(body).toMatchObject({ fill_count: quote.atAsk.toFixed(2), remaining_count: '5.00' });
    caughtUp();
    const { queue_position_fp } = await read(`/portfolio/orders/${body.order_id}/queue_position`);
    expect(queue_position_fp).toBe('0.00');
  });

  it('charges an order of many fills with one accumulator of rounding', async () => {
    const { body } = await place({ price: dollars(quote.ask + 1_500), count: '777.77', time_in_force: 'immediate_or_cancel' });
    const fills = room.exchange.venue.account.fills.filter((fill) => fill.order.id === body.order_id);
    const terms = feeTermsAt(market.event, room.clock.now());
    expect(fills.length).toBeGreaterThan(2);
    let accumulated: Usd | undefined;
    for (const { price, count, fee, at } of fills) {
      const charge = chargeFee(
        { price, count, role: 'taker', action: 'buy', account: 'direct', terms: terms as FeeTerms, at },
        accumulated,
      );
      expect(fee).toBe(charge.fee);
      accumulated = charge.accumulated;
    }
  });

  it('does not find again what it took until others quote anew', async () => {
    await place({ price: dollars(quote.ask), count: String(quote.atAsk), time_in_force: 'immediate_or_cancel' });
    const again = await place({ price: dollars(quote.ask), count: '1', time_in_force: 'immediate_or_cancel' });
    expect(again.body.fill_count).toBe('0.00');
  });

  it('fills a fill-or-kill order whole when there is enough', async () => {
    const { status, body } = await place({ price: dollars(quote.ask), count: '1', time_in_force: 'fill_or_kill' });
    expect([status, body.fill_count]).toEqual([201, '1.00']);
  });

  it('reduces a position and no more', async () => {
    await place({ price: dollars(quote.ask), count: '3' });
    const sale = { side: 'ask', price: dollars(quote.bid), count: '10', time_in_force: 'immediate_or_cancel', reduce_only: true };
    expect((await place(sale)).body.fill_count).toBe('3.00');
    const { body } = await place(sale);
    expect([body.fill_count, body.remaining_count]).toEqual(['0.00', '0.00']);
    expect(room.exchange.venue.account.orders.get(body.order_id)?.state.reason).toBe('ReduceOnlyCancel');
  });

  it('nets YES and NO of one market', async () => {
    await place({ price: dollars(quote.ask), count: '3' });
    await place({ side: 'ask', price: dollars(quote.bid), count: '5', time_in_force: 'immediate_or_cancel' });
    caughtUp();
    const { market_positions } = await read('/portfolio/positions');
    expect(market_positions[0].position_fp).toBe('-2.00');
    expect(Number(market_positions[0].realized_pnl_dollars)).toBeCloseTo((3 * (quote.bid - quote.ask)) / 10_000, 6);
  });
});

describe('an expiry', () => {
  it('ends the order then, not before', async () => {
    const { body } = await place({ expiration_time: Math.floor(room.clock.now() / 1000) + 60 });
    const stateOf = () => room.exchange.venue.account.orders.get(body.order_id)?.state;
    room.clock.pass(room.exchange, 59_000);
    expect(stateOf()?.status).toBe('resting');
    room.clock.pass(room.exchange, 1_000);
    expect(stateOf()).toMatchObject({ status: 'canceled', reason: 'ExpiryCancel' });
  });

  it('is lifted by amending it to zero', async () => {
    const { body } = await place({ expiration_time: Math.floor(room.clock.now() / 1000) + 60 });
    await room.send('POST', `${path}/${body.order_id}/amend`, {
      ticker: market.ticker,
      side: 'bid',
      price: '0.0100',
      count: '10',
      expiration_time: 0,
    });
    room.clock.pass(room.exchange, 3_600_000);
    expect(room.exchange.venue.account.orders.get(body.order_id)?.resting).toBe(true);
  });
});

describe('an amendment', () => {
  it('to a price that crosses takes', async () => {
    const { body } = await place({ count: '2' });
    const to = { ticker: market.ticker, side: 'bid', price: dollars(quote.ask), count: '2' };
    const amended = await room.send('POST', `${path}/${body.order_id}/amend`, to);
    expect(amended.body).toMatchObject({ fill_count: '2.00', remaining_count: '0.00', average_fill_price: dollars(quote.ask) });
  });
});

describe('self-trade prevention', () => {
  const inside = () => dollars(quote.bid + 100);

  it('stops the taker at the cross and leaves the resting order', async () => {
    const resting = await place({ price: inside() });
    const { status, body } = await place({ side: 'ask', price: inside() });
    expect([status, body.fill_count, body.remaining_count]).toEqual([201, '0.00', '0.00']);
    expect(room.exchange.venue.account.orders.get(resting.body.order_id)?.resting).toBe(true);
  });

  it('takes the resting order out of the way and goes on', async () => {
    const resting = await place({ price: inside() });
    const { body } = await place({ side: 'ask', price: dollars(quote.bid), count: '1', self_trade_prevention_type: 'maker' });
    expect(body.fill_count).toBe('1.00');
    expect(room.exchange.venue.account.orders.get(resting.body.order_id)?.state).toMatchObject({
      status: 'canceled',
      reason: 'SelfTradeCancel',
    });
  });
});

describe('the queue', () => {
  it('is kept by fewer contracts and another expiry, and lost by another price or more contracts', async () => {
    const first = (await place({ price: dollars(quote.bid), count: '10' })).body.order_id;
    const second = (await place({ price: dollars(quote.bid), count: '10' })).body.order_id;
    const ahead = async (id: string) => Number((await read(`/portfolio/orders/${id}/queue_position`)).queue_position_fp);
    const amend = (id: string, change: object) =>
      room.send('POST', `${path}/${id}/amend`, { ticker: market.ticker, side: 'bid', price: dollars(quote.bid), count: '10', ...change });
    caughtUp();
    const before = await ahead(second);
    expect(before - (await ahead(first))).toBe(10);
    await amend(first, { count: '4', expiration_time: Math.floor(room.clock.now() / 1000) + 600 });
    expect(await ahead(second)).toBe(before - 6);
    await amend(first, { count: '5' });
    expect((await ahead(first)) - (await ahead(second))).toBe(10);
    await amend(second, { price: dollars(quote.bid + 100) });
    expect(await ahead(second)).toBe(0);
  });

  it('lets a resting order fill as others trade, oldest first', async () => {
    const busy = (candidate: MarketFacts) => room.exchange.venue.world.activity(candidate, room.clock.now()).volume24h > 200_000;
    market = findMarket(
      room,
      (candidate, bid, ask) => candidate.structure === 'linear_cent' && ask - bid >= 200 && bid > 2_000 && busy(candidate),
    );
    quote = { ...quote, bid: room.exchange.venue.world.ladder(market, room.clock.now(), 1).bids[0]?.price ?? 0 };
    const { body } = await place({ price: dollars(quote.bid + 100), count: '1' });
    for (let hour = 0; hour < 24 * 3 && room.exchange.venue.account.fills.length === 0; hour++) room.clock.pass(room.exchange, 3_600_000);
    const [fill] = room.exchange.venue.account.fills;
    expect(fill).toMatchObject({ taker: false, price: quote.bid + 100 });
    expect(fill?.order.id).toBe(body.order_id);
  });
});

describe('client ids', () => {
  it.each([
    ['never', 409],
    ['after-fill', 201],
  ] as const)('are free again after a fill: %s', async (idReuse, expected) => {
    enter(openRoom({ settings: { idReuse } }));
    const asked = { client_order_id: 'k1-once', price: dollars(quote.ask), count: '1' };
    expect((await place(asked)).body.fill_count).toBe('1.00');
    expect((await place(asked)).status).toBe(expected);
  });
});

describe('order groups', () => {
  it('cancel everything once their contracts are matched within fifteen seconds, and take nothing until reset', async () => {
    const { order_group_id } = (await room.send('POST', '/portfolio/order_groups/create', { contracts_limit: 3 })).body;
    const resting = await place({ order_group_id });
    const taking = { order_group_id, price: dollars(quote.ask), count: '2' };
    await place(taking);
    room.clock.pass(room.exchange, 16_000);
    await place(taking);
    expect(room.exchange.venue.account.orders.get(resting.body.order_id)?.resting).toBe(true);
    await place({ ...taking, price: '0.9900', count: '1' });
    expect(room.exchange.venue.account.orders.get(resting.body.order_id)?.resting).toBe(false);
    expect((await place(taking)).body.error.code).toBe('exceeded_order_group_risk_limit');
    await room.send('PUT', `/portfolio/order_groups/${order_group_id}/reset`, {});
    expect((await place({ order_group_id })).status).toBe(201);
    expect((await read(`/portfolio/order_groups/${order_group_id}`)).orders).toHaveLength(1);
  });
});

describe('the kill switch', () => {
  it('also catches what arrives a little later', async () => {
    enter(openRoom({ settings: { killSwitchTailMs: 60_000 } }));
    await place();
    expect((await room.send('DELETE', path)).status).toBe(204);
    room.clock.pass(room.exchange, 30_000);
    const { body } = await place();
    expect(room.exchange.venue.account.orders.get(body.order_id)?.state.status).toBe('canceled');
    room.clock.pass(room.exchange, 31_000);
    expect((await place()).body.remaining_count).toBe('10.00');
  });
});

describe('reads of user data', () => {
  it('lag behind, and say how far', async () => {
    const { body } = await place();
    expect((await room.send('GET', `/portfolio/orders/${body.order_id}`)).status).toBe(404);
    expect(Date.parse((await read('/exchange/user_data_timestamp')).as_of_time)).toBe(room.clock.now() - 400);
    caughtUp();
    expect((await read(`/portfolio/orders/${body.order_id}`)).order.status).toBe('resting');
    await room.send('DELETE', `${path}/${body.order_id}`);
    room.clock.pass(room.exchange, 360);
    expect((await read(`/portfolio/orders/${body.order_id}`)).order.status).toBe('resting');
    caughtUp();
    expect((await read(`/portfolio/orders/${body.order_id}`)).order.status).toBe('canceled');
  });
});
