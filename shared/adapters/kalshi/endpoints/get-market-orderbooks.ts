import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { orderBookSchema } from './order-book-schema.ts';

/** At most 100 tickers, as a repeated parameter. */
export const getMarketOrderbooks = endpoint<{ readonly query: { readonly tickers: readonly string[] } }>()({
  name: 'GetMarketOrderbooks',
  method: 'GET',
  path: '/markets/orderbooks',
  signed: false,
  answer: z.object({ orderbooks: z.array(z.object({ ticker: z.string(), orderbook_fp: orderBookSchema })) }),
});
