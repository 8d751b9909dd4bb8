import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { bookSide, count, cursor, dollars, expected, price, retired, seconds, side, time } from '../wire.ts';

export interface FillsQuery {
  /** Comma-separated, at most 100. */
  readonly ticker?: string;
  readonly order_id?: string;
  /** Unix seconds. */
  readonly min_ts?: number;
  readonly max_ts?: number;
  readonly limit?: number;
  readonly cursor?: string;
  readonly subaccount?: number;
  readonly exchange_index?: number;
}

export const fillSchema = z.object({
  fill_id: z.string(),
  exchange_index: expected(z.int()),
  trade_id: expected(z.string()),
  order_id: z.string(),
  ticker: z.string(),
  market_ticker: expected(z.string()),
  side: retired,
  action: retired,
  /** Which way the fill moved the position: buying YES and selling NO are both `yes`. */
  outcome_side: expected(side),
  book_side: expected(bookSide),
  count_fp: expected(count),
  yes_price_dollars: expected(price),
  no_price_dollars: expected(price),
  is_taker: expected(z.boolean()),
  created_time: z.nullish(time),
  /** Net of rebates, as charged. */
  fee_cost: expected(dollars),
  subaccount_number: z.nullish(z.int()),
  ts: z.nullish(seconds),
});

export type FillAnswer = z.output<typeof fillSchema>;

export const getFills = endpoint<{ readonly query?: FillsQuery }>()({
  name: 'GetFills',
  method: 'GET',
  path: '/portfolio/fills',
  signed: true,
  answer: z.object({ fills: z.array(fillSchema), cursor }),
});
