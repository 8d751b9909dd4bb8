import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { cursor } from '../wire.ts';
import { tradeSchema } from './trade-schema.ts';

export interface TradesQuery {
  readonly limit?: number;
  readonly cursor?: string;
  readonly ticker?: string;
  /** Unix seconds. */
  readonly min_ts?: number;
  readonly max_ts?: number;
  /** Block trades are included unless this says otherwise. */
  readonly is_block_trade?: boolean;
}

export const getTrades = endpoint<{ readonly query: TradesQuery }>()({
  name: 'GetTrades',
  method: 'GET',
  path: '/markets/trades',
  signed: false,
  answer: z.object({ trades: z.array(tradeSchema), cursor }),
});
