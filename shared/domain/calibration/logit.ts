import type { Probability } from '../money.ts';

const FLOOR = 0.001;

/** Log odds; probabilities are cut to [.001, .999] first, so that a certainty stays finite. */
export function logit(probability: number): number {
  const p = Math.min(1 - FLOOR, Math.max(FLOOR, probability));
  return Math.log(p / (1 - p));
}

export function sigmoid(x: number): Probability {
  return (1 / (1 + Math.exp(-x))) as Probability;
}
