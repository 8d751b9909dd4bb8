import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { expected } from '../wire.ts';
import { type CandlesticksQuery, candlestickSchema } from './candlestick-schema.ts';

interface Call {
  readonly params: { readonly series_ticker: string; readonly ticker: string };
  /** `include_latest_before_start` puts one made-up candle before the first. */
  readonly query: CandlesticksQuery & { readonly include_latest_before_start?: boolean };
}

export const getMarketCandlesticks = endpoint<Call>()({
  name: 'GetMarketCandlesticks',
  method: 'GET',
  path: '/series/{series_ticker}/markets/{ticker}/candlesticks',
  signed: false,
  answer: z.object({ ticker: expected(z.string()), candlesticks: z.array(candlestickSchema) }),
});
