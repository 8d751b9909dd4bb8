import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { cursor } from '../wire.ts';
import { type FillsQuery, fillSchema } from './get-fills.ts';

/** Fills of orders before the cut-off, which is only two weeks back. */
export const getHistoricalFills = endpoint<{ readonly query?: Omit<FillsQuery, 'order_id' | 'exchange_index'> }>()({
  name: 'GetHistoricalFills',
  method: 'GET',
  path: '/historical/fills',
  signed: true,
  answer: z.object({ fills: z.array(fillSchema), cursor }),
});
