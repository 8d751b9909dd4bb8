import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';

interface Call {
  readonly params: { readonly order_group_id: string };
  readonly query: { readonly exchange_index: number; readonly subaccount?: number };
  readonly body: { readonly contracts_limit?: number; readonly contracts_limit_fp?: string };
}

export const updateOrderGroupLimit = endpoint<Call>()({
  name: 'UpdateOrderGroupLimit',
  method: 'PUT',
  path: '/portfolio/order_groups/{order_group_id}/limit',
  signed: true,
  answer: z.object({}),
});
