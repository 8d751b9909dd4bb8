import * as z from 'zod';
import { endpoint } from '../endpoint.ts';
import { count } from '../wire.ts';

const group = z.object({
  id: z.string(),
  contracts_limit_fp: count.nullish(),
  is_auto_cancel_enabled: z.boolean(),
  exchange_index: z.int().nullish(),
});

export const getOrderGroups = endpoint<{ readonly query?: { readonly subaccount?: number } }>()({
  name: 'GetOrderGroups',
  method: 'GET',
  path: '/portfolio/order_groups',
  signed: true,
  answer: z.object({ order_groups: z.array(group).optional() }),
});
