import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { count, cursor, dollars, expected, time } from '../wire.ts';

export interface PositionsQuery {
  readonly cursor?: string;
  readonly limit?: number;
  /** Comma-separated of `position` and `total_traded`: only rows where these are not zero. */
  readonly count_filter?: string;
  readonly ticker?: string;
  readonly event_ticker?: string;
  readonly subaccount?: number;
  readonly exchange_index?: number;
  readonly settlement_status?: 'unsettled' | 'settled' | 'all';
}

const marketPosition = z.object({
  ticker: z.string(),
  exchange_index: expected(z.int()),
  total_traded_dollars: expected(dollars),
  /** Positive YES, negative NO. */
  position_fp: expected(count),
  market_exposure_dollars: expected(dollars),
  realized_pnl_dollars: expected(dollars),
  fees_paid_dollars: expected(dollars),
  last_updated_ts: expected(time),
});

const eventPosition = z.object({
  event_ticker: z.string(),
  total_cost_dollars: expected(dollars),
  total_cost_shares_fp: expected(count),
  event_exposure_dollars: expected(dollars),
  realized_pnl_dollars: expected(dollars),
  fees_paid_dollars: expected(dollars),
});

export const getPositions = endpoint<{ readonly query?: PositionsQuery }>()({
  name: 'GetPositions',
  method: 'GET',
  path: '/portfolio/positions',
  signed: true,
  answer: z.object({ cursor, market_positions: z.array(marketPosition), event_positions: z.array(eventPosition) }),
});
