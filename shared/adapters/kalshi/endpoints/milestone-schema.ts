import * as z from 'zod';
import { expected, time } from '../wire.ts';

/** Something that will happen in the world and that events hang on, like a game. */
export const milestoneSchema = z.object({
  id: z.string(),
  category: expected(z.string()),
  type: expected(z.string()),
  start_date: expected(time),
  end_date: time.nullish(),
  related_event_tickers: expected(z.array(z.string())),
  title: expected(z.string()),
  notification_message: expected(z.string()),
  source_id: z.string().nullish(),
  source_ids: z.record(z.string(), z.string()).nullish(),
  details: expected(z.record(z.string(), z.unknown())),
  primary_event_tickers: expected(z.array(z.string())),
  last_updated_ts: expected(time),
});
