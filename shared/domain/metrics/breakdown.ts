import { addDays, etDay } from '../et-day.ts';
import type { Usd } from '../money.ts';
import type { Trade } from '../position.ts';
import type { Metric } from './metric.ts';
import { sum } from './metric.ts';
import { isManual } from './trade-metrics.ts';
import { winRate } from './win-rate.ts';

/** Realised P&L of the closed trades that share something. */
export interface Slice {
  readonly key: string;
  readonly trades: number;
  readonly pnl: Usd;
  readonly fees: Usd;
  readonly winRate: Metric;
}

export const breakdownNames = ['strategy', 'category', 'exit', 'day', 'week', 'origin'] as const;
export type BreakdownName = (typeof breakdownNames)[number];
export type Breakdowns = Readonly<Record<BreakdownName, readonly Slice[]>>;

export function breakdowns(trades: readonly Trade[], zone: string): Breakdowns {
  return {
    strategy: sliceBy(trades, ({ strategy }) => strategy ?? 'by hand'),
    category: sliceBy(trades, ({ category }) => category ?? 'unknown'),
    exit: sliceBy(trades, ({ exit }) => exit),
    day: byKey(sliceBy(trades, ({ closedAt }) => etDay(closedAt, zone))),
    week: byKey(sliceBy(trades, ({ closedAt }) => mondayOf(etDay(closedAt, zone)))),
    origin: sliceBy(trades, (trade) => (isManual(trade) ? 'by hand' : 'automated')),
  };
}

function byKey(slices: readonly Slice[]): readonly Slice[] {
  return slices.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/** The day a week begins on. */
function mondayOf(day: string): string {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

/** Trades by what they share, best first. */
export function sliceBy(trades: readonly Trade[], keyOf: (trade: Trade) => string): readonly Slice[] {
  return [...Map.groupBy(trades, keyOf)]
    .map(([key, group]) => ({
      key,
      trades: group.length,
      pnl: sum(group.map(({ pnl }) => pnl)) as Usd,
      fees: sum(group.map(({ fees }) => fees)) as Usd,
      winRate: winRate(group),
    }))
    .toSorted((a, b) => b.pnl - a.pnl || (a.key < b.key ? -1 : 1));
}
