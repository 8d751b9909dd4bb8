import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { count } from '../wire.ts';

/** Of all resting orders in some markets (comma-separated) or one event. */
export const getOrderQueuePositions = endpoint<{
  readonly query: { readonly market_tickers?: string; readonly event_ticker?: string; readonly subaccount?: number };
}>()({
  name: 'GetOrderQueuePositions',
  method: 'GET',
  path: '/portfolio/orders/queue_positions',
  signed: true,
  answer: z.object({
    queue_positions: z.array(z.object({ order_id: z.string(), market_ticker: z.string(), queue_position_fp: count })),
  }),
});
