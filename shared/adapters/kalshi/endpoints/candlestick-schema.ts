import * as z from 'zod';
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
  open_dollars: price.nullish(),
  low_dollars: price.nullish(),
  high_dollars: price.nullish(),
  close_dollars: price.nullish(),
  mean_dollars: z.string().nullish(),
  previous_dollars: price.nullish(),
  min_dollars: price.nullish(),
  max_dollars: price.nullish(),
});

export const candlestickSchema = z.object({
  end_period_ts: seconds,
  yes_bid: quotes,
  yes_ask: quotes,
  price: trades,
  volume_fp: expected(count),
  open_interest_fp: expected(count),
});
