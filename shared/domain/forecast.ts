import type { Millis, Probability } from './money.ts';

/** A probability of YES: how sure, by whom, when. */
export interface Forecast {
  readonly ticker: string;
  readonly probability: Probability;
  /** Standard error of the probability. */
  readonly standardError: number;
  readonly by: string;
  readonly at: Millis;
  /** Too far from the market for real money, whoever explains it. */
  readonly paperOnly?: true;
}
