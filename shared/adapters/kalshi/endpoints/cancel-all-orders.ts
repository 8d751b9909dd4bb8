import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';

/** The kill switch: all shards; may also catch orders placed within the next minute. */
export const cancelAllOrders = endpoint<{ readonly query?: { readonly subaccount?: number } }>()({
  name: 'CancelAllOrdersV2',
  method: 'DELETE',
  path: '/portfolio/events/orders',
  signed: true,
  cost: 2,
  answer: z.object({}),
});
