import * as z from 'zod/mini';
import { expected, time } from '../wire.ts';

/** Something that will happen in the world and that events hang on, like a game. */
export const milestoneSchema = z.object({
  id: z.string(),
  category: expected(z.string()),
  type: expected(z.string()),
  start_date: expected(time),
  end_date: z.nullish(time),
  related_event_tickers: expected(z.array(z.string())),
  title: expected(z.string()),
  notification_message: expected(z.string()),
  source_id: z.nullish(z.string()),
  source_ids: z.nullish(z.record(z.string(), z.string())),
  details: expected(z.record(z.string(), z.unknown())),
  primary_event_tickers: expected(z.array(z.string())),
  last_updated_ts: expected(time),
});
