import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { marketSchema } from './market-schema.ts';

export const getMarket = endpoint<{ readonly params: { readonly ticker: string } }>()({
  name: 'GetMarket',
  method: 'GET',
  path: '/markets/{ticker}',
  signed: false,
  answer: z.object({ market: marketSchema }),
});
