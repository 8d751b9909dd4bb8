import { logit, sigmoid } from '../calibration/logit.ts';
import type { Probability } from '../money.ts';

/** What several forecasts of one question add up to, in log odds. */
export interface Aggregate {
  /** Trimmed mean, shrunk towards the prior. */
  readonly x: number;
  /** Trimmed mean before shrinking. */
  readonly mean: number;
  /** Standard deviation of all forecasts: how much they disagree. */
  readonly spread: number;
  readonly count: number;
  readonly probability: Probability;
}

/** From so many forecasts on, the highest and the lowest are left out of the mean. */
const TRIM_FROM = 5;

/**
 * Mean of log odds without the highest and lowest (of at least 5), shrunk towards `prior` by x̄·K/(K + κs²): the more
 * the forecasts disagree, the less they are worth. Without a prior, towards even odds. Undefined without forecasts.
 * Source: algorithms B5; κ = 1 is a prior of one unit of log odds.
 */
export function aggregate(probabilities: readonly Probability[], prior: Probability | undefined, kappa = 1): Aggregate | undefined {
  const count = probabilities.length;
  if (count === 0) return undefined;
  const sorted = probabilities.map(logit).sort((a, b) => a - b);
  const kept = count >= TRIM_FROM ? sorted.slice(1, -1) : sorted;
  const mean = average(kept);
  const spread = deviation(sorted);
  const anchor = prior === undefined ? 0 : logit(prior);
  const x = anchor + ((mean - anchor) * count) / (count + kappa * spread * spread);
  return { x, mean, spread, count, probability: sigmoid(x) };
}

function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const centre = average(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
