import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { expected } from '../wire.ts';
import { orderBookSchema } from './order-book-schema.ts';

/** `depth` 0 is all levels. An empty book may lack `orderbook_fp`. */
export const getMarketOrderbook = endpoint<{
  readonly params: { readonly ticker: string };
  readonly query?: { readonly depth?: number };
}>()({
  name: 'GetMarketOrderbook',
  method: 'GET',
  path: '/markets/{ticker}/orderbook',
  signed: false,
  answer: z.object({ orderbook_fp: expected(orderBookSchema) }),
});
