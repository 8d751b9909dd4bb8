import type { Metric, MetricUnit } from '../metrics/metric.ts';
import type { Millis, Usd } from '../money.ts';

/**
 * One computed statement, as a person reads it and as a number. The text of an analysis may use these and nothing else,
 * so the number stands in the units shown: dollars, percent, days.
 */
export interface Fact {
  readonly id: string;
  readonly section: string;
  readonly label: string;
  /** Undefined for words, and for what is not known. */
  readonly value: number | undefined;
  readonly text: string;
}

/** Where a fact stands in the report. */
export interface FactPlace {
  readonly id: string;
  readonly section: string;
  readonly label: string;
}

export function usdFact(place: FactPlace, amount: Usd | undefined, why = 'not known'): Fact {
  if (amount === undefined) return { ...place, value: undefined, text: `unknown (${why})` };
  const dollars = amount / 1_000_000;
  const shown = Math.abs(dollars).toFixed(Math.abs(dollars) < 0.1 && dollars !== 0 ? 4 : 2);
  return { ...place, value: dollars, text: `${dollars < 0 ? '-' : ''}$${shown}` };
}

/** A share 0..1, shown in percent. */
export function shareFact(place: FactPlace, share: number | undefined, why = 'not known'): Fact {
  if (share === undefined) return { ...place, value: undefined, text: `unknown (${why})` };
  return { ...place, value: share * 100, text: `${(share * 100).toFixed(1)} %` };
}

/** A plain number with at most `decimals` decimals. */
export function numberFact(place: FactPlace, value: number | undefined, decimals = 0, why = 'not known'): Fact {
  if (value === undefined) return { ...place, value: undefined, text: `unknown (${why})` };
  return { ...place, value, text: value.toFixed(decimals) };
}

export function wordFact(place: FactPlace, text: string): Fact {
  return { ...place, value: undefined, text };
}

/** An instant, by its day in UTC. */
export function dateFact(place: FactPlace, at: Millis | undefined): Fact {
  return { ...place, value: undefined, text: at === undefined ? 'unknown' : new Date(at).toISOString().slice(0, 10) };
}

/** A metric with its number of observations; an undefined one says why, so that the text can. */
export function metricFact(place: FactPlace, unit: MetricUnit, metric: Metric): Fact {
  const fact = plainMetric(place, unit, metric);
  return metric.value === undefined ? fact : { ...fact, text: `${fact.text} (n = ${metric.n})` };
}

const HOUR = 3_600_000;

function plainMetric(place: FactPlace, unit: MetricUnit, { value, why }: Metric): Fact {
  if (unit === 'usd') return usdFact(place, value as Usd | undefined, why);
  if (unit === 'share') return shareFact(place, value, why);
  if (unit === 'price') return numberFact(place, value === undefined ? undefined : value / 10_000, 4, why);
  if (unit === 'duration')
    return numberFact({ ...place, label: `${place.label}, hours` }, value === undefined ? undefined : value / HOUR, 1, why);
  return numberFact(place, value, unit === 'count' ? 0 : 2, why);
}
