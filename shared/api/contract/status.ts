import * as z from 'zod/mini';
import { mode, money, time, tradingState } from './units.ts';

const check = z.strictObject({
  id: z.string(),
  state: z.enum(['not-applicable', 'healthy', 'warning', 'critical', 'unknown']),
  value: z.nullable(z.number()),
  target: z.nullable(z.number()),
  weight: z.number(),
  detail: z.string(),
});

export const job = z.strictObject({
  name: z.string(),
  trigger: z.string(),
  lastRun: z.nullable(time),
  lastOutcome: z.nullable(z.enum(['ok', 'failed', 'skipped', 'timed-out', 'running'])),
  lastSeconds: z.nullable(z.number()),
  nextRun: z.nullable(time),
});
export type JobJson = z.output<typeof job>;

/** `GET /api/status`: how things stand. Unknown is null. */
export const status = z.strictObject({
  mode,
  prices: z.enum(['generated', 'recorded', 'live']),
  state: tradingState,
  stateReason: z.nullable(z.string()),
  uptimeSeconds: z.nullable(z.number()),
  clock: time,
  speed: z.number(),
  health: z.strictObject({
    score: z.nullable(z.number()),
    state: z.enum(['healthy', 'warning', 'critical', 'unknown']),
    checks: z.array(check),
  }),
  jobs: z.array(job),
  equity: z.nullable(money),
  cash: z.nullable(money),
  positions: z.nullable(z.number()),
  openOrders: z.nullable(z.number()),
  alerts: z.nullable(z.number()),
  ai: z.strictObject({ spentToday: z.nullable(money), budget: z.nullable(money), weight: z.nullable(z.number()) }),
});
export type Status = z.output<typeof status>;
