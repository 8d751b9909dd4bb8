import type { Millis } from '../../../domain/money.ts';
import { opposite } from '../../../domain/money.ts';
import type { StreamEvent } from '../../../ports/market-stream.ts';
import { decodeValue } from '../decode-answer.ts';
import type { SchemaCanary } from '../schema-canary.ts';
import { fillMessage, lifecycleMessage, orderMessage, tickerMessage, tradeMessage } from './stream-schemas.ts';

type Reader = (payload: unknown, at: Millis, canary: SchemaCanary) => StreamEvent;

/** Messages that become an event by themselves, by their type. Throws ExchangeError when the payload cannot be read. */
export const eventReaders: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['trade', readTrade],
  ['ticker', readQuote],
  ['fill', readFill],
  ['user_order', readOrder],
  ['market_lifecycle_v2', readLifecycle],
]);

function readTrade(payload: unknown, at: Millis, canary: SchemaCanary): StreamEvent {
  const trade = decodeValue('stream.trade', tradeMessage, payload, canary);
  const { trade_id: id, market_ticker: ticker, yes_price_dollars: price, count_fp: count, taker_outcome_side: taker, ts_ms } = trade;
  return { kind: 'trade', at, trade: { id, ticker, at: ts_ms, price, count, taker } };
}

function readQuote(payload: unknown, at: Millis, canary: SchemaCanary): StreamEvent {
  const quote = decodeValue('stream.ticker', tickerMessage, payload, canary);
  return {
    kind: 'quote',
    at,
    quote: {
      ticker: quote.market_ticker,
      bid: quote.yes_bid_dollars,
      ask: quote.yes_ask_dollars,
      bidSize: quote.yes_bid_size_fp,
      askSize: quote.yes_ask_size_fp,
      last: quote.price_dollars,
      volume: quote.volume_fp,
      openInterest: quote.open_interest_fp,
    },
  };
}

function readFill(payload: unknown, at: Millis, canary: SchemaCanary): StreamEvent {
  const fill = decodeValue('stream.fill', fillMessage, payload, canary);
  const side = fill.outcome_side;
  return {
    kind: 'fill',
    at,
    clientOrderId: fill.client_order_id ?? undefined,
    fill: {
      id: fill.trade_id,
      at: fill.ts_ms,
      orderId: fill.order_id,
      ticker: fill.market_ticker,
      side,
      action: 'buy',
      price: side === 'yes' ? fill.yes_price_dollars : opposite(fill.yes_price_dollars),
      count: fill.count_fp,
      fee: fill.fee_cost,
      role: fill.is_taker ? 'taker' : 'maker',
      ...(typeof fill.exchange_index === 'number' ? { shard: fill.exchange_index } : {}),
    },
  };
}

function readOrder(payload: unknown, at: Millis, canary: SchemaCanary): StreamEvent {
  const order = decodeValue('stream.user_order', orderMessage, payload, canary);
  const side = order.outcome_side;
  return {
    kind: 'order',
    at,
    reason: order.last_update_reason || undefined,
    order: {
      orderId: order.order_id,
      clientOrderId: order.client_order_id ?? '',
      ticker: order.ticker,
      side,
      status: order.status,
      price: side === 'yes' ? order.yes_price_dollars : opposite(order.yes_price_dollars),
      filled: order.fill_count_fp,
      remaining: order.remaining_count_fp,
      createdAt: order.created_ts_ms ?? undefined,
    },
  };
}

function readLifecycle(payload: unknown, at: Millis, canary: SchemaCanary): StreamEvent {
  const change = decodeValue('stream.market_lifecycle_v2', lifecycleMessage, payload, canary);
  return {
    kind: 'lifecycle',
    at,
    change: {
      ticker: change.market_ticker,
      event: change.event_type,
      ...(change.price_ranges ? { priceRanges: change.price_ranges } : {}),
      ...(typeof change.open_ts === 'number' ? { openTime: change.open_ts } : {}),
      ...(typeof change.close_ts === 'number' ? { closeTime: change.close_ts } : {}),
      ...(typeof change.exchange_index === 'number' ? { shard: change.exchange_index } : {}),
      ...(change.result ? { result: change.result } : {}),
      ...(typeof change.settlement_value === 'number' ? { yesValue: change.settlement_value } : {}),
    },
  };
}
