import { createPrivateKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Listening, listen } from '../../../local/exchange/server.ts';
import { rangesOf } from '../../../local/exchange/world/grid.ts';
import type { MarketFacts } from '../../../local/exchange/world/world.ts';
import { dollars, openRoom, order, plainMarket, type Room } from './desk-fixture.ts';
import { signature } from './signed-client.ts';

type Message = ReturnType<typeof JSON.parse>;

function connected() {
  const room = openRoom();
  const market = plainMarket(room);
  const heard: Message[] = [];
  const session = room.exchange.feed.connect((text) => heard.push(JSON.parse(text)));
  const say = (cmd: string, params?: object) => session.receive(JSON.stringify({ id: heard.length + 1, cmd, params }));
  const of = (type: string): readonly Message[] => heard.filter((message) => message.type === type);
  const place = (change: Readonly<Record<string, unknown>>) => room.send('POST', '/portfolio/events/orders', order(market, change));
  return { room, market, heard, session, say, of, place };
}

/** Adds deltas to a snapshot as a client would. */
function rebuilt(messages: readonly Message[], side: 'yes' | 'no'): ReadonlyMap<string, number> {
  const book = new Map<string, number>();
  for (const { type, msg } of messages) {
    if (type === 'orderbook_snapshot') {
      book.clear();
      for (const [price, count] of msg[`${side}_dollars_fp`] ?? []) book.set(price, Number(count));
    } else if (type === 'orderbook_delta' && msg.side === side) {
      const count = Math.round(((book.get(msg.price_dollars) ?? 0) + Number(msg.delta_fp)) * 100) / 100;
      if (count === 0) book.delete(msg.price_dollars);
      else book.set(msg.price_dollars, count);
    }
  }
  return book;
}

describe('the order book channel', () => {
  it.each([true, false])('tells a snapshot, then every change, numbered without gaps (use_yes_price %s)', async (yesPrices) => {
    const { room, market, heard, say, place } = connected();
    say('subscribe', { channels: ['orderbook_delta'], market_tickers: [market.ticker], use_yes_price: yesPrices });
    await place({ price: '0.9900', count: '50', client_order_id: 'k1-taker' });
    await place({ price: '0.0500', count: '7', client_order_id: 'k1-rests' });
    for (let step = 0; step < 50; step++) room.clock.pass(room.exchange, 600_000);
    const told = heard.filter(({ type }) => type.startsWith('orderbook'));
    expect(told.length).toBeGreaterThan(10);
    expect(told.map(({ seq }) => seq)).toEqual(told.map((_, index) => index + 1));
    const { orderbook_fp } = (await room.send('GET', `/markets/${market.ticker}/orderbook`)).body;
    const no = orderbook_fp.no_dollars.map(([price, count]: [string, string]) => [
      yesPrices ? (1 - Number(price)).toFixed(4) : price,
      Number(count),
    ]);
    expect(rebuilt(told, 'no')).toEqual(new Map(no));
    expect(rebuilt(told, 'yes')).toEqual(
      new Map(orderbook_fp.yes_dollars.map(([price, count]: [string, string]) => [price, Number(count)])),
    );
    expect(told.some(({ msg }) => msg.client_order_id === 'k1-rests' && msg.delta_fp === '7.00')).toBe(true);
  });

  it('gives a fresh snapshot on demand, adds and drops markets', () => {
    const { market, say, of } = connected();
    say('subscribe', { channels: ['orderbook_delta'], market_ticker: market.ticker, use_yes_price: true });
    say('update_subscription', { sid: 1, action: 'get_snapshot', market_tickers: [market.ticker] });
    expect(of('orderbook_snapshot').map(({ seq }) => seq)).toEqual([1, 2]);
    const sibling = market.event.markets.find((other) => other !== market) as MarketFacts;
    say('update_subscription', { sid: 1, action: 'add_markets', market_tickers: [sibling.ticker] });
    expect(of('ok').at(-1).msg.market_tickers).toEqual([market.ticker, sibling.ticker]);
    say('update_subscription', { sid: 1, action: 'delete_markets', market_tickers: [market.ticker] });
    expect(of('ok').at(-1).msg.market_tickers).toEqual([sibling.ticker]);
  });
});

describe('the channels of a member', () => {
  it('tell fills with the client id and the position after, orders with the reason, and the print', async () => {
    const { room, market, say, of, place } = connected();
    say('subscribe', { channels: ['fill', 'user_orders', 'trade', 'ticker', 'market_positions'] });
    const ask = room.exchange.venue.world.ladder(market, room.clock.now(), 1).asks[0]?.price ?? 0;
    await place({ price: dollars(ask), count: '2', client_order_id: 'k1-fill' });
    expect(of('fill').map(({ msg }) => msg)).toMatchObject([
      { client_order_id: 'k1-fill', post_position_fp: '2.00', is_taker: true, exchange_index: 0 },
    ]);
    expect(of('user_order').at(-1).msg).toMatchObject({ status: 'executed', last_update_reason: 'Trade', fill_count_fp: '2.00' });
    expect(of('trade')[0].msg).toMatchObject({
      market_ticker: market.ticker,
      taker_book_side: 'bid',
      trade_id: of('fill')[0].msg.trade_id,
    });
    expect(of('ticker')[0].msg.market_ticker).toBe(market.ticker);
    expect(of('market_position')[0].msg.position_fp).toBe('2.00');
  });
});

describe('the lifecycle channel', () => {
  it('tells creations, closes, results and settlements of every market, and a new price grid at once', () => {
    const { room, market, say, of } = connected();
    say('subscribe', { channels: ['market_lifecycle_v2'] });
    room.exchange.amend(market.ticker, { structure: 'deci_cent', ranges: rangesOf('deci_cent') });
    expect(of('market_lifecycle_v2')[0].msg).toMatchObject({
      event_type: 'price_level_structure_updated',
      market_ticker: market.ticker,
      price_ranges: [{ step: '0.0010' }],
    });
    for (let hour = 0; hour < 24; hour++) room.clock.pass(room.exchange, 3_600_000);
    const words = new Set(of('market_lifecycle_v2').map(({ msg }) => msg.event_type));
    expect(words).toEqual(new Set(['price_level_structure_updated', 'created', 'close_date_updated', 'determined', 'settled']));
    const told = of('market_lifecycle_v2')
      .map(({ msg }) => `${msg.event_type} ${msg.market_ticker}`)
      .filter((text) => text.startsWith('settled'));
    expect(new Set(told).size).toBe(told.length);
  });
});

describe('commands', () => {
  it.each([
    ['not JSON', '{', 1],
    ['without params', '{"id":1,"cmd":"subscribe"}', 2],
    ['without channels', '{"id":1,"cmd":"subscribe","params":{}}', 3],
    ['without ids', '{"id":1,"cmd":"unsubscribe","params":{}}', 4],
    ['unknown', '{"id":1,"cmd":"dance","params":{}}', 5],
    ['for an unknown subscription', '{"id":1,"cmd":"unsubscribe","params":{"sids":[9]}}', 7],
    ['for an unknown channel', '{"id":1,"cmd":"subscribe","params":{"channels":["gossip"]}}', 8],
    ['for books of no market', '{"id":1,"cmd":"subscribe","params":{"channels":["orderbook_delta"]}}', 14],
  ])('that are %s are answered with an error', (_name, text, code) => {
    const { heard, session } = connected();
    session.receive(text);
    expect(heard).toMatchObject([{ type: 'error', msg: { code } }]);
  });

  it('list and end subscriptions', () => {
    const { say, of, heard } = connected();
    say('subscribe', { channels: ['fill', 'trade'] });
    say('list_subscriptions');
    expect(of('ok')[0].msg).toEqual([
      { channel: 'fill', sid: 1 },
      { channel: 'trade', sid: 2 },
    ]);
    say('unsubscribe', { sids: [1] });
    expect(heard.at(-1)).toMatchObject({ type: 'unsubscribed', sid: 1 });
  });
});

describe('the socket', () => {
  let room: Room;
  let listening: Listening;
  beforeAll(async () => {
    room = openRoom();
    listening = await listen(room.exchange);
  });
  afterAll(() => listening.close());

  const dial = (headers: Readonly<Record<string, string>>) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(listening.wsUrl, { headers });
      socket.on('unexpected-response', (_request, response) => resolve(String(response.statusCode)));
      socket.on('error', () => {});
      socket.on('open', () => socket.send('{"id":7,"cmd":"list_subscriptions"}'));
      socket.on('message', (data) => {
        socket.close();
        resolve(Buffer.isBuffer(data) ? data.toString() : '');
      });
    });

  it('opens for who signs, and for nobody else', async () => {
    const { keyId, privateKey, now } = room.target;
    const timestamp = String(now());
    const headers = {
      'KALSHI-ACCESS-KEY': keyId,
      'KALSHI-ACCESS-TIMESTAMP': timestamp,
      'KALSHI-ACCESS-SIGNATURE': signature(createPrivateKey(privateKey), `${timestamp}GET/trade-api/ws/v2`),
    };
    expect(JSON.parse(await dial(headers))).toEqual({ id: 7, type: 'ok', msg: [] });
    expect(await dial({ ...headers, 'KALSHI-ACCESS-SIGNATURE': 'AAAA' })).toBe('401');
    expect(await dial({})).toBe('401');
  });

  it('does not take a port that is taken', async () => {
    const port = Number(new URL(listening.baseUrl).port);
    await expect(listen(room.exchange, { port })).rejects.toThrow(`port ${port}: already in use. Fix: give another --port`);
  });
});
