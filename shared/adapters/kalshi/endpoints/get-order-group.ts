import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { count } from '../wire.ts';

export const getOrderGroup = endpoint<{
  readonly params: { readonly order_group_id: string };
  readonly query?: { readonly subaccount?: number };
}>()({
  name: 'GetOrderGroup',
  method: 'GET',
  path: '/portfolio/order_groups/{order_group_id}',
  signed: true,
  answer: z.object({
    is_auto_cancel_enabled: z.boolean(),
    contracts_limit_fp: z.nullish(count),
    orders: z.array(z.string()),
    exchange_index: z.nullish(z.int()),
  }),
});
