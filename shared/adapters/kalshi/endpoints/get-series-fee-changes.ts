import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { expected, time } from '../wire.ts';

/** Scheduled fee changes of one series or of all; those of the past only when asked for. */
export const getSeriesFeeChanges = endpoint<{ readonly query?: { readonly series_ticker?: string; readonly show_historical?: boolean } }>()(
  {
    name: 'GetSeriesFeeChanges',
    method: 'GET',
    path: '/series/fee_changes',
    signed: false,
    answer: z.object({
      series_fee_change_arr: z.array(
        z.object({
          id: expected(z.string()),
          series_ticker: z.string(),
          fee_type: z.string(),
          fee_multiplier: z.number(),
          scheduled_ts: time,
        }),
      ),
    }),
  },
);
