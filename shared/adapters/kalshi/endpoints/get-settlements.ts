import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { cents, count, cursor, dollars, expected, time } from '../wire.ts';

export interface SettlementsQuery {
  readonly limit?: number;
  readonly cursor?: string;
  readonly ticker?: string;
  readonly event_ticker?: string;
  /** Unix seconds. */
  readonly min_ts?: number;
  readonly max_ts?: number;
  readonly subaccount?: number;
}

const settlement = z.object({
  ticker: z.string(),
  exchange_index: expected(z.int()),
  event_ticker: expected(z.string()),
  market_result: z.enum(['yes', 'no', 'scalar']),
  yes_count_fp: expected(count),
  yes_total_cost_dollars: expected(dollars),
  no_count_fp: expected(count),
  no_total_cost_dollars: expected(dollars),
  revenue: expected(cents),
  settled_time: expected(time),
  /** Of all fills of the position, not of the settlement. */
  fee_cost: expected(dollars),
  /** What one YES paid, cents. */
  value: z.nullish(cents),
});

export type SettlementAnswer = z.output<typeof settlement>;

export const getSettlements = endpoint<{ readonly query?: SettlementsQuery }>()({
  name: 'GetSettlements',
  method: 'GET',
  path: '/portfolio/settlements',
  signed: true,
  answer: z.object({ settlements: z.array(settlement), cursor }),
});
