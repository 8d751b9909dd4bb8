import * as z from 'zod';
import { mode, money, time, tradingState } from './units.ts';

const check = z.strictObject({
  id: z.string(),
  state: z.enum(['not-applicable', 'healthy', 'warning', 'critical', 'unknown']),
  value: z.number().nullable(),
  target: z.number().nullable(),
  weight: z.number(),
  detail: z.string(),
});

export const job = z.strictObject({
  name: z.string(),
  trigger: z.string(),
  lastRun: time.nullable(),
  lastOutcome: z.enum(['ok', 'failed', 'skipped', 'timed-out', 'running']).nullable(),
  lastSeconds: z.number().nullable(),
  nextRun: time.nullable(),
});
export type JobJson = z.output<typeof job>;

/** `GET /api/status`: how things stand. Unknown is null. */
export const status = z.strictObject({
  mode,
  prices: z.enum(['generated', 'recorded', 'live']),
  state: tradingState,
  stateReason: z.string().nullable(),
  uptimeSeconds: z.number().nullable(),
  clock: time,
  speed: z.number(),
  health: z.strictObject({
    score: z.number().nullable(),
    state: z.enum(['healthy', 'warning', 'critical', 'unknown']),
    checks: z.array(check),
  }),
  jobs: z.array(job),
  equity: money.nullable(),
  cash: money.nullable(),
  positions: z.number().nullable(),
  openOrders: z.number().nullable(),
  alerts: z.number().nullable(),
  ai: z.strictObject({ spentToday: money.nullable(), budget: money.nullable(), weight: z.number().nullable() }),
});
export type Status = z.output<typeof status>;
