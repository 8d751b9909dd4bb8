import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { seriesSchema } from './series-schema.ts';

export interface SeriesListQuery {
  readonly category?: string;
  readonly tags?: string;
  readonly include_product_metadata?: boolean;
  readonly include_volume?: boolean;
  /** Unix seconds. */
  readonly min_updated_ts?: number;
}

/** Not paged: without a filter it is the whole list, some ten thousand. */
export const getSeriesList = endpoint<{ readonly query?: SeriesListQuery }>()({
  name: 'GetSeriesList',
  method: 'GET',
  path: '/series',
  signed: false,
  answer: z.object({ series: z.array(seriesSchema) }),
});
