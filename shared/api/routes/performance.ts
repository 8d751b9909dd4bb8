import type { Slice } from '../../domain/metrics/breakdown.ts';
import type { Metric } from '../../domain/metrics/metric.ts';
import type { MetricId, Metrics, PeriodPerformance } from '../../domain/metrics/performance.ts';
import { metricIds, metricSpecs } from '../../domain/metrics/performance.ts';
import type { Period } from '../../domain/metrics/period.ts';
import { contractsText, usdText } from '../../domain/money.ts';
import type { Trade } from '../../domain/position.ts';
import type { PerformanceJson, SliceJson, TradeJson, TradesJson } from '../contract/figures.ts';
import type { MetricJson, NamedMetric } from '../contract/units.ts';
import { readPerformance } from './money-view.ts';
import type { Reading } from './reading.ts';
import { isoTime, orNull } from './unknown.ts';

export async function readPerformanceJson(reading: Reading): Promise<PerformanceJson> {
  const { today, week, month, all } = await readPerformance(reading);
  return {
    book: reading.book,
    at: isoTime(reading.now),
    today: periodJson(today),
    week: periodJson(week),
    month: periodJson(month),
    all: periodJson(all),
  };
}

export async function readMetrics(reading: Reading, period: Period) {
  const { metrics } = (await readPerformance(reading))[period];
  return { book: reading.book, at: isoTime(reading.now), period, metrics: namedMetrics(metrics) };
}

export async function readTrades({ book, history }: Reading, limit: number, offset: number): Promise<TradesJson> {
  const { trades } = await history();
  const page = trades.slice(offset, offset + limit);
  const next = offset + page.length;
  return { book, trades: page.map(tradeJson), next: next < trades.length ? next : null };
}

function sliceJson({ key, trades, pnl, fees, winRate }: Slice): SliceJson {
  return { key, trades, pnl: usdText(pnl), fees: usdText(fees), winRate: metricJson(winRate) };
}

export function metricJson({ value, n, why, low, high }: Metric): MetricJson {
  return {
    value: value ?? null,
    n,
    ...(why === undefined ? {} : { why }),
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
  };
}

function periodJson({ start, metrics, breakdowns }: PeriodPerformance) {
  return {
    start: orNull(start, isoTime),
    metrics: Object.fromEntries(metricIds.map((id) => [id, metricJson(metrics[id])])),
    strategies: breakdowns.strategy.map(sliceJson),
    exits: breakdowns.exit.map(sliceJson),
  };
}

function namedMetrics(metrics: Metrics): NamedMetric[] {
  return metricIds.map((id: MetricId) => {
    const { label, unit, formula } = metricSpecs[id];
    return { id, label, unit, formula, ...metricJson(metrics[id]) };
  });
}

export function tradeJson({ ticker, event, strategy, side, count, cost, proceeds, fees, pnl, openedAt, closedAt, exit }: Trade): TradeJson {
  return {
    ...{ ticker, event, side, exit, strategy: strategy ?? null, count: contractsText(count) },
    ...{ cost: usdText(cost), proceeds: usdText(proceeds), fees: usdText(fees), pnl: usdText(pnl) },
    ...{ openedAt: isoTime(openedAt), closedAt: isoTime(closedAt) },
  };
}
