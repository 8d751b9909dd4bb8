import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { cursor } from '../wire.ts';
import type { TradesQuery } from './get-trades.ts';
import { tradeSchema } from './trade-schema.ts';

/** Trades before the cut-off. */
export const getHistoricalTrades = endpoint<{ readonly query: TradesQuery }>()({
  name: 'GetHistoricalTrades',
  method: 'GET',
  path: '/historical/trades',
  signed: false,
  answer: z.object({ trades: z.array(tradeSchema), cursor }),
});
