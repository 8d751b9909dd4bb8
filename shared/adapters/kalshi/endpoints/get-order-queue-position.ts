import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { count } from '../wire.ts';

/** Contracts ahead of the order at its price. */
export const getOrderQueuePosition = endpoint<{ readonly params: { readonly order_id: string } }>()({
  name: 'GetOrderQueuePosition',
  method: 'GET',
  path: '/portfolio/orders/{order_id}/queue_position',
  signed: true,
  answer: z.object({ queue_position_fp: count }),
});
