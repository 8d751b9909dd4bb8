import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { count, expected, price, seconds } from '../wire.ts';
import type { CandlesticksQuery } from './candlestick-schema.ts';

const quotes = z.object({ open: expected(price), low: expected(price), high: expected(price), close: expected(price) });

const candlestick = z.object({
  end_period_ts: seconds,
  yes_bid: quotes,
  yes_ask: quotes,
  price: z.object({
    open: z.nullable(price),
    low: z.nullable(price),
    high: z.nullable(price),
    close: z.nullable(price),
    mean: z.nullable(z.string()),
    previous: z.nullable(price),
  }),
  volume: expected(count),
  open_interest: expected(count),
});

/** Candles of a market settled before the cut-off; the same facts under shorter names. */
export const getHistoricalMarketCandlesticks = endpoint<{
  readonly params: { readonly ticker: string };
  readonly query: CandlesticksQuery;
}>()({
  name: 'GetHistoricalMarketCandlesticks',
  method: 'GET',
  path: '/historical/markets/{ticker}/candlesticks',
  signed: false,
  answer: z.object({ ticker: expected(z.string()), candlesticks: z.array(candlestick) }),
});
