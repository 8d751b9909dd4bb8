import * as z from 'zod/mini';
import { rungs } from '../../domain/book.ts';
import { ai } from './ai-schema.ts';
import { count, optional, positive, price, setting, share } from './setting.ts';
import { alerts, health } from './watch-schema.ts';

const names = z.array(z.string().check(z.minLength(1)));
const range = z.tuple([price, price]).check(z.refine(([low, high]) => low < high, 'the first must be smaller than the second'));

function selection() {
  return z.prefault(z.strictObject({ categories: setting(names, []), series: setting(names, []), tickers: setting(names, []) }), {});
}

function rung(value: (typeof rungs)[number]) {
  return setting(z.enum(rungs), value);
}

/** Exit rules have the same names for every strategy; only their defaults differ. Null switches a rule off. */
function exits(defaults: { stop: number | null; recovery: number | null; timeShare: number | null }) {
  return z.prefault(
    z.strictObject({
      stop: setting(optional(share), defaults.stop),
      recovery: setting(optional(positive), defaults.recovery),
      takeProfit: setting(optional(share), null),
      trailActivate: setting(optional(price), null),
      trailGive: setting(share, 0.5),
      timeShare: setting(optional(share), defaults.timeShare),
      portfolioStop: setting(optional(share), null),
      maxSpread: setting(price, 0.06),
      confirmSeconds: setting(count, 15),
      holdAbove: setting(price, 0.95),
      holdMinutes: setting(count, 15),
    }),
    {},
  );
}

const capital = z.strictObject({
  cash: setting(z.number().check(z.gte(0)), 1000),
  max: setting(optional(positive), null),
  cashReserve: setting(share, 0.2),
  allow: selection(),
  deny: selection(),
  acknowledgedSeries: setting(names, []),
});

const scan = z.strictObject({
  volumeField: setting(z.enum(['volume', 'volume24h']), 'volume24h'),
  minVolume: setting(z.number().check(z.gte(0)), 500),
  priceRange: setting(range, [0.2, 0.8]),
  maxSpread: setting(price, 0.05),
  maxDays: setting(positive, 30),
});

const sizing = z.strictObject({
  kellyFraction: setting(share, 0.25),
  perMarket: setting(share, 0.03),
  perEvent: setting(share, 0.12),
  perCategory: setting(share, 0.3),
  depth: setting(share, 0.25),
  maxOrder: setting(optional(positive), null),
  ignoreFees: setting(z.boolean(), false),
});

const risk = z.strictObject({
  maxPositions: setting(count, 12),
  maxDrawdown: setting(share, 0.2),
  dailyLossShare: setting(share, 0.08),
  dailyLossDollars: setting(positive, 500),
  losingStreak: setting(z.int().check(z.gte(1)), 5),
  maxQuoteAgeSeconds: setting(positive, 90),
  maxSlippage: setting(price, 0.02),
  rotation: setting(optional(share), null),
  maxDataAgeMinutes: setting(positive, 20),
  maxSkewSeconds: setting(positive, 5),
  maxErrorRate: setting(share, 0.5),
});

const execution = z.strictObject({
  repegs: setting(count, 3),
  improvement: setting(price, 0.005),
  repegSeconds: setting(count, 60),
  groupContracts: setting(optional(z.int().check(z.gte(2))), 2500),
});

const protections = z.strictObject({
  cooldownHours: setting(z.number().check(z.gte(0)), 24),
  stops: setting(z.int().check(z.gte(1)), 4),
  stopWindowHours: setting(positive, 24),
  stopLockHours: setting(positive, 12),
  seriesLoss: setting(positive, 20),
  categoryLoss: setting(positive, 50),
  seriesWindowHours: setting(positive, 168),
  seriesLockHours: setting(positive, 24),
});

const dips = z.strictObject({
  rung: rung('paper'),
  minDrop: setting(share, 0.1),
  recovery: setting(share, 0.5),
  siblingShare: setting(share, 0.5),
  goodForMinutes: setting(positive, 60),
  exits: exits({ stop: 0.2, recovery: 0.05, timeShare: 0.5 }),
});

const favourites = z.strictObject({
  rung: rung('paper'),
  priceRange: setting(range, [0.85, 0.97]),
  minHours: setting(z.number().check(z.gte(0)), 1),
  maxDays: setting(positive, 7),
  minEdge: setting(price, 0.01),
  minErrors: setting(z.number().check(z.gte(0)), 2),
  cashYield: setting(z.number().check(z.gte(0)), 0.04),
  excessYield: setting(z.number().check(z.gte(0)), 0.1),
  clamp: setting(share, 0.08),
  against: setting(z.boolean(), false),
  goodForMinutes: setting(positive, 60),
  exits: exits({ stop: null, recovery: null, timeShare: null }),
});

const directional = z.strictObject({
  rung: rung('paper'),
  minVolume: setting(z.number().check(z.gte(0)), 500),
  priceRange: setting(range, [0.05, 0.95]),
  maxSpread: setting(price, 0.05),
  minHours: setting(z.number().check(z.gte(0)), 1),
  maxDays: setting(positive, 30),
  maxForecastMinutes: setting(positive, 30),
  minEdge: setting(price, 0.02),
  minConfidence: setting(share, 0.8),
  exits: exits({ stop: 0.25, recovery: null, timeShare: null }),
});

/** Every setting there is. Absent is the default; unknown, empty or out of range is refused. */
export const configSchema = z.strictObject({
  mode: setting(z.enum(['paper', 'demo', 'live']), 'paper'),
  zone: setting(z.string().check(z.minLength(1)), 'America/New_York'),
  account: setting(z.enum(['direct', 'non-direct']), 'direct'),
  capital: z.prefault(capital, {}),
  scan: z.prefault(scan, {}),
  sizing: z.prefault(sizing, {}),
  risk: z.prefault(risk, {}),
  execution: z.prefault(execution, {}),
  breaker: z.prefault(z.strictObject({ replay: setting(z.enum(['day', 'stay']), 'day') }), {}),
  protections: z.prefault(protections, {}),
  strategies: z.prefault(
    z.strictObject({ dips: z.prefault(dips, {}), favourites: z.prefault(favourites, {}), directional: z.prefault(directional, {}) }),
    {},
  ),
  learn: z.prefault(
    z.strictObject({
      strength: setting(positive, 300),
      minEvents: setting(count, 30),
    }),
    {},
  ),
  ai: z.prefault(ai, {}),
  costs: z.prefault(
    z.strictObject({
      cloudMonthly: setting(z.number().check(z.gte(0)), 1.5),
    }),
    {},
  ),
  health: z.prefault(health, {}),
  alerts: z.prefault(alerts, {}),
});

export type Config = z.output<typeof configSchema>;
/** What pilot.config.ts and presets give: any part of it. */
export type ConfigInput = z.input<typeof configSchema>;
