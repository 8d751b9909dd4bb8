import * as z from 'zod/mini';
import { bookSide, count, dollars, expected, price, retired, side, time } from '../wire.ts';

export const selfTradePreventionTypes = ['taker_at_cross', 'maker'] as const;

export const orderSchema = z.object({
  order_id: z.string(),
  user_id: expected(z.string()),
  client_order_id: expected(z.string()),
  ticker: z.string(),
  side: retired,
  action: retired,
  /** Which way a fill moves the position: buying YES and selling NO are both `yes`. */
  outcome_side: expected(side),
  book_side: expected(bookSide),
  type: expected(z.enum(['limit', 'market'])),
  status: z.enum(['resting', 'canceled', 'executed']),
  yes_price_dollars: expected(price),
  no_price_dollars: expected(price),
  fill_count_fp: expected(count),
  remaining_count_fp: expected(count),
  initial_count_fp: expected(count),
  taker_fill_cost_dollars: expected(dollars),
  maker_fill_cost_dollars: expected(dollars),
  taker_fees_dollars: expected(dollars),
  maker_fees_dollars: expected(dollars),
  expiration_time: z.nullish(time),
  created_time: z.nullish(time),
  last_update_time: z.nullish(time),
  self_trade_prevention_type: z.nullish(z.enum(selfTradePreventionTypes)),
  order_group_id: z.nullish(z.string()),
  cancel_order_on_pause: z.nullish(z.boolean()),
  subaccount_number: z.nullish(z.int()),
  exchange_index: z.nullish(z.int()),
});

export type OrderAnswer = z.output<typeof orderSchema>;
