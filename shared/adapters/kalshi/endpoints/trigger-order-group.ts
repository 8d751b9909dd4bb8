import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';

interface Call {
  readonly params: { readonly order_group_id: string };
  readonly query: { readonly exchange_index: number; readonly subaccount?: number };
  readonly body: Record<never, never>;
}

/** Cancels the group's orders and refuses new ones until it is reset. */
export const triggerOrderGroup = endpoint<Call>()({
  name: 'TriggerOrderGroup',
  method: 'PUT',
  path: '/portfolio/order_groups/{order_group_id}/trigger',
  signed: true,
  answer: z.object({}),
});
