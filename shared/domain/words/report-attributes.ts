import type { ActionItem } from '../health/action-items.ts';
import { metricIds, metricSpecs } from '../metrics/performance.ts';
import { periods } from '../metrics/period.ts';
import { dollars, metricText } from './amounts.ts';
import { feedbackRows } from './feedback-text.ts';
import type { Report } from './report.ts';

/**
 * A report as people read it in the table's own console, field by field: money in dollars, shares in percent, sentences for what is
 * to be done. What the program reads back is the report itself.
 */
export function reportAttributes(report: Report): Readonly<Record<string, unknown>> {
  const { date, kind, book, healthScore, state, summary, actionItems, feedback, metrics, analysis, unwritten, reason } = report;
  return {
    ...{ date, kind, book, healthScore: healthScore ?? 'unknown', state, summary },
    ...(reason !== undefined && { reason }),
    actionItems: actionItems.map(itemText),
    feedback: [...feedbackRows(feedback).map(([name, text]) => `${name}: ${text}`), ...feedback.items.map(itemText)],
    metrics: Object.fromEntries(periods.map((period) => [period, metricTexts(metrics[period])])),
    ...(unwritten !== undefined && { unwritten }),
    ...(analysis && {
      ...{ text: analysis.text, model: analysis.model, cost: dollars(analysis.cost, 'price unknown'), struck: analysis.struck },
      ...{ tokens: analysis.tokens ?? 'unknown', seconds: Number(analysis.seconds.toFixed(1)) },
    }),
  };
}

function metricTexts(metrics: Report['metrics']['all']): Readonly<Record<string, string>> {
  return Object.fromEntries(metricIds.map((id) => [metricSpecs[id].label, metricText(metrics[id], metricSpecs[id].unit)]));
}

function itemText({ severity, due, finding, steps, closed }: ActionItem): string {
  if (closed !== undefined) return `closed ${closed}: ${finding}`;
  return `${severity} by ${due}: ${finding}. ${steps.join('; ')}`;
}
