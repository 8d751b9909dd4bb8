import type { Book } from '../../domain/book.ts';
import type { Fill } from '../../domain/fill.ts';
import type { Metric } from '../../domain/metrics/metric.ts';
import type { Metrics } from '../../domain/metrics/performance.ts';
import { metricSpecs } from '../../domain/metrics/performance.ts';
import type { Millis } from '../../domain/money.ts';
import type { Trade } from '../../domain/position.ts';
import { feeDivergence } from '../../domain/risk/fee-divergence.ts';
import { metricText, percent, plural } from '../../domain/words/amounts.ts';
import type { KeptLevels } from '../../jobs/count-levels.ts';
import type { StrategiesJson } from '../contract/markets.ts';
import { readPerformance } from './money-view.ts';
import type { Reading } from './reading.ts';

export type GateRow = StrategiesJson['validation'][number];

const DAY = 86_400_000;
const TRADES = 30;
const DAYS = 28;
const CLEAN_DAYS = 14;

/** What a book has to show for itself. */
export interface GateFacts {
  readonly book: Book;
  readonly now: Millis;
  /** Over all its time. */
  readonly metrics: Metrics;
  readonly fills: readonly Fill[];
  readonly levels: KeptLevels | undefined;
}

/** What has to be so before real money, of the book that is looked at. */
export async function liveGate(reading: Reading, levels: KeptLevels | undefined): Promise<GateRow[]> {
  const [figures, { executions }] = await Promise.all([readPerformance(reading), reading.history()]);
  const fills = executions.map(({ fill }) => fill);
  return gateRows({ book: reading.book, now: reading.now, metrics: figures.all.metrics, fills, levels });
}

/** The necessary rows. Source: seed 003, contracts §6; what only the exchange can show is not applicable on paper. */
export function gateRows({ book, now, metrics, fills, levels }: GateFacts): GateRow[] {
  const { trades, maxDrawdown, sharpe, winRate, breakEvenWinRate } = metrics;
  return [
    row('Trades', `${TRADES} closed`, trades.value === undefined ? undefined : trades.value >= TRADES, plural(trades.n, 'trade')),
    timeRow(
      fills.map(({ at }) => at),
      now,
    ),
    metricRow('Max drawdown', 'below 10%', maxDrawdown, (value) => value < 0.1, 'share'),
    metricRow('Sharpe', 'above 1.5', sharpe, (value) => value > 1.5, 'ratio'),
    winRateRow({ winRate, breakEvenWinRate }),
    ...(book === 'paper' ? onPaper : [reconciliationRow(levels), feesRow(fills, now)]),
  ];
}

/** How far one strategy is by itself: its own trades, its own time. */
export function strategyGate(trades: readonly Trade[], now: Millis): GateRow[] {
  return [
    row('Trades', `${TRADES} closed`, trades.length >= TRADES, plural(trades.length, 'trade')),
    timeRow(
      trades.map(({ openedAt }) => openedAt),
      now,
    ),
  ];
}

const onPaper: readonly GateRow[] = [
  { name: 'Reconciliation', need: `${CLEAN_DAYS} clean days`, have: 'earned on the exchange, in demo', state: 'not-applicable' },
  { name: 'Fees', need: 'no divergence', have: 'earned on the exchange, in demo', state: 'not-applicable' },
];

function timeRow(times: readonly Millis[], now: Millis): GateRow {
  if (times.length === 0) return row('Time', `${DAYS} days`, undefined, 'no trade yet');
  const days = Math.floor((now - times.reduce((a, b) => Math.min(a, b))) / DAY);
  return row('Time', `${DAYS} days`, days >= DAYS, plural(days, 'day'));
}

function winRateRow({ winRate, breakEvenWinRate }: Pick<Metrics, 'winRate' | 'breakEvenWinRate'>): GateRow {
  const [won, even] = [winRate.value, breakEvenWinRate.value];
  const need = even === undefined ? 'above its break-even (seed: 55%)' : `above break-even ${percent(even)} (seed: 55%)`;
  return row(
    'Win rate',
    need,
    won === undefined || even === undefined ? undefined : won > even,
    metricText(winRate, metricSpecs.winRate.unit),
  );
}

/** Days in a row, the last one first, on which every comparison with the exchange agreed. */
function reconciliationRow(levels: KeptLevels | undefined): GateRow {
  const compared = Object.entries(levels?.days ?? {})
    .filter(([, day]) => day.compared > 0)
    .toSorted(([a], [b]) => (a < b ? 1 : -1));
  const broken = compared.findIndex(([, { compared: all, agreed }]) => agreed < all);
  const clean = broken === -1 ? compared.length : broken;
  const have = compared.length === 0 ? 'nothing was compared yet' : `${plural(clean, 'clean day')} in a row`;
  return row('Reconciliation', `${CLEAN_DAYS} clean days`, compared.length === 0 ? undefined : clean >= CLEAN_DAYS, have);
}

function feesRow(fills: readonly Fill[], now: Millis): GateRow {
  const since = now - CLEAN_DAYS * DAY;
  const ours = fills.filter(({ at, feePredicted }) => at > since && feePredicted !== undefined).length;
  const divergence = feeDivergence(fills, since);
  const have = divergence ?? (ours === 0 ? `no fill within ${CLEAN_DAYS} days` : `${plural(ours, 'fill')} charged as computed`);
  return row('Fees', 'no divergence', divergence === undefined && ours === 0 ? undefined : divergence === undefined, have);
}

function metricRow(name: string, need: string, metric: Metric, met: (value: number) => boolean, unit: 'share' | 'ratio'): GateRow {
  return row(name, need, metric.value === undefined ? undefined : met(metric.value), metricText(metric, unit));
}

function row(name: string, need: string, met: boolean | undefined, have: string): GateRow {
  return { name, need, have, state: met === undefined ? 'unknown' : met ? 'met' : 'not-met' };
}
