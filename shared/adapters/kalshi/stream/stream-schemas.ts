import * as z from 'zod/mini';
import { bookSide, count, dollars, expected, millis, price, priceRange, retired, seconds, side } from '../wire.ts';

const unread = z.optional(z.unknown());

/** Payloads of the stream by message type; times in ms where there are two. Books are read by hand, see book-message. */
export const tradeMessage = z.object({
  trade_id: z.string(),
  market_ticker: z.string(),
  yes_price_dollars: price,
  no_price_dollars: expected(price),
  count_fp: count,
  taker_side: retired,
  taker_outcome_side: side,
  taker_book_side: expected(bookSide),
  is_block_trade: z.nullish(z.boolean()),
  ts: unread,
  ts_ms: millis,
});

export const tickerMessage = z.object({
  market_ticker: z.string(),
  market_id: unread,
  price_dollars: expected(price),
  yes_bid_dollars: expected(price),
  yes_ask_dollars: expected(price),
  yes_bid_size_fp: expected(count),
  yes_ask_size_fp: expected(count),
  last_trade_size_fp: unread,
  volume_fp: expected(count),
  open_interest_fp: expected(count),
  dollar_volume: unread,
  dollar_open_interest: unread,
  ts: unread,
  time: unread,
  ts_ms: z.nullish(millis),
});

/** `trade_id` is what the REST answer calls `fill_id`. */
export const fillMessage = z.object({
  trade_id: z.string(),
  order_id: z.string(),
  client_order_id: z.nullish(z.string()),
  market_ticker: z.string(),
  exchange_index: z.nullish(z.int()),
  is_taker: z.boolean(),
  outcome_side: side,
  book_side: expected(bookSide),
  yes_price_dollars: price,
  count_fp: count,
  fee_cost: dollars,
  post_position_fp: expected(count),
  side: retired,
  action: retired,
  purchased_side: retired,
  subaccount: z.nullish(z.int()),
  ts: unread,
  ts_ms: millis,
});

export const orderMessage = z.object({
  order_id: z.string(),
  user_id: unread,
  client_order_id: z.nullish(z.string()),
  ticker: z.string(),
  exchange_index: z.nullish(z.int()),
  status: z.enum(['resting', 'canceled', 'executed']),
  outcome_side: side,
  book_side: expected(bookSide),
  yes_price_dollars: price,
  fill_count_fp: count,
  remaining_count_fp: count,
  initial_count_fp: expected(count),
  taker_fill_cost_dollars: unread,
  maker_fill_cost_dollars: unread,
  taker_fees_dollars: unread,
  maker_fees_dollars: unread,
  order_group_id: unread,
  self_trade_prevention_type: unread,
  side: retired,
  is_yes: retired,
  created_time: unread,
  created_ts_ms: z.nullish(millis),
  last_update_time: unread,
  last_updated_ts_ms: z.nullish(millis),
  expiration_time: unread,
  expiration_ts_ms: unread,
  /** An open set: Trade, Amend, Decrease, ExpiryCancel, SelfTradeCancel, PostOnlyCrossCancel, … */
  last_update_reason: z.nullish(z.string()),
  subaccount_number: unread,
});

/** Each key only where the event has it. */
export const lifecycleMessage = z.object({
  event_type: z.string(),
  market_ticker: z.string(),
  exchange_index: z.nullish(z.int()),
  open_ts: z.nullish(seconds),
  close_ts: z.nullish(seconds),
  result: z.nullish(z.enum(['yes', 'no', 'scalar', ''])),
  determination_ts: z.nullish(seconds),
  settlement_value: z.nullish(dollars),
  settled_ts: z.nullish(seconds),
  is_deactivated: z.nullish(z.boolean()),
  price_level_structure: z.nullish(z.string()),
  price_ranges: z.nullish(z.array(priceRange)),
  strike_type: unread,
  floor_strike: unread,
  cap_strike: unread,
  custom_strike: unread,
  yes_sub_title: unread,
  additional_metadata: unread,
});

/** Answer to a subscribe: which subscription serves the channel. */
export const subscribedMessage = z.object({ channel: z.string(), sid: z.int() });

export const errorMessage = z.object({ code: z.int(), msg: z.optional(z.string()) });
