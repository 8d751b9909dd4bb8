import type { BreakdownName, Slice } from '../../shared/domain/metrics/breakdown.ts';
import type { Metric } from '../../shared/domain/metrics/metric.ts';
import type { MetricId, Performance } from '../../shared/domain/metrics/performance.ts';
import { metricSpecs } from '../../shared/domain/metrics/performance.ts';
import { type Period, periods } from '../../shared/domain/metrics/period.ts';
import type { Usd } from '../../shared/domain/money.ts';
import { usdText } from '../../shared/domain/money.ts';
import { dollars, metricText, signedDollars } from '../../shared/domain/words/amounts.ts';
import { NOTHING_BOOKED, readMoney, readPerformance } from './money.ts';
import { linesText, tableText } from './table.ts';
import type { View, ViewIo } from './view.ts';

/** What P&L can be sliced by. */
export const pnlSlices = ['day', 'week', 'strategy', 'exit', 'category', 'origin'] as const satisfies readonly BreakdownName[];

const shown: readonly MetricId[] = ['totalPnl', 'realisedPnl', 'unrealisedPnl', 'netPnl', 'fees', 'aiCost', 'roi', 'winRate', 'trades'];
/** Below the sum: what is in it already, and what was made of it. */
const below: readonly MetricId[] = ['aiCost', 'netPnl', 'fees', 'roi', 'winRate', 'trades'];
const titles = { today: 'Today', week: '7 days', month: '30 days', all: 'All' } as const;

/** `pilot pnl`: what the book made, net of fees, over four periods; or its closed trades by what they share. */
export async function pnlView(io: ViewIo, by: BreakdownName | undefined): Promise<View> {
  const figures = await readPerformance(io, await readMoney(io));
  const head = `${io.book.toUpperCase()} · P&L, net of fees`;
  if (figures === undefined) {
    return { json: null, text: linesText([head, '', `  P&L unknown (${NOTHING_BOOKED}). The first sync opens the book: pilot run sync`]) };
  }
  return by === undefined ? periodsView(head, figures) : slicesView(`${head}, closed trades by ${by}`, figures.all.breakdowns[by]);
}

function periodsView(head: string, figures: Performance): View {
  const json = Object.fromEntries(periods.map((period) => [period, metricsJson(figures[period].metrics)]));
  const columns = [{ title: '' }, ...periods.map((period) => ({ title: titles[period], right: true as const }))];
  const row = (label: string, of: (period: Period) => string) => [label, ...periods.map(of)];
  const figure = (id: MetricId) => (period: Period) => figureText(figures[period].metrics[id], metricSpecs[id].unit, id);
  const rows = [
    row('Realised', figure('realisedPnl')),
    row('+ change of what is held', (period) => heldChange(figures[period].metrics)),
    row('= Total P&L', figure('totalPnl')),
    ...below.map((id) => row(labels[id] ?? metricSpecs[id].label, figure(id))),
  ];
  const { value } = figures.all.metrics.unrealisedPnl;
  const held = value === undefined ? [] : ['', `  What is held stands at ${signedDollars(Math.round(value) as Usd)} against its cost.`];
  return { json, text: linesText([head, '', ...tableText(columns, rows), ...held, ...whyLines(figures)]) };
}

/** What a label of the page would say otherwise here: the table adds up, and AWS has its own bill. */
const labels: Readonly<Partial<Record<MetricId, string>>> = { aiCost: '- AI cost', netPnl: '= P&L after AI', fees: 'Fees, in the above' };

/** The period's own part of it: it may have risen before the period began. */
function heldChange({ totalPnl, realisedPnl }: Performance['all']['metrics']): string {
  if (totalPnl.value === undefined || realisedPnl.value === undefined) return 'unknown';
  return signedDollars(Math.round(totalPnl.value - realisedPnl.value) as Usd);
}

function metricsJson(metrics: Performance['all']['metrics']) {
  return Object.fromEntries(
    shown.map((id) => {
      const { value, n, why } = metrics[id];
      const shownValue = value === undefined ? null : metricSpecs[id].unit === 'usd' ? usdText(Math.round(value) as Usd) : value;
      return [id, { value: shownValue, n, ...(why === undefined ? {} : { why }) }];
    }),
  );
}

/** A figure without its reason, which stands under the table. */
function figureText({ value, n }: Metric, unit: (typeof metricSpecs)[MetricId]['unit'], id: MetricId): string {
  if (value !== undefined && unit === 'usd' && id !== 'fees' && id !== 'aiCost') return signedDollars(Math.round(value) as Usd);
  return metricText(value === undefined ? { value, n } : { value, n }, unit);
}

function whyLines(figures: Performance): readonly string[] {
  const reasons = shown.flatMap((id) =>
    periods.flatMap((period) => {
      const { value, why } = figures[period].metrics[id];
      return value === undefined && why !== undefined ? [`  ${metricSpecs[id].label} is unknown: ${why}`] : [];
    }),
  );
  return reasons.length === 0 ? [] : ['', ...new Set(reasons)];
}

function slicesView(head: string, slices: readonly Slice[]): View {
  const columns = [{ title: '' }, ...['P&L', 'Fees', 'Trades', 'Won'].map((title) => ({ title, right: true as const }))];
  const rows = slices.map(({ key, pnl, fees, trades, winRate }) => [
    key,
    signedDollars(pnl),
    dollars(fees),
    String(trades),
    metricText({ value: winRate.value, n: winRate.n }, 'share'),
  ]);
  return {
    json: slices.map(({ key, pnl, fees, trades, winRate }) => ({
      ...{ key, trades, pnl: usdText(pnl), fees: usdText(fees), winRate: winRate.value ?? null },
    })),
    text: linesText([head, '', ...(rows.length === 0 ? ['  No closed trades yet.'] : tableText(columns, rows))]),
  };
}
