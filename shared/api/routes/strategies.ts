import type { Rung } from '../../domain/book.ts';
import { bookOf } from '../../domain/book.ts';
import { sum } from '../../domain/metrics/metric.ts';
import type { Usd } from '../../domain/money.ts';
import { usdText } from '../../domain/money.ts';
import { strategies } from '../../domain/strategies/strategies.ts';
import type { Strategy } from '../../domain/strategies/strategy.ts';
import { keptLevels } from '../../jobs/count-levels.ts';
import type { LastDecision } from '../../jobs/last-decision.ts';
import { lastDecision } from '../../jobs/last-decision.ts';
import type { ScanSummary } from '../../jobs/scan.ts';
import type { StrategiesJson } from '../contract/markets.ts';
import { readLastScan, stagesOf } from './funnel.ts';
import { liveGate, strategyGate } from './live-gate.ts';
import { readPerformance } from './money-view.ts';
import { metricJson } from './performance.ts';
import type { Reading } from './reading.ts';
import { isoTime, orNull } from './unknown.ts';

/** Each strategy with its evidence, its results and its way to live, and how far the book is from the gate. */
export async function readStrategies(reading: Reading): Promise<StrategiesJson> {
  const { book, io, now } = reading;
  const [scan, decision, figures, levels, { trades }] = await Promise.all([
    readLastScan(reading),
    lastDecision(io.store.records),
    readPerformance(reading),
    keptLevels(io.store, book),
    reading.history(),
  ]);
  const results = new Map(figures.all.breakdowns.strategy.map((slice) => [slice.key, slice]));
  return {
    book,
    strategies: strategies.map((strategy) => {
      const { name, about, evidence } = strategy;
      const result = results.get(name);
      const rung = io.settings.rungs[name] ?? ('off' satisfies Rung);
      return {
        ...{ name, about, evidence, rung, tradesIn: bookOf(rung, io.settings.mode) ?? null },
        ...scanned(strategy, scan),
        ...decided(strategy, decision),
        trades: result?.trades ?? 0,
        pnl: usdText(result?.pnl ?? (0 as Usd)),
        winRate: result ? metricJson(result.winRate) : { value: null, n: 0, why: 'no closed trades' },
        gate: strategyGate(
          trades.filter((trade) => trade.strategy === name),
          now,
        ),
      };
    }),
    validation: await liveGate(reading, levels),
  };
}

function scanned({ name, stages }: Strategy, scan: ScanSummary | undefined) {
  const funnel = scan?.strategies[name];
  if (!scan || !funnel) return { eligible: null, stages: [] };
  const dropped = stages.map((stage) => [stage.name, funnel.dropped[stage.name] ?? 0, stage.setting] as const);
  return { eligible: funnel.eligible, stages: stagesOf(scan.seen, dropped) };
}

/** A scan knows no past prices and no forecasts, so what a strategy wants is counted where it was decided. */
function decided({ name }: Strategy, decision: LastDecision | undefined) {
  const counted = decision?.strategies[name];
  if (!counted) return { signals: null, lookedAt: null, decidedAt: null };
  const lookedAt = counted.signals + sum(Object.values(counted.dropped));
  return { signals: counted.signals, lookedAt, decidedAt: orNull(decision?.at, isoTime) };
}
