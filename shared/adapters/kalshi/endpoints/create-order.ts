import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { count, dollars, expected, millis } from '../wire.ts';
import type { selfTradePreventionTypes } from './order-schema.ts';

/** An order on the YES book: buying NO at q is an ask at 1 − q. */
export interface CreateOrderBody {
  readonly ticker: string;
  readonly client_order_id: string;
  readonly side: 'bid' | 'ask';
  /** Text: a number is refused. */
  readonly count: string;
  /** Dollars of YES, text: a number is refused. */
  readonly price: string;
  readonly time_in_force: 'fill_or_kill' | 'good_till_canceled' | 'immediate_or_cancel';
  readonly self_trade_prevention_type: (typeof selfTradePreventionTypes)[number];
  /** Unix seconds, in the future; not with immediate_or_cancel. */
  readonly expiration_time?: number;
  readonly post_only?: boolean;
  /** Only with immediate_or_cancel. */
  readonly reduce_only?: boolean;
  readonly cancel_order_on_pause?: boolean;
  readonly subaccount?: number;
  readonly order_group_id?: string;
  /** The market's own shard: routing by ticker is billed to every shard's bucket. */
  readonly exchange_index?: number;
}

/** What was done, not the whole order. `order_id` is the proof that there is one. */
const createdOrderSchema = z.object({
  order_id: z.string().check(z.minLength(1)),
  client_order_id: z.nullish(z.string()),
  fill_count: expected(count),
  remaining_count: expected(count),
  average_fill_price: z.nullish(dollars),
  average_fee_paid: z.nullish(dollars),
  ts_ms: expected(millis),
});

export const createOrder = endpoint<{ readonly body: CreateOrderBody }>()({
  name: 'CreateOrderV2',
  method: 'POST',
  path: '/portfolio/events/orders',
  signed: true,
  answer: createdOrderSchema,
});
