import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { cursor } from '../wire.ts';
import { milestoneSchema } from './milestone-schema.ts';

export interface MilestonesQuery {
  /** Required, 1..500. */
  readonly limit: number;
  readonly cursor?: string;
  /** RFC 3339. */
  readonly minimum_start_date?: string;
  readonly category?: string;
  readonly competition?: string;
  readonly source_id?: string;
  readonly type?: string;
  readonly related_event_ticker?: string;
  readonly min_updated_ts?: number;
}

export const getMilestones = endpoint<{ readonly query: MilestonesQuery }>()({
  name: 'GetMilestones',
  method: 'GET',
  path: '/milestones',
  signed: false,
  answer: z.object({ milestones: z.array(milestoneSchema), cursor }),
});
