import * as z from 'zod/mini';
import { job } from './status.ts';
import { metric, time } from './units.ts';

/** `GET /api/jobs`: the timetable with the last runs, and service levels over 30 days. */
export const jobs = z.strictObject({
  jobs: z.array(z.extend(job, { about: z.string(), runnable: z.boolean() })),
  levels: z.array(z.strictObject({ name: z.string(), goal: z.string(), metric })),
});
export type JobsJson = z.output<typeof jobs>;

const delivery = z.strictObject({ channel: z.string(), state: z.string(), at: time });
const alert = z.strictObject({
  id: z.string(),
  cause: z.string(),
  at: time,
  since: time,
  type: z.enum(['CRITICAL', 'WARNING', 'WEEKLY_SUMMARY', 'SYSTEM_ERROR', 'RESOLVED']),
  open: z.boolean(),
  acknowledgedAt: z.nullable(time),
  headline: z.string(),
  text: z.string(),
  advice: z.string(),
  commands: z.array(z.string()),
  deliveries: z.array(delivery),
});
export type AlertJson = z.output<typeof alert>;

/** `GET /api/alerts?limit`: what wants attention now, then what did, newest first. */
export const alerts = z.strictObject({ open: z.array(alert), history: z.array(alert) });
export type AlertsJson = z.output<typeof alerts>;

/** What every other answer is when it cannot be given. */
export const failure = z.strictObject({ error: z.string(), fix: z.string() });
