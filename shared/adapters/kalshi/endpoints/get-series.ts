import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { seriesSchema } from './series-schema.ts';

export const getSeries = endpoint<{
  readonly params: { readonly series_ticker: string };
  readonly query?: { readonly include_volume?: boolean };
}>()({
  name: 'GetSeries',
  method: 'GET',
  path: '/series/{series_ticker}',
  signed: false,
  answer: z.object({ series: seriesSchema }),
});
