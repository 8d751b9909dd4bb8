import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';

interface Call {
  readonly params: { readonly order_group_id: string };
  readonly query: { readonly exchange_index: number; readonly subaccount?: number };
}

/** Deletes the group; its orders are cancelled. */
export const deleteOrderGroup = endpoint<Call>()({
  name: 'DeleteOrderGroup',
  method: 'DELETE',
  path: '/portfolio/order_groups/{order_group_id}',
  signed: true,
  answer: z.object({}),
});
