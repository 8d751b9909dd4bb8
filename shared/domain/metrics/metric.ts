import type { Millis } from '../money.ts';

/**
 * A figure, from how many observations, and, where it is undefined, why. A metric without a subject is undefined with
 * a reason; it is never 0.
 */
export interface Metric {
  readonly value: number | undefined;
  readonly n: number;
  readonly why?: string;
  /** 95 % interval, where the figure is an estimate. */
  readonly low?: number;
  readonly high?: number;
  /** The stretch of time the figure is about, where that is not the whole period. */
  readonly from?: Millis;
  readonly to?: Millis;
}

/** usd: micro-dollars. price: ten-thousandths of a dollar. share and ratio: plain numbers, a share shown in percent. duration: ms. */
export type MetricUnit = 'usd' | 'price' | 'share' | 'ratio' | 'duration' | 'count';

/** What a metric is called, counted in, and computed from. `formula` is for people who point at the number. */
export interface MetricSpec<View> {
  readonly label: string;
  readonly unit: MetricUnit;
  readonly formula: string;
  of(view: View): Metric;
}

export function known(value: number, n: number, more: Omit<Metric, 'value' | 'n' | 'why'> = {}): Metric {
  return { value, n, ...more };
}

export function unknown(why: string, n = 0): Metric {
  return { value: undefined, n, why };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
