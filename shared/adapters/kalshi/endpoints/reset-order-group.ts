import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';

interface Call {
  readonly params: { readonly order_group_id: string };
  readonly query: { readonly exchange_index: number; readonly subaccount?: number };
  readonly body: Record<never, never>;
}

/** Lets a group that breached its limit trade again. */
export const resetOrderGroup = endpoint<Call>()({
  name: 'ResetOrderGroup',
  method: 'PUT',
  path: '/portfolio/order_groups/{order_group_id}/reset',
  signed: true,
  answer: z.object({}),
});
