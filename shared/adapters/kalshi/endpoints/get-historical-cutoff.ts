import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { expected, time } from '../wire.ts';

/** What is older than these lies in the historical endpoints. */
export const getHistoricalCutoff = endpoint<Record<never, never>>()({
  name: 'GetHistoricalCutoff',
  method: 'GET',
  path: '/historical/cutoff',
  signed: false,
  answer: z.object({
    market_settled_ts: expected(time),
    trades_created_ts: expected(time),
    orders_updated_ts: expected(time),
    market_positions_last_updated_ts: z.nullish(time),
  }),
});
