import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { cursor } from '../wire.ts';
import { marketSchema } from './market-schema.ts';

export interface HistoricalMarketsQuery {
  readonly limit?: number;
  readonly cursor?: string;
  /** Comma-separated. */
  readonly tickers?: string;
  readonly event_ticker?: string;
  readonly series_ticker?: string;
  readonly mve_filter?: 'exclude';
}

/** Markets settled before the cut-off (see getHistoricalCutoff), which GetMarkets no longer lists. */
export const getHistoricalMarkets = endpoint<{ readonly query: HistoricalMarketsQuery }>()({
  name: 'GetHistoricalMarkets',
  method: 'GET',
  path: '/historical/markets',
  signed: false,
  answer: z.object({ markets: z.array(marketSchema), cursor }),
});
