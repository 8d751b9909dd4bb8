import type { StrategyFeedback } from '../../shared/domain/analysis/strategy-feedback.ts';
import type { ActionItem } from '../../shared/domain/health/action-items.ts';
import type { RiskCheck } from '../../shared/domain/health/risk-check.ts';
import type { Slice } from '../../shared/domain/metrics/breakdown.ts';
import type { Metric, MetricUnit } from '../../shared/domain/metrics/metric.ts';
import type { Metrics } from '../../shared/domain/metrics/performance.ts';
import { metricIds, metricSpecs } from '../../shared/domain/metrics/performance.ts';
import { periods } from '../../shared/domain/metrics/period.ts';
import type { Price, Usd } from '../../shared/domain/money.ts';
import { priceText, usdText } from '../../shared/domain/money.ts';
import type { Report } from '../../shared/domain/words/report.ts';
import { isoTime, orNull } from './view.ts';

/** A report with nothing left out: money as dollars with six decimals, prices with four, unknown as null. */
export function reportJson(report: Report) {
  const { at, date, kind, book, healthScore, state, scoreLines, seedScore, summary, funnel, sections, reason, analysis, unwritten } =
    report;
  return {
    ...{ at: isoTime(at), date, kind, book, healthScore: healthScore ?? null, state, scoreLines, seedScore: seedScore ?? null, summary },
    checks: report.checks.map(checkJson),
    actionItems: report.actionItems.map(itemJson),
    metrics: Object.fromEntries(periods.map((period) => [period, metricsJson(report.metrics[period])])),
    strategies: report.strategies.map(sliceJson),
    exits: report.exits.map(sliceJson),
    feedback: { strategies: report.feedback.strategies.map(feedbackJson), items: report.feedback.items.map(itemJson) },
    ...{ funnel: funnel ?? null, sections, reason: reason ?? null, unwritten: unwritten ?? null },
    analysis: orNull(analysis, (written) => ({ ...written, cost: orNull(written.cost, usdText), tokens: written.tokens ?? null })),
  };
}

function metricsJson(metrics: Metrics) {
  return Object.fromEntries(metricIds.map((id) => [id, metricJson(metrics[id], metricSpecs[id].unit)]));
}

function metricJson({ value, n, why, low, high }: Metric, unit: MetricUnit) {
  const bounds = low === undefined || high === undefined ? {} : { low: valueJson(low, unit), high: valueJson(high, unit) };
  return { value: valueJson(value, unit), n, ...(why === undefined ? {} : { why }), ...bounds };
}

function valueJson(value: number | undefined, unit: MetricUnit): number | string | null {
  if (value === undefined) return null;
  if (unit === 'usd') return usdText(Math.round(value) as Usd);
  return unit === 'price' ? priceText(Math.round(value) as Price) : value;
}

function checkJson({ value, target, unit, ...check }: RiskCheck) {
  return { ...check, unit, value: valueJson(value, unit), target: valueJson(target, unit) };
}

export function itemJson({ value, threshold, unit, closed, ...item }: ActionItem) {
  return { ...item, unit, value: valueJson(value, unit), threshold: valueJson(threshold, unit), closed: closed ?? null };
}

export function feedbackJson({ strategy, trades, pnl, fees, winRate, breakEven, predicted, captured, feeShare, exits }: StrategyFeedback) {
  return {
    ...{ strategy, trades, pnl: usdText(pnl), fees: usdText(fees) },
    ...{ winRate: metricJson(winRate, 'share'), breakEven: metricJson(breakEven, 'share') },
    ...{ predicted: metricJson(predicted, 'usd'), captured: metricJson(captured, 'usd'), feeShare: metricJson(feeShare, 'share') },
    exits: exits.map(sliceJson),
  };
}

function sliceJson({ key, trades, pnl, fees, winRate }: Slice) {
  return { key, trades, pnl: usdText(pnl), fees: usdText(fees), winRate: metricJson(winRate, 'share') };
}
