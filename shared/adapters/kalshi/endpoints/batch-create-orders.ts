import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { count, dollars, millis } from '../wire.ts';
import type { CreateOrderBody } from './create-order.ts';

/** Either an order or an error. */
const item = z.object({
  order_id: z.optional(z.string().check(z.minLength(1))),
  client_order_id: z.nullish(z.string()),
  fill_count: z.optional(count),
  remaining_count: z.optional(count),
  average_fill_price: z.optional(dollars),
  average_fee_paid: z.optional(dollars),
  ts_ms: z.nullish(millis),
  error: z.nullish(z.object({ code: z.optional(z.string()), message: z.optional(z.string()), details: z.optional(z.string()) })),
});

/** Each item succeeds or fails by itself; the whole is refused when the write bucket cannot hold it. */
export const batchCreateOrders = endpoint<{ readonly body: { readonly orders: readonly CreateOrderBody[] } }>()({
  name: 'BatchCreateOrdersV2',
  method: 'POST',
  path: '/portfolio/events/orders/batched',
  signed: true,
  answer: z.object({ orders: z.array(item) }),
});
