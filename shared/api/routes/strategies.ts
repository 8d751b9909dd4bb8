import type { Rung } from '../../domain/book.ts';
import type { Metric } from '../../domain/metrics/metric.ts';
import type { Metrics } from '../../domain/metrics/performance.ts';
import { metricSpecs } from '../../domain/metrics/performance.ts';
import type { Millis, Usd } from '../../domain/money.ts';
import { usdText } from '../../domain/money.ts';
import { strategies } from '../../domain/strategies/strategies.ts';
import type { Strategy } from '../../domain/strategies/strategy.ts';
import { metricText, percent, plural } from '../../domain/words/amounts.ts';
import type { ScanSummary } from '../../jobs/scan.ts';
import type { StrategiesJson } from '../contract/markets.ts';
import { readLastScan, stagesOf } from './funnel.ts';
import { readPerformance } from './money-view.ts';
import { metricJson } from './performance.ts';
import type { Reading } from './reading.ts';
import { orUnknown } from './unknown.ts';

type GateRow = StrategiesJson['validation'][number];

const DAY = 86_400_000;

/** Each strategy with its evidence and results, and how far paper trading is from the gate to live. */
export async function readStrategies(reading: Reading): Promise<StrategiesJson> {
  const [scan, figures, firstAt] = await Promise.all([readLastScan(reading), readPerformance(reading), firstTradeAt(reading)]);
  const results = new Map(figures.all.breakdowns.strategy.map((slice) => [slice.key, slice]));
  return {
    book: reading.book,
    strategies: strategies.map((strategy) => {
      const result = results.get(strategy.name);
      const { name, about, evidence } = strategy;
      return {
        ...{ name, about, evidence, rung: reading.io.settings.rungs[name] ?? ('off' satisfies Rung) },
        ...scanned(strategy, scan),
        trades: result?.trades ?? 0,
        pnl: usdText(result?.pnl ?? (0 as Usd)),
        winRate: result ? metricJson(result.winRate) : { value: null, n: 0, why: 'no closed trades' },
      };
    }),
    validation: validation(figures.all.metrics, firstAt === undefined ? undefined : (reading.now - firstAt) / DAY),
  };
}

function scanned({ name, stages }: Strategy, scan: ScanSummary | undefined) {
  const funnel = scan?.strategies[name];
  if (!scan || !funnel) return { eligible: null, signals: null, stages: [] };
  const dropped = stages.map((stage) => [stage.name, funnel.dropped[stage.name] ?? 0, stage.setting] as const);
  return { eligible: funnel.eligible, signals: funnel.signals, stages: stagesOf(scan.seen, dropped) };
}

async function firstTradeAt(reading: Reading): Promise<Millis | undefined> {
  const history = await orUnknown(reading.history());
  const opened = history?.executions.map(({ fill }) => fill.at) ?? [];
  return opened.length === 0 ? undefined : opened.reduce((a, b) => Math.min(a, b));
}

/** What has to be so before real money. Source: seed 003, contracts §6; what only the exchange can show is not applicable on paper. */
function validation(metrics: Metrics, days: number | undefined): GateRow[] {
  const { trades, maxDrawdown, sharpe, winRate, breakEvenWinRate } = metrics;
  const beats = winRate.value !== undefined && breakEvenWinRate.value !== undefined ? winRate.value > breakEvenWinRate.value : undefined;
  return [
    row('Trades', '30 closed', trades.value === undefined ? undefined : trades.value >= 30, plural(trades.n, 'trade')),
    row(
      'Time',
      '28 days',
      days === undefined ? undefined : days >= 28,
      days === undefined ? 'no trade yet' : plural(Math.floor(days), 'day'),
    ),
    metricRow('Max drawdown', 'below 10%', maxDrawdown, (value) => value < 0.1, 'share'),
    metricRow('Sharpe', 'above 1.5', sharpe, (value) => value > 1.5, 'ratio'),
    row(
      'Win rate',
      breakEvenWinRate.value === undefined
        ? 'above its break-even (seed: 55%)'
        : `above break-even ${percent(breakEvenWinRate.value)} (seed: 55%)`,
      beats,
      metricText(winRate, metricSpecs.winRate.unit),
    ),
    { name: 'Reconciliation', need: '14 clean days', have: 'earned on the exchange, in demo', state: 'not-applicable' },
    { name: 'Fees', need: 'no divergence', have: 'earned on the exchange, in demo', state: 'not-applicable' },
  ];
}

function metricRow(name: string, need: string, metric: Metric, met: (value: number) => boolean, unit: 'share' | 'ratio'): GateRow {
  return row(name, need, metric.value === undefined ? undefined : met(metric.value), metricText(metric, unit));
}

function row(name: string, need: string, met: boolean | undefined, have: string): GateRow {
  return { name, need, have, state: met === undefined ? 'unknown' : met ? 'met' : 'not-met' };
}
