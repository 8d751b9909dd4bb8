import * as z from 'zod/mini';
import { metric, mode, money, price, side, time } from './units.ts';

const stage = z.strictObject({ name: z.string(), dropped: z.number(), left: z.number(), setting: z.nullable(z.string()) });

/** `GET /api/funnel`: how the last scan came from all markets to candidates, the nearest miss, and the last 24 hours. */
export const funnel = z.strictObject({
  at: z.nullable(time),
  seen: z.nullable(z.number()),
  stages: z.array(stage),
  candidates: z.nullable(z.number()),
  nearest: z.nullable(z.strictObject({ ticker: z.string(), stage: z.string(), setting: z.string(), value: z.number(), needs: z.number() })),
  day: z.strictObject({ scans: z.number(), candidates: z.number(), signals: z.number(), orders: z.number() }),
  why: z.nullable(z.string()),
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
      /** The highest book it trades in now; null where it trades in none. */
      tradesIn: z.nullable(mode),
      /** Markets that the last scan left it. */
      eligible: z.nullable(z.number()),
      /** What it wanted when trade last decided, of the markets that were read again. */
      signals: z.nullable(z.number()),
      lookedAt: z.nullable(z.number()),
      decidedAt: z.nullable(time),
      stages: z.array(stage),
      trades: z.number(),
      pnl: money,
      winRate: metric,
      gate: z.array(gateRow),
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
  at: z.nullable(time),
});
export type OpportunitiesJson = z.output<typeof opportunities>;
