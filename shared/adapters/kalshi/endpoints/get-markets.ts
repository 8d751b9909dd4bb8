import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { cursor } from '../wire.ts';
import { marketSchema } from './market-schema.ts';

export interface MarketsQuery {
  readonly limit?: number;
  readonly cursor?: string;
  readonly event_ticker?: string;
  readonly series_ticker?: string;
  /** Unix seconds. Goes with status unopened, open or none. */
  readonly min_created_ts?: number;
  readonly max_created_ts?: number;
  readonly min_updated_ts?: number;
  readonly max_updated_ts?: number;
  readonly min_close_ts?: number;
  readonly max_close_ts?: number;
  readonly min_settled_ts?: number;
  readonly max_settled_ts?: number;
  readonly status?: 'unopened' | 'open' | 'paused' | 'closed' | 'settled';
  /** Comma-separated. */
  readonly tickers?: string;
  readonly mve_filter?: 'only' | 'exclude';
}

/** At most 1,000 a page; a garbage cursor starts over without a word. */
export const getMarkets = endpoint<{ readonly query: MarketsQuery }>()({
  name: 'GetMarkets',
  method: 'GET',
  path: '/markets',
  signed: false,
  answer: z.object({ markets: z.array(marketSchema), cursor }),
});
