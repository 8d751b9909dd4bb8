import { logit, sigmoid } from '../calibration/logit.ts';
import type { Probability } from '../money.ts';

/** logit(p*) = alpha + market·logit(p_m) + ai·x, with the covariance of (alpha, market, ai). */
export interface Blend {
  readonly alpha: number;
  readonly market: number;
  /** Weight of the model's calibrated log odds; never negative. */
  readonly ai: number;
  readonly covariance: Matrix;
  readonly events: number;
}

/** A settled question: the market's and the model's probability at the same moment, and how it ended. */
export interface BlendSample {
  readonly event: string;
  readonly market: Probability;
  /** Calibrated log odds of the model. */
  readonly x: number;
  readonly yes: boolean;
}

type Vector = readonly [number, number, number];
type Matrix = readonly [Vector, Vector, Vector];

/** Weight of the model before anything has settled: mostly market. Source: algorithms B5. */
const PRIOR_WEIGHT = 0.25;
/** How far they may be from it before there is data: standard deviations of alpha, market and ai. */
const priorDeviation: Vector = [0.1, 0.15, 0.15];
const precision = priorDeviation.map((deviation) => 1 / deviation ** 2) as unknown as Vector;

/** Weights before anything has settled. */
export function unlearnedBlend(priorWeight: number = PRIOR_WEIGHT): Blend {
  return { ...named(priorMean(priorWeight)), covariance: diagonal(priorDeviation.map((d) => d * d)), events: 0 };
}

/**
 * Ridge logistic regression towards the prior, by Newton steps; every event weighs one, however many forecasts it has.
 * When the best weight of the model is negative, the best with that weight at 0 is taken: the problem is convex.
 */
export function fitBlend(samples: readonly BlendSample[], priorWeight: number = PRIOR_WEIGHT): Blend {
  const weighted = weighEvents(samples);
  const events = new Set(samples.map(({ event }) => event)).size;
  const free = solve(weighted, priorMean(priorWeight));
  const weights = free.weights[2] >= 0 ? free : solve(weighted, [0, 1, 0], true);
  return { ...named(weights.weights), covariance: weights.covariance, events };
}

export interface Blended {
  readonly probability: Probability;
  /** Of the probability, from the model's own error and the uncertainty of the weights. */
  readonly standardError: number;
}

/** The blended probability. `xError` is the standard error of the model's log odds. */
export function applyBlend(blend: Blend, market: Probability, x: number, xError: number): Blended {
  const row: Vector = [1, logit(market), x];
  const probability = sigmoid(dot([blend.alpha, blend.market, blend.ai], row));
  const weights = row.reduce((sum, value, i) => sum + value * dot(blend.covariance[i] ?? [0, 0, 0], row), 0);
  const variance = weights + (blend.ai * xError) ** 2;
  return { probability, standardError: probability * (1 - probability) * Math.sqrt(Math.max(0, variance)) };
}

interface Weighted {
  readonly row: Vector;
  readonly yes: number;
  readonly weight: number;
}

function priorMean(priorWeight: number): Vector {
  return [0, 1 - priorWeight, priorWeight];
}

function weighEvents(samples: readonly BlendSample[]): readonly Weighted[] {
  const counts = new Map<string, number>();
  for (const { event } of samples) counts.set(event, (counts.get(event) ?? 0) + 1);
  return samples.map(({ event, market, x, yes }) => ({
    row: [1, logit(market), x],
    yes: yes ? 1 : 0,
    weight: 1 / (counts.get(event) ?? 1),
  }));
}

/** Posterior mode and its inverse information. With `aiFixed` the model's weight is held where the prior has it. */
function solve(samples: readonly Weighted[], centre: Vector, aiFixed = false): { readonly weights: Vector; readonly covariance: Matrix } {
  let weights = centre;
  let covariance = diagonal([0, 0, 0]);
  for (let step = 0; step < 50; step++) {
    const { gradient, information } = slope(samples, weights, centre);
    const held = aiFixed ? hold(gradient, information) : { gradient, information };
    covariance = inverse(held.information);
    const move = covariance.map((line) => dot(line, held.gradient)) as unknown as Vector;
    weights = weights.map((value, i) => value + (move[i] ?? 0)) as unknown as Vector;
    if (move.every((value) => Math.abs(value) < 1e-9)) break;
  }
  return { weights, covariance };
}

function slope(samples: readonly Weighted[], weights: Vector, centre: Vector) {
  const gradient = weights.map((value, i) => ((centre[i] ?? 0) - value) * (precision[i] ?? 0));
  const information = diagonal(precision).map((line) => [...line]);
  for (const { row, yes, weight } of samples) {
    const p = sigmoid(dot(weights, row));
    for (let i = 0; i < 3; i++) {
      const value = row[i] ?? 0;
      gradient[i] = (gradient[i] ?? 0) + weight * (yes - p) * value;
      const line = information[i] ?? [];
      for (let j = 0; j < 3; j++) line[j] = (line[j] ?? 0) + weight * p * (1 - p) * value * (row[j] ?? 0);
    }
  }
  return { gradient: gradient as unknown as Vector, information: information as unknown as Matrix };
}

/** The same problem with the third weight held where it is. */
function hold(gradient: Vector, [a, b]: Matrix): { readonly gradient: Vector; readonly information: Matrix } {
  return {
    gradient: [gradient[0], gradient[1], 0],
    information: [
      [a[0], a[1], 0],
      [b[0], b[1], 0],
      [0, 0, precision[2]],
    ],
  };
}

/** Inverse of a symmetric positive definite 3×3 matrix by cofactors. */
function inverse([[a, b, c], [, e, f], [, , i]]: Matrix): Matrix {
  const aa = e * i - f * f;
  const ab = c * f - b * i;
  const ac = b * f - c * e;
  const determinant = a * aa + b * ab + c * ac;
  const bc = b * c - a * f;
  const lines = [
    [aa, ab, ac],
    [ab, a * i - c * c, bc],
    [ac, bc, a * e - b * b],
  ];
  return lines.map((line) => line.map((value) => value / determinant)) as unknown as Matrix;
}

function named([alpha, market, ai]: Vector) {
  return { alpha, market, ai };
}

function diagonal(values: readonly number[]): Matrix {
  const [a = 0, b = 0, c = 0] = values;
  return [
    [a, 0, 0],
    [0, b, 0],
    [0, 0, c],
  ];
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
