import * as z from 'zod/mini';

/** Dollars with 6 decimals, as text. */
export const money = z.string().check(z.regex(/^-?\d+\.\d{6}$/));
/** Dollars per contract with 4 decimals, as text. */
export const price = z.string().check(z.regex(/^\d\.\d{4}$/));
/** Contracts with 2 decimals, as text. */
export const count = z.string().check(z.regex(/^-?\d+\.\d{2}$/));
/** ISO-8601 in UTC. */
export const time = z.iso.datetime();
export const side = z.enum(['yes', 'no']);
export const mode = z.enum(['paper', 'demo', 'live']);
export const tradingState = z.enum(['active', 'reducing', 'halted']);

/** A figure with its sample; where it is unknown, `why`. Money, prices and times of figures are plain numbers in the unit said. */
export const metric = z.strictObject({
  value: z.nullable(z.number()),
  n: z.number(),
  why: z.optional(z.string()),
  low: z.optional(z.number()),
  high: z.optional(z.number()),
});
export type MetricJson = z.output<typeof metric>;

/** A metric with what it is called, counted in and computed from. */
export const namedMetric = z.extend(metric, {
  id: z.string(),
  label: z.string(),
  unit: z.enum(['usd', 'price', 'share', 'ratio', 'duration', 'count']),
  formula: z.string(),
});
export type NamedMetric = z.output<typeof namedMetric>;
