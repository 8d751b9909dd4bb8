import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { count, expected, millis } from '../wire.ts';

export interface BatchCancelItem {
  readonly order_id: string;
  readonly subaccount?: number;
  readonly exchange_index: number;
  readonly market_ticker: string;
}

const item = z.object({
  order_id: z.string(),
  client_order_id: z.nullish(z.string()),
  reduced_by: expected(count),
  ts_ms: z.nullish(millis),
  error: z.nullish(z.object({ code: z.optional(z.string()), message: z.optional(z.string()), details: z.optional(z.string()) })),
});

export const batchCancelOrders = endpoint<{ readonly body: { readonly orders: readonly BatchCancelItem[] } }>()({
  name: 'BatchCancelOrdersV2',
  method: 'DELETE',
  path: '/portfolio/events/orders/batched',
  signed: true,
  cost: 2,
  answer: z.object({ orders: z.array(item) }),
});
