import * as z from 'zod/mini';
import { money, time } from './units.ts';

const bin = z.strictObject({ count: z.number(), claimed: z.number(), happened: z.number() });

/** `GET /api/calibration`: how forecasts and prices came true. Scores are null until something has settled. */
export const calibration = z.strictObject({
  settled: z.number(),
  brier: z.nullable(z.number()),
  marketBrier: z.nullable(z.number()),
  skill: z.nullable(z.number()),
  error: z.nullable(z.strictObject({ value: z.number(), low: z.number(), high: z.number() })),
  bins: z.array(bin),
  why: z.nullable(z.string()),
  market: z.nullable(z.strictObject({ fittedAt: time, samples: z.number(), events: z.number(), active: z.boolean() })),
});
export type CalibrationJson = z.output<typeof calibration>;

/** `GET /api/ai`: forecasts and abstentions, newest first, what the models cost and what they weigh. */
export const ai = z.strictObject({
  spentToday: z.nullable(money),
  /** What was spent is not real money: simulated models of this machine spent it. */
  simulated: z.boolean(),
  budget: money,
  models: z.array(z.strictObject({ model: z.string(), state: z.string(), weight: z.number() })),
  log: z.array(
    z.strictObject({
      at: time,
      ticker: z.string(),
      strategy: z.string(),
      kind: z.enum(['forecast', 'abstained']),
      model: z.nullable(z.string()),
      probability: z.nullable(z.number()),
      market: z.nullable(z.number()),
      cost: money,
      detail: z.string(),
    }),
  ),
  calls: z.number(),
});
export type AiJson = z.output<typeof ai>;
