import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { cursor } from '../wire.ts';
import { eventSchema } from './event-schema.ts';
import { milestoneSchema } from './milestone-schema.ts';

export interface EventsQuery {
  readonly limit?: number;
  readonly cursor?: string;
  readonly with_nested_markets?: boolean;
  readonly with_milestones?: boolean;
  readonly status?: 'unopened' | 'open' | 'closed' | 'settled';
  readonly series_ticker?: string;
  /** Comma-separated. */
  readonly tickers?: string;
  /** Unix seconds. */
  readonly min_close_ts?: number;
  readonly min_updated_ts?: number;
}

/** At most 200 a page; never combos. */
export const getEvents = endpoint<{ readonly query: EventsQuery }>()({
  name: 'GetEvents',
  method: 'GET',
  path: '/events',
  signed: false,
  answer: z.object({ events: z.array(eventSchema), milestones: z.nullish(z.array(milestoneSchema)), cursor }),
});
