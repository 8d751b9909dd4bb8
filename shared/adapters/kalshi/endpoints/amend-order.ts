import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { count, dollars, expected, millis } from '../wire.ts';

/** `count` is what has filled plus what shall rest. A new price or a larger count loses the place in the queue. */
export interface AmendOrderBody {
  readonly ticker: string;
  readonly side: 'bid' | 'ask';
  readonly price: string;
  readonly count: string;
  readonly client_order_id?: string;
  readonly updated_client_order_id?: string;
  readonly exchange_index?: number;
  /** Unix seconds; absent keeps, 0 clears. */
  readonly expiration_time?: number;
}

export const amendOrder = endpoint<{
  readonly params: { readonly order_id: string };
  readonly query?: { readonly subaccount?: number };
  readonly body: AmendOrderBody;
}>()({
  name: 'AmendOrderV2',
  method: 'POST',
  path: '/portfolio/events/orders/{order_id}/amend',
  signed: true,
  answer: z.object({
    order_id: z.string().check(z.minLength(1)),
    client_order_id: z.nullish(z.string()),
    remaining_count: z.nullish(count),
    fill_count: z.nullish(count),
    average_fill_price: z.nullish(dollars),
    average_fee_paid: z.nullish(dollars),
    ts_ms: expected(millis),
  }),
});
