import * as z from 'zod';
import { metric, money, price, side, time } from './units.ts';

const stage = z.strictObject({ name: z.string(), dropped: z.number(), left: z.number(), setting: z.string().nullable() });

/** `GET /api/funnel`: how the last scan came from all markets to candidates, the nearest miss, and the last 24 hours. */
export const funnel = z.strictObject({
  at: time.nullable(),
  seen: z.number().nullable(),
  stages: z.array(stage),
  candidates: z.number().nullable(),
  nearest: z.strictObject({ ticker: z.string(), stage: z.string(), setting: z.string(), value: z.number(), needs: z.number() }).nullable(),
  day: z.strictObject({ scans: z.number(), candidates: z.number(), signals: z.number(), orders: z.number() }),
  why: z.string().nullable(),
});
export type FunnelJson = z.output<typeof funnel>;

const gateRow = z.strictObject({
  name: z.string(),
  need: z.string(),
  have: z.string(),
  state: z.enum(['met', 'not-met', 'unknown', 'not-applicable']),
});

/** `GET /api/strategies`: each strategy's evidence, rung, last scan, results; and the paper validation before going live. */
export const strategies = z.strictObject({
  book: z.string(),
  strategies: z.array(
    z.strictObject({
      name: z.string(),
      about: z.string(),
      evidence: z.string(),
      rung: z.enum(['off', 'paper', 'demo', 'live']),
      eligible: z.number().nullable(),
      signals: z.number().nullable(),
      stages: z.array(stage),
      trades: z.number(),
      pnl: money,
      winRate: metric,
    }),
  ),
  validation: z.array(gateRow),
});
export type StrategiesJson = z.output<typeof strategies>;

const decision = z.strictObject({
  at: time,
  ticker: z.string(),
  strategy: z.string(),
  side,
  fair: z.number(),
  limit: price,
  reason: z.string(),
  result: z.string(),
});

/** `GET /api/opportunities`: what strategies wanted to do last, and what the risk rules said. */
export const opportunities = z.strictObject({
  book: z.string(),
  decisions: z.array(decision),
  tickers: z.array(z.string()),
  leftOut: z.number(),
  at: time.nullable(),
});
export type OpportunitiesJson = z.output<typeof opportunities>;
