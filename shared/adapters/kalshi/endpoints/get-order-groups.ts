import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { count } from '../wire.ts';

const group = z.object({
  id: z.string(),
  contracts_limit_fp: z.nullish(count),
  is_auto_cancel_enabled: z.boolean(),
  exchange_index: z.nullish(z.int()),
});

export const getOrderGroups = endpoint<{ readonly query?: { readonly subaccount?: number } }>()({
  name: 'GetOrderGroups',
  method: 'GET',
  path: '/portfolio/order_groups',
  signed: true,
  answer: z.object({ order_groups: z.optional(z.array(group)) }),
});
