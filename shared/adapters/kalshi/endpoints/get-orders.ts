import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { cursor } from '../wire.ts';
import { orderSchema } from './order-schema.ts';

export interface OrdersQuery {
  readonly ticker?: string;
  /** Comma-separated, at most 10. */
  readonly event_ticker?: string;
  /** Unix seconds. */
  readonly min_ts?: number;
  readonly max_ts?: number;
  readonly status?: 'resting' | 'canceled' | 'executed';
  readonly limit?: number;
  readonly cursor?: string;
  readonly subaccount?: number;
  readonly exchange_index?: number;
}

/** Every status unless narrowed. There is no filter by client order id: list and match. */
export const getOrders = endpoint<{ readonly query?: OrdersQuery }>()({
  name: 'GetOrders',
  method: 'GET',
  path: '/portfolio/orders',
  signed: true,
  answer: z.object({ orders: z.array(orderSchema), cursor }),
});
