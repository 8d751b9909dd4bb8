import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { count, expected, millis } from '../wire.ts';

/** Exactly one of the two: less by so many, or down to so many resting. */
export type DecreaseOrderBody = ({ readonly reduce_by: string } | { readonly reduce_to: string }) & {
  readonly exchange_index?: number;
  readonly market_ticker: string;
};

export const decreaseOrder = endpoint<{
  readonly params: { readonly order_id: string };
  readonly query?: { readonly subaccount?: number };
  readonly body: DecreaseOrderBody;
}>()({
  name: 'DecreaseOrderV2',
  method: 'POST',
  path: '/portfolio/events/orders/{order_id}/decrease',
  signed: true,
  answer: z.object({
    order_id: z.string().check(z.minLength(1)),
    client_order_id: z.nullish(z.string()),
    remaining_count: expected(count),
    ts_ms: expected(millis),
  }),
});
