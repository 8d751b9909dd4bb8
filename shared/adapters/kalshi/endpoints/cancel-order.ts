import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { count, expected, millis } from '../wire.ts';

interface Call {
  readonly params: { readonly order_id: string };
  /** Without shard or ticker the order is looked for in shard 0 only. */
  readonly query: { readonly market_ticker: string; readonly exchange_index?: number; readonly subaccount?: number };
}

/** 404 when there is nothing left to cancel. */
export const cancelOrder = endpoint<Call>()({
  name: 'CancelOrderV2',
  method: 'DELETE',
  path: '/portfolio/events/orders/{order_id}',
  signed: true,
  cost: 2,
  answer: z.object({
    order_id: z.string().check(z.minLength(1)),
    client_order_id: z.nullish(z.string()),
    reduced_by: expected(count),
    ts_ms: expected(millis),
  }),
});
