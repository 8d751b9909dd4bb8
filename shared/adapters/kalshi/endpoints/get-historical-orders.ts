import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { cursor } from '../wire.ts';
import type { OrdersQuery } from './get-orders.ts';
import { orderSchema } from './order-schema.ts';

/** Orders last touched before the cut-off, which is only two weeks back. */
export const getHistoricalOrders = endpoint<{ readonly query?: Omit<OrdersQuery, 'event_ticker' | 'status' | 'exchange_index'> }>()({
  name: 'GetHistoricalOrders',
  method: 'GET',
  path: '/historical/orders',
  signed: true,
  answer: z.object({ orders: z.array(orderSchema), cursor }),
});
