import { logit } from './logit.ts';
import type { CalibrationSample, Horizon, Platt, PlattPrior } from './platt.ts';
import { applyPlatt, fitPlatt, horizons } from './platt.ts';

/** What prices have been worth, by horizon and category, learned only from markets that had ended by `fittedAt`. */
export interface MarketCalibration {
  readonly fittedAt: number;
  readonly samples: number;
  readonly events: number;
  /** False while the fit does not beat the raw price on events it has not seen: then the price is the forecast. */
  readonly active: boolean;
  /** Mean log loss on held-out events: raw price and calibrated. */
  readonly holdout: { readonly raw: number; readonly calibrated: number; readonly events: number } | undefined;
  readonly byHorizon: Readonly<Partial<Record<Horizon, Platt>>>;
  readonly byCategory: Readonly<Record<string, Platt>>;
}

/** What the fit may do. `strength` is the prior's worth in samples, `clamp` the most it may move a price. */
export interface CalibrationSettings {
  readonly strength: number;
  readonly clamp: number;
  readonly minEvents: number;
}

/** Raw prices are right until shown otherwise. */
const identity: PlattPrior = { a: 0, b: 1, strength: 0 };

/** Fits horizons towards the price itself and categories towards their horizon; active only if unseen events gain. */
export function fitMarketCalibration(samples: readonly CalibrationSample[], at: number, settings: CalibrationSettings): MarketCalibration {
  const events = new Set(samples.map((sample) => sample.event)).size;
  const training = samples.filter((sample) => !heldOut(sample.event));
  const unseen = samples.filter((sample) => heldOut(sample.event));
  const trial = fitCells(training, settings);
  const holdout = judge(unseen, trial, settings);
  const active = events >= settings.minEvents && holdout !== undefined && holdout.calibrated < holdout.raw;
  return { fittedAt: at, samples: samples.length, events, active, holdout, ...fitCells(samples, settings) };
}

/** Calibrated probability of YES at a mid; the raw mid, with no claim to know better, while inactive. */
export function calibrate(calibration: MarketCalibration | undefined, mid: number, horizon: Horizon, category: string, clamp: number) {
  const fit = calibration?.active ? cellOf(calibration, horizon, category) : undefined;
  if (!fit) return { probability: mid, standardError: 0, calibrated: false };
  const { probability, standardError } = applyPlatt(fit, mid);
  return { probability: Math.min(mid + clamp, Math.max(mid - clamp, probability)), standardError, calibrated: true };
}

type Cells = Pick<MarketCalibration, 'byHorizon' | 'byCategory'>;

function cellOf(cells: Cells, horizon: Horizon, category: string): Platt | undefined {
  return cells.byCategory[`${category}|${horizon}`] ?? cells.byHorizon[horizon];
}

function fitCells(samples: readonly CalibrationSample[], { strength }: CalibrationSettings): Cells {
  const whole = fitPlatt(samples, { ...identity, strength });
  const byHorizon: Partial<Record<Horizon, Platt>> = {};
  const byCategory: Record<string, Platt> = {};
  for (const horizon of horizons) {
    const inHorizon = samples.filter((sample) => sample.horizon === horizon);
    if (inHorizon.length === 0) continue;
    const fit = fitPlatt(inHorizon, { a: whole.a, b: whole.b, strength });
    byHorizon[horizon] = fit;
    for (const category of new Set(inHorizon.map((sample) => sample.category))) {
      const cell = inHorizon.filter((sample) => sample.category === category);
      byCategory[`${category}|${horizon}`] = fitPlatt(cell, { a: fit.a, b: fit.b, strength });
    }
  }
  return { byHorizon, byCategory };
}

function judge(samples: readonly CalibrationSample[], cells: Cells, settings: CalibrationSettings) {
  if (samples.length === 0) return undefined;
  let raw = 0;
  let calibrated = 0;
  for (const sample of samples) {
    const fit = cellOf(cells, sample.horizon, sample.category);
    const better = fit ? applyPlatt(fit, sample.mid).probability : sample.mid;
    const clamped = Math.min(sample.mid + settings.clamp, Math.max(sample.mid - settings.clamp, better));
    raw += logLoss(sample.mid, sample.yes);
    calibrated += logLoss(clamped, sample.yes);
  }
  const events = new Set(samples.map((sample) => sample.event)).size;
  return { raw: raw / samples.length, calibrated: calibrated / samples.length, events };
}

function logLoss(probability: number, yes: boolean): number {
  const x = logit(probability);
  return Math.log1p(Math.exp(yes ? -x : x));
}

/** A fifth of all events, chosen by their name, so that an event is always on the same side. */
function heldOut(event: string): boolean {
  let hash = 2_166_136_261;
  for (let index = 0; index < event.length; index++) hash = Math.imul(hash ^ event.charCodeAt(index), 16_777_619);
  return (hash >>> 0) % 5 === 0;
}
