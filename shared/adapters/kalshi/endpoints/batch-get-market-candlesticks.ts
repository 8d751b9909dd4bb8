import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { type CandlesticksQuery, candlestickSchema } from './candlestick-schema.ts';

/** At most 100 tickers, comma-separated, and 10,000 candles in all. */
export const batchGetMarketCandlesticks = endpoint<{
  readonly query: CandlesticksQuery & { readonly market_tickers: string; readonly include_latest_before_start?: boolean };
}>()({
  name: 'BatchGetMarketCandlesticks',
  method: 'GET',
  path: '/markets/candlesticks',
  signed: false,
  answer: z.object({ markets: z.array(z.object({ market_ticker: z.string(), candlesticks: z.array(candlestickSchema) })) }),
});
