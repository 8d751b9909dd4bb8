import * as z from 'zod/mini';
import { count, expected, price, seconds } from '../wire.ts';

export interface CandlesticksQuery {
  /** Unix seconds. */
  readonly start_ts: number;
  readonly end_ts: number;
  /** Minutes. */
  readonly period_interval: 1 | 60 | 1440;
}

const quotes = z.object({
  open_dollars: expected(price),
  low_dollars: expected(price),
  high_dollars: expected(price),
  close_dollars: expected(price),
});

/** Null where nothing traded. A mean may be finer than a price. */
const trades = z.object({
  open_dollars: z.nullish(price),
  low_dollars: z.nullish(price),
  high_dollars: z.nullish(price),
  close_dollars: z.nullish(price),
  mean_dollars: z.nullish(z.string()),
  previous_dollars: z.nullish(price),
  min_dollars: z.nullish(price),
  max_dollars: z.nullish(price),
});

export const candlestickSchema = z.object({
  end_period_ts: seconds,
  yes_bid: quotes,
  yes_ask: quotes,
  price: trades,
  volume_fp: expected(count),
  open_interest_fp: expected(count),
});
