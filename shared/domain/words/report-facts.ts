import { etDay } from '../et-day.ts';
import type { Metric, MetricUnit } from '../metrics/metric.ts';
import { metricIds, metricSpecs } from '../metrics/performance.ts';
import { periods } from '../metrics/period.ts';
import type { Report } from './report.ts';
import { reportText } from './report-text.ts';
import type { NumberFacts, Quantity } from './strike-numbers.ts';
import { quantitiesOf } from './strike-numbers.ts';

/**
 * Everything a text about a report may cite: its values in full precision, and every number, day and time that the
 * report itself says. `names` are words with digits in them: tickers, models, strategies. `texts` are further computed
 * facts that were given to the writer.
 */
export function reportFacts(report: Report, names: readonly string[] = [], texts: readonly string[] = []): NumberFacts {
  const { analysis: _written, ...computed } = report;
  const said = [reportText(computed, report.book, 'UTC'), reportText(computed, report.book), ...texts].map(quantitiesOf);
  const metrics = periods.flatMap((period) => metricIds.map((id) => ({ metric: report.metrics[period][id], unit: metricSpecs[id].unit })));
  return {
    quantities: [
      ...metrics.flatMap(({ metric, unit }) => metricQuantities(metric, unit)),
      ...checkQuantities(report),
      ...said.flatMap(({ quantities }) => quantities),
    ],
    dates: [
      report.date,
      ...metrics.flatMap(({ metric }) => metricDays(metric)),
      ...[...report.actionItems, ...report.feedback.items].map(({ opened }) => opened),
      ...said.flatMap(({ dates }) => dates),
    ],
    times: said.flatMap(({ times }) => times),
    names: [...new Set([...names, ...report.strategies.map(({ key }) => key), ...report.exits.map(({ key }) => key)])].filter((name) =>
      /\d/.test(name),
    ),
  };
}

function checkQuantities({ checks, actionItems, feedback, scoreLines, healthScore, seedScore }: Report): readonly Quantity[] {
  const measured = [
    ...checks.flatMap(({ value, target, unit }) => [quantities(value, unit), quantities(target, unit)]),
    ...[...actionItems, ...feedback.items].flatMap(({ value, threshold, unit }) => [quantities(value, unit), quantities(threshold, unit)]),
    ...scoreLines.map(({ points }) => quantities(points, 'count')),
    quantities(healthScore, 'count'),
    quantities(seedScore, 'count'),
    quantities(actionItems.length, 'count'),
  ];
  return measured.flat();
}

function metricQuantities({ value, n, low, high }: Metric, unit: MetricUnit): readonly Quantity[] {
  return [...quantities(value, unit), ...quantities(low, unit), ...quantities(high, unit), ...quantities(n, 'count')];
}

function metricDays({ from, to }: Metric): readonly string[] {
  return [from, to].flatMap((at) => (at === undefined ? [] : [etDay(at)]));
}

/** A value as it may be written: a share as .914 or 91.4 %, a price in dollars or cents, a time in any unit. */
function quantities(value: number | undefined, unit: MetricUnit): readonly Quantity[] {
  if (value === undefined) return [];
  switch (unit) {
    case 'usd':
      return [{ value: value / 1e6, unit: 'dollars' }];
    case 'price':
      return [
        { value: value / 1e4, unit: 'dollars' },
        { value: value / 100, unit: 'cents' },
      ];
    case 'share':
      return [
        { value, unit: 'plain' },
        { value: value * 100, unit: 'percent' },
      ];
    case 'duration':
      return [1000, 60_000, 3_600_000, 86_400_000].map((step) => ({ value: value / step, unit: 'plain' }));
    default:
      return [{ value, unit: 'plain' }];
  }
}
