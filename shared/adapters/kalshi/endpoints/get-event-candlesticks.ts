import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { expected, seconds } from '../wire.ts';
import { type CandlesticksQuery, candlestickSchema } from './candlestick-schema.ts';

/** The i-th list belongs to the i-th ticker. */
export const getEventCandlesticks = endpoint<{
  readonly params: { readonly series_ticker: string; readonly ticker: string };
  readonly query: CandlesticksQuery;
}>()({
  name: 'GetEventCandlesticks',
  method: 'GET',
  path: '/series/{series_ticker}/events/{ticker}/candlesticks',
  signed: false,
  answer: z.object({
    market_tickers: z.array(z.string()),
    market_candlesticks: z.array(z.array(candlestickSchema)),
    adjusted_end_ts: expected(seconds),
  }),
});
