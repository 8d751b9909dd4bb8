import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { expected } from '../wire.ts';

export interface CreateOrderGroupBody {
  /** Contracts that may fill within 15 seconds before the group is cancelled; whole, or text with 2 decimals. */
  readonly contracts_limit?: number;
  readonly contracts_limit_fp?: string;
  readonly exchange_index: number;
  readonly subaccount?: number;
}

/** A group lives in one shard. */
export const createOrderGroup = endpoint<{ readonly body: CreateOrderGroupBody }>()({
  name: 'CreateOrderGroup',
  method: 'POST',
  path: '/portfolio/order_groups/create',
  signed: true,
  answer: z.object({ order_group_id: z.string().check(z.minLength(1)), subaccount: expected(z.int()), exchange_index: z.nullish(z.int()) }),
});
