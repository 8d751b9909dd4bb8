import type { CalibrationSample } from '../calibration/platt.ts';
import type { Probability } from '../money.ts';

/** Share of ended markets that resolved YES, by category, where there were enough events of it. */
export type BaseRates = Readonly<Record<string, Probability>>;

/** Events of a category below which its share says nothing. */
const MIN_EVENTS = 30;

/** What share of each category's markets ended YES, every sample counting alike. Categories nobody named are left out. */
export function baseRates(samples: readonly CalibrationSample[]): BaseRates {
  const rates: Record<string, Probability> = {};
  for (const [category, own] of Map.groupBy(samples, (sample) => sample.category)) {
    if (category === '' || new Set(own.map(({ event }) => event)).size < MIN_EVENTS) continue;
    rates[category] = (own.filter(({ yes }) => yes).length / own.length) as Probability;
  }
  return rates;
}
