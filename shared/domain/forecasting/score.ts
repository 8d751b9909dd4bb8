import { oncePerHorizon } from './ai-calibration.ts';
import type { ForecastRecord, SettledForecast } from './forecast-record.ts';
import type { CalibrationBin, Murphy } from './reliability.ts';
import { calibrationError, equalMassBins, murphy } from './reliability.ts';

/** Which of a forecast's probabilities is scored. */
export type Scored = 'raw' | 'calibrated' | 'blended' | 'shadow';

/** How good forecasts were, beside the market's price of the same moments. All losses: lower is better. */
export interface Score {
  readonly events: number;
  readonly brier: number;
  readonly marketBrier: number;
  /** 1 − Brier / market's Brier; above 0 is better than the price. Undefined where the market made no error. */
  readonly skill: number | undefined;
  readonly logLoss: number;
  readonly marketLogLoss: number;
  /** Mean distance from even odds: how much the forecasts dare to say. */
  readonly sharpness: number;
  readonly murphy: Murphy;
  readonly calibrationError: { readonly value: number; readonly low: number; readonly high: number };
  readonly bins: readonly CalibrationBin[];
}

export interface ScoreReport {
  /** Undefined when nothing has settled. */
  readonly score: Score | undefined;
  /** Settled void or scalar: counted, not scored. */
  readonly excluded: number;
}

/** One event with its weight: each event weighs one, however many horizons it was asked in. */
export interface Claim {
  readonly event: string;
  readonly claim: number;
  readonly market: number;
  readonly yes: number;
}

/**
 * Scores settled forecasts, one per event and horizon. The interval of the calibration error comes from a bootstrap
 * over events; `random` gives numbers in 0..1. Source: Brier (1950); Murphy (1973); algorithms B22.
 */
export function score(settled: readonly SettledForecast[], scored: Scored, random: () => number, resamples = 200): ScoreReport {
  const usable = settled.flatMap(({ forecast, yes }) => (yes === undefined ? [] : [claimOf(forecast, scored, yes)]));
  const excluded = settled.length - usable.length;
  const claims = oncePerHorizon(usable);
  if (claims.length === 0) return { score: undefined, excluded };
  const loss = (of: (claim: Claim) => number) => claims.reduce((sum, claim) => sum + of(claim), 0) / claims.length;
  const brier = loss(({ claim, yes }) => (claim - yes) ** 2);
  const marketBrier = loss(({ market, yes }) => (market - yes) ** 2);
  return {
    excluded,
    score: {
      events: new Set(claims.map(({ event }) => event)).size,
      brier,
      marketBrier,
      skill: marketBrier === 0 ? undefined : 1 - brier / marketBrier,
      logLoss: loss(({ claim, yes }) => logLoss(claim, yes)),
      marketLogLoss: loss(({ market, yes }) => logLoss(market, yes)),
      sharpness: loss(({ claim }) => Math.abs(claim - 0.5)),
      murphy: murphy(claims),
      calibrationError: calibrationError(claims, random, resamples),
      bins: equalMassBins(claims),
    },
  };
}

/** The ways people slice forecasts. */
export const slices = {
  model: ({ model }) => model,
  category: ({ category }) => category ?? 'unknown',
  horizon: ({ horizon }) => horizon,
  price: ({ mid }) => priceBand(mid),
} as const satisfies Record<string, (forecast: ForecastRecord) => string>;
export type Slice = keyof typeof slices;

/** Settled forecasts by slice, the largest first. */
export function slice(settled: readonly SettledForecast[], by: Slice): readonly (readonly [string, readonly SettledForecast[]])[] {
  const groups = Map.groupBy(settled, ({ forecast }) => slices[by](forecast));
  return [...groups].sort(([, a], [, b]) => b.length - a.length);
}

/** Twenty points wide, named by its bounds in cents. */
export function priceBand(share: number): string {
  const low = Math.min(80, Math.max(0, Math.floor(share * 5 + 1e-9) * 20));
  return `${low}-${low + 20} cents`;
}

function claimOf(forecast: ForecastRecord, scored: Scored, yes: boolean) {
  const { event, horizon, mid } = forecast;
  return { event, horizon, claim: forecast[scored] as number, market: mid as number, yes: yes ? 1 : 0 };
}

function logLoss(probability: number, yes: number): number {
  const p = Math.min(0.999, Math.max(0.001, probability));
  return -Math.log(yes === 1 ? p : 1 - p);
}
