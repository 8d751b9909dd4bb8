import * as z from 'zod';
import { endpoint } from '../endpoint.ts';
import { count, dollars, millis } from '../wire.ts';
import type { CreateOrderBody } from './create-order.ts';

/** Either an order or an error. */
const item = z.object({
  order_id: z.string().min(1).optional(),
  client_order_id: z.string().nullish(),
  fill_count: count.optional(),
  remaining_count: count.optional(),
  average_fill_price: dollars.optional(),
  average_fee_paid: dollars.optional(),
  ts_ms: millis.nullish(),
  error: z.object({ code: z.string().optional(), message: z.string().optional(), details: z.string().optional() }).nullish(),
});

/** Each item succeeds or fails by itself; the whole is refused when the write bucket cannot hold it. */
export const batchCreateOrders = endpoint<{ readonly body: { readonly orders: readonly CreateOrderBody[] } }>()({
  name: 'BatchCreateOrdersV2',
  method: 'POST',
  path: '/portfolio/events/orders/batched',
  signed: true,
  answer: z.object({ orders: z.array(item) }),
});
