import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { count, cursor, expected, time } from '../wire.ts';

export interface IncentiveProgramsQuery {
  readonly status?: 'all' | 'active' | 'upcoming' | 'closed' | 'paid_out';
  readonly type?: 'all' | 'liquidity' | 'volume' | 'margin_maker_volume';
  readonly incentive_description?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

const program = z.object({
  id: z.string(),
  market_id: expected(z.string()),
  market_ticker: expected(z.string()),
  incentive_type: z.enum(['liquidity', 'volume', 'margin_maker_volume', 'margin_taker_volume']),
  incentive_description: expected(z.string()),
  start_date: expected(time),
  end_date: expected(time),
  /** Centi-cents: $0.0001. */
  period_reward: expected(z.int()),
  paid_out: expected(z.boolean()),
  discount_factor_bps: z.nullish(z.int()),
  target_size_fp: z.nullish(count),
  max_reward_per_account: z.nullish(z.int()),
});

export const getIncentivePrograms = endpoint<{ readonly query?: IncentiveProgramsQuery }>()({
  name: 'GetIncentivePrograms',
  method: 'GET',
  path: '/incentive_programs',
  signed: false,
  answer: z.object({ incentive_programs: z.array(program), next_cursor: cursor }),
});
