import * as z from 'zod/mini';
import { job } from './status.ts';
import { metric, price, time } from './units.ts';

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

/** What `POST /api/actions/NAME` takes. `word` is the mode in capitals, typed by a person. */
export const actionBody = z.strictObject({
  token: z.string().check(z.maxLength(200)),
  word: z.optional(z.string().check(z.maxLength(20))),
  reason: z.optional(z.string().check(z.maxLength(500))),
  cause: z.optional(z.string().check(z.maxLength(300))),
  /** Of `close`: the position, and the least price a contract to sell at. */
  ticker: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
  floor: z.optional(price),
});
export type ActionBody = z.output<typeof actionBody>;

/** What an action came to. `fix` where it was refused. */
export const actionResult = z.strictObject({ ok: z.boolean(), message: z.string(), fix: z.optional(z.string()) });
export type ActionResult = z.output<typeof actionResult>;

/** What every other answer is when it cannot be given. */
export const failure = z.strictObject({ error: z.string(), fix: z.string() });
