import { verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { eventually, kinds, snapshot, streaming, subscribed, watching } from './streaming.ts';
import { ed25519PublicKey } from './test-keys.ts';

describe('the stream', () => {
  it('signs its handshake over GET and its own path', async () => {
    const { handshakes } = await streaming();
    await eventually(() => expect(handshakes).toHaveLength(1));
    const headers = handshakes[0]?.headers ?? {};
    const message = Buffer.from(`${String(headers['kalshi-access-timestamp'])}GET/trade-api/ws/v2`);
    expect(verify(null, message, ed25519PublicKey, Buffer.from(String(headers['kalshi-access-signature']), 'base64'))).toBe(true);
  });

  it('answers pings', async () => {
    const { connections } = await watching('KXMADE-1');
    const pong = new Promise((resolve) => connections[0]?.socket.once('pong', resolve));
    connections[0]?.socket.ping('heartbeat');
    await expect(pong).resolves.toEqual(Buffer.from('heartbeat'));
  });

  it('tells a refused command with what it was about', async () => {
    const { say, events, asked } = await watching('KXMADE-1');
    say({ type: 'error', id: asked('subscribe')[0]?.id, msg: { code: 26, msg: 'market limit' } });
    await eventually(() =>
      expect(events.at(-1)).toMatchObject({
        kind: 'refused',
        detail: 'books: market limit',
        fix: expect.stringContaining('fewer markets'),
      }),
    );
  });

  it('ends where the key is refused, and says why', async () => {
    const { events, handshakes } = await streaming({
      deny: { status: 401, body: { error: { code: 'authentication_error', details: 'INCORRECT_API_KEY_SIGNATURE' } } },
    });
    await eventually(() => expect(kinds(events)).toEqual(['refused', 'disconnected']));
    expect(events[0]).toMatchObject({ code: 'incorrect_api_key_signature', terminal: true, fix: expect.stringContaining('PEM') });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(handshakes).toHaveLength(1);
  });

  it('tries again where the exchange is down, with a growing pause', async () => {
    const { handshakes, events } = await streaming({ deny: { status: 503, body: {} } });
    await eventually(() => expect(handshakes.length).toBeGreaterThanOrEqual(3));
    expect(events[0]).toMatchObject({ kind: 'disconnected', detail: expect.stringContaining('503') });
  });

  it('says so when trades, fills or orders were missed', async () => {
    const { stream, say, events, asked } = await streaming();
    stream.watch('fills');
    await eventually(() => expect(asked('subscribe')).toHaveLength(1));
    const fill = (seq: number) => ({
      type: 'fill',
      sid: 3,
      seq,
      msg: {
        trade_id: `f${seq}`,
        order_id: 'o',
        client_order_id: 'c',
        market_ticker: 'KXMADE-1',
        exchange_index: 2,
        is_taker: false,
        outcome_side: 'no',
        book_side: 'ask',
        yes_price_dollars: '0.7000',
        count_fp: '2.00',
        fee_cost: '0.010000',
        post_position_fp: '-2.00',
        ts: 1,
        ts_ms: 1500,
      },
    });
    say(subscribed(1, 3, 'fill'), fill(1), fill(3));
    await eventually(() => expect(kinds(events)).toEqual(['connected', 'fill', 'gap', 'fill']));
    expect(events[1]).toMatchObject({
      clientOrderId: 'c',
      fill: { id: 'f1', side: 'no', action: 'buy', price: 3000, count: 200, fee: 10_000, role: 'maker', shard: 2, at: 1500 },
    });
  });

  it('tells trades, quotes, own orders and changes of a market', async () => {
    const { stream, say, events, asked, canary } = await streaming();
    for (const channel of ['trades', 'quotes', 'orders', 'lifecycle'] as const)
      stream.watch(channel, channel === 'lifecycle' ? [] : ['KXMADE-1']);
    await eventually(() => expect(asked('subscribe')).toHaveLength(4));
    say(
      subscribed(1, 1, 'trade'),
      subscribed(2, 2, 'ticker'),
      subscribed(3, 3, 'user_orders'),
      subscribed(4, 4, 'market_lifecycle_v2'),
      {
        type: 'trade',
        sid: 1,
        seq: 1,
        msg: {
          trade_id: 't',
          market_ticker: 'KXMADE-1',
          yes_price_dollars: '0.4100',
          no_price_dollars: '0.5900',
          count_fp: '1.50',
          taker_outcome_side: 'no',
          taker_book_side: 'ask',
          is_block_trade: false,
          ts: 1,
          ts_ms: 1234,
        },
      },
      {
        type: 'ticker',
        sid: 2,
        msg: {
          market_ticker: 'KXMADE-1',
          market_id: 'm',
          price_dollars: '0.4100',
          yes_bid_dollars: '0.4000',
          yes_ask_dollars: '0.4200',
          yes_bid_size_fp: '1.00',
          yes_ask_size_fp: '2.00',
          volume_fp: '3.00',
          open_interest_fp: '4.00',
          ts_ms: 5,
        },
      },
      {
        type: 'user_order',
        sid: 3,
        seq: 1,
        msg: {
          order_id: 'o',
          client_order_id: 'c',
          ticker: 'KXMADE-1',
          status: 'canceled',
          outcome_side: 'yes',
          book_side: 'bid',
          yes_price_dollars: '0.4000',
          fill_count_fp: '1.00',
          remaining_count_fp: '0.00',
          initial_count_fp: '2.00',
          last_update_reason: 'ExpiryCancel',
          created_ts_ms: 9,
        },
      },
      {
        type: 'market_lifecycle_v2',
        sid: 4,
        msg: {
          event_type: 'price_level_structure_updated',
          market_ticker: 'KXMADE-1',
          price_level_structure: 'deci_cent',
          price_ranges: [{ start: '0.0000', end: '1.0000', step: '0.0010' }],
        },
      },
      {
        type: 'market_lifecycle_v2',
        sid: 4,
        msg: { event_type: 'determined', market_ticker: 'KXMADE-1', result: 'scalar', settlement_value: '0.2500', determination_ts: 5 },
      },
    );
    await eventually(() => expect(kinds(events)).toEqual(['connected', 'trade', 'quote', 'order', 'lifecycle', 'lifecycle']));
    expect(events.slice(1)).toMatchObject([
      { trade: { id: 't', price: 4100, count: 150, taker: 'no', at: 1234 } },
      { quote: { bid: 4000, ask: 4200, bidSize: 100, askSize: 200, last: 4100 } },
      { order: { clientOrderId: 'c', status: 'canceled', side: 'yes', price: 4000, filled: 100 }, reason: 'ExpiryCancel' },
      { change: { event: 'price_level_structure_updated', priceRanges: [{ start: 0, end: 10_000, step: 10 }] } },
      { change: { event: 'determined', result: 'scalar', yesValue: 250_000 } },
    ]);
    expect(canary.sightings()).toEqual([]);
  });

  it('leaves out a message it cannot read, says so, and goes on', async () => {
    const { connections, say, stream, events } = await watching('KXMADE-1');
    connections[0]?.socket.send('half a mess');
    say({ type: 'trade', sid: 1, msg: {} }, snapshot(1, '0.4000', '0.4500'));
    await eventually(() => expect(stream.book('KXMADE-1')?.bid).toBe(4000));
    expect(events.filter(({ kind }) => kind === 'refused')).toHaveLength(2);
  });

  it('asks only for what is new, and stops what is no longer wanted', async () => {
    const { stream, asked } = await watching('KXMADE-1');
    await eventually(() => expect(asked('subscribe')).toHaveLength(1));
    stream.watch('books', ['KXMADE-1']);
    stream.watch('books', ['KXMADE-1', 'KXMADE-2']);
    await eventually(() => expect(asked('subscribe')[1]?.params.market_tickers).toEqual(['KXMADE-2']));
    stream.unwatch('books', ['KXMADE-1']);
    await eventually(() =>
      expect(asked('update_subscription')[0]?.params).toEqual({ sid: 1, action: 'delete_markets', market_tickers: ['KXMADE-1'] }),
    );
    expect(stream.book('KXMADE-1')).toBeUndefined();
  });
});
