import type { Millis } from '../money.ts';
import { accountMetrics } from './account-metrics.ts';
import type { Breakdowns } from './breakdown.ts';
import { breakdowns } from './breakdown.ts';
import { executionMetrics } from './execution-metrics.ts';
import type { Metric, MetricSpec } from './metric.ts';
import type { PerformanceInput } from './performance-input.ts';
import type { Period, PeriodView } from './period.ts';
import { periodViews } from './period.ts';
import { returnMetrics } from './return-metrics.ts';
import { tradeMetrics } from './trade-metrics.ts';

/** Every metric there is: its name, unit, formula. To add one is to add a line to one of the four lists. */
export const metricSpecs = { ...returnMetrics, ...tradeMetrics, ...accountMetrics, ...executionMetrics } as const;
export type MetricId = keyof typeof metricSpecs;
export type Metrics = Readonly<Record<MetricId, Metric>>;

export const metricIds = Object.keys(metricSpecs) as readonly MetricId[];

export interface PeriodPerformance {
  /** First instant of the period; undefined for all. */
  readonly start: Millis | undefined;
  readonly metrics: Metrics;
  readonly breakdowns: Breakdowns;
}

export type Performance = Readonly<Record<Period, PeriodPerformance>>;

/** How one book did today, in the last 7 and 30 days, and ever. Money in micro-dollars, shares as 0..1, times in ms. */
export function performance(input: PerformanceInput): Performance {
  const { today, week, month, all } = periodViews(input);
  return { today: measure(today), week: measure(week), month: measure(month), all: measure(all) };
}

function measure(view: PeriodView): PeriodPerformance {
  const specs: readonly (readonly [string, MetricSpec<PeriodView>])[] = Object.entries(metricSpecs);
  return {
    start: view.start,
    metrics: Object.fromEntries(specs.map(([id, spec]) => [id, spec.of(view)])) as Metrics,
    breakdowns: breakdowns(view.trades, view.input.zone),
  };
}
