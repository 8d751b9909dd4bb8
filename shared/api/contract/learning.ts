import * as z from 'zod';
import { money, time } from './units.ts';

const bin = z.strictObject({ count: z.number(), claimed: z.number(), happened: z.number() });

/** `GET /api/calibration`: how forecasts and prices came true. Scores are null until something has settled. */
export const calibration = z.strictObject({
  settled: z.number(),
  brier: z.number().nullable(),
  marketBrier: z.number().nullable(),
  skill: z.number().nullable(),
  error: z.strictObject({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
  bins: z.array(bin),
  why: z.string().nullable(),
  market: z.strictObject({ fittedAt: time, samples: z.number(), events: z.number(), active: z.boolean() }).nullable(),
});
export type CalibrationJson = z.output<typeof calibration>;

/** `GET /api/ai`: forecasts and abstentions, newest first, what the models cost and what they weigh. */
export const ai = z.strictObject({
  spentToday: money.nullable(),
  budget: money,
  models: z.array(z.strictObject({ model: z.string(), state: z.string(), weight: z.number() })),
  log: z.array(
    z.strictObject({
      at: time,
      ticker: z.string(),
      strategy: z.string(),
      kind: z.enum(['forecast', 'abstained']),
      model: z.string().nullable(),
      probability: z.number().nullable(),
      market: z.number().nullable(),
      cost: money,
      detail: z.string(),
    }),
  ),
  calls: z.number(),
});
export type AiJson = z.output<typeof ai>;
