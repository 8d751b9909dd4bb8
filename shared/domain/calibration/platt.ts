import { logit, sigmoid } from './logit.ts';

/** One past market at one horizon: what its price said, how it ended, and the event it shares its fate with. */
export interface CalibrationSample {
  readonly event: string;
  readonly category: string;
  readonly horizon: Horizon;
  readonly mid: number;
  readonly yes: boolean;
}

/** Time left to close, in the bands prices are known to behave alike in. Source: algorithms B2. */
export const horizons = ['<6h', '6-24h', '1-3d', '3-14d', '14-30d', '>30d'] as const;
export type Horizon = (typeof horizons)[number];

const HOUR = 3_600_000;
const bounds = [6 * HOUR, 24 * HOUR, 72 * HOUR, 336 * HOUR, 720 * HOUR];

export function horizonOf(millisLeft: number): Horizon {
  const index = bounds.findIndex((bound) => millisLeft < bound);
  return horizons[index === -1 ? horizons.length - 1 : index] ?? '>30d';
}

/** logit(p) = a + b·logit(mid), with the covariance of (a, b). */
export interface Platt {
  readonly a: number;
  readonly b: number;
  readonly varianceA: number;
  readonly varianceB: number;
  readonly covariance: number;
  /** Events it was fitted on. */
  readonly events: number;
}

export interface PlattPrior {
  readonly a: number;
  readonly b: number;
  /** How many samples the prior is worth. */
  readonly strength: number;
}

const ITERATIONS = 25;

/**
 * Ridge logistic regression on log odds by Newton steps, shrunk to `prior`; the covariance is clustered by event, as
 * markets of one event end together. Source: Platt scaling; sandwich estimator (Liang and Zeger, 1986).
 */
export function fitPlatt(samples: readonly CalibrationSample[], prior: PlattPrior): Platt {
  let { a, b } = prior;
  let bread = information(samples, a, b, prior.strength);
  for (let step = 0; step < ITERATIONS; step++) {
    const [ga, gb] = gradient(samples, a, b, prior);
    const { aa, ab, bb, determinant } = bread;
    const da = (bb * ga - ab * gb) / determinant;
    const db = (aa * gb - ab * ga) / determinant;
    a += da;
    b += db;
    bread = information(samples, a, b, prior.strength);
    if (Math.abs(da) + Math.abs(db) < 1e-9) break;
  }
  return { a, b, ...clusteredCovariance(samples, a, b, bread) };
}

/** The calibrated probability and its standard error by the delta method. */
export function applyPlatt(fit: Platt, mid: number): { readonly probability: number; readonly standardError: number } {
  const x = logit(mid);
  const probability = sigmoid(fit.a + fit.b * x);
  const variance = fit.varianceA + 2 * x * fit.covariance + x * x * fit.varianceB;
  return { probability, standardError: probability * (1 - probability) * Math.sqrt(Math.max(0, variance)) };
}

interface Information {
  readonly aa: number;
  readonly ab: number;
  readonly bb: number;
  readonly determinant: number;
}

/** A prior worth n samples weighs as n samples of the greatest information, a quarter each. */
function information(samples: readonly CalibrationSample[], a: number, b: number, strength: number): Information {
  let aa = strength / 4;
  let ab = 0;
  let bb = strength / 4;
  for (const { mid } of samples) {
    const x = logit(mid);
    const p = sigmoid(a + b * x);
    const weight = p * (1 - p);
    aa += weight;
    ab += weight * x;
    bb += weight * x * x;
  }
  return { aa, ab, bb, determinant: aa * bb - ab * ab };
}

function gradient(samples: readonly CalibrationSample[], a: number, b: number, prior: PlattPrior): readonly [number, number] {
  let ga = (prior.strength / 4) * (prior.a - a);
  let gb = (prior.strength / 4) * (prior.b - b);
  for (const { mid, yes } of samples) {
    const x = logit(mid);
    const error = (yes ? 1 : 0) - sigmoid(a + b * x);
    ga += error;
    gb += error * x;
  }
  return [ga, gb];
}

function clusteredCovariance(samples: readonly CalibrationSample[], a: number, b: number, bread: Information) {
  const scores = new Map<string, [number, number]>();
  for (const { event, mid, yes } of samples) {
    const x = logit(mid);
    const error = (yes ? 1 : 0) - sigmoid(a + b * x);
    const score = scores.get(event) ?? [0, 0];
    score[0] += error;
    score[1] += error * x;
    scores.set(event, score);
  }
  let maa = 0;
  let mab = 0;
  let mbb = 0;
  for (const [sa, sb] of scores.values()) {
    maa += sa * sa;
    mab += sa * sb;
    mbb += sb * sb;
  }
  const { aa, ab, bb, determinant } = bread;
  const row = (u: number, v: number) => [(bb * u - ab * v) / determinant, (aa * v - ab * u) / determinant] as const;
  const [laa, lba] = row(maa, mab);
  const [lab, lbb] = row(mab, mbb);
  const [varianceA, covariance] = row(laa, lab);
  const [, varianceB] = row(lba, lbb);
  return { varianceA, varianceB, covariance, events: scores.size };
}
