import { addDays, dayStart, etDay } from '../et-day.ts';
import type { Millis, Usd } from '../money.ts';
import type { Trade } from '../position.ts';
import type { GrowthPoint } from './growth.ts';
import { dailyReturns, growth } from './growth.ts';
import type { EquityPoint } from './mark.ts';
import { equityPoint, unmarked } from './mark.ts';
import type { Cost, Execution, PerformanceInput } from './performance-input.ts';

/** Today is the zone's day; week and month are the last 7 and 30 days with today, so no Monday or first blanks them. */
export const periods = ['today', 'week', 'month', 'all'] as const;
export type Period = (typeof periods)[number];

const daysBack = { today: 0, week: 6, month: 29 } as const;
/** A point this long before a period's start may stand for it. */
const BASE_AGE = 24 * 3_600_000;

/** What a period's metrics are computed from. */
export interface PeriodView {
  readonly input: PerformanceInput;
  /** First instant of the period; undefined for `all`. */
  readonly start: Millis | undefined;
  /** Worth and flows at the start; a text says why they are unknown. */
  readonly base: PeriodBase | string;
  readonly current: EquityPoint;
  /** Held markets without a bid. */
  readonly unmarked: readonly string[];
  /** Closed, filled, paid within the period. */
  readonly trades: readonly Trade[];
  readonly executions: readonly Execution[];
  readonly costs: readonly Cost[] | undefined;
  readonly growth: readonly GrowthPoint[];
  readonly returns: readonly number[];
  /** Marked equities of the period. */
  readonly equities: readonly Usd[];
}

export interface PeriodBase {
  /** Undefined while a held market had no bid. */
  readonly equity: Usd | undefined;
  readonly deposits: Usd;
  readonly realised: Usd;
}

/** First instant of a period; undefined for `all`. */
export function periodStart(period: Period, now: Millis, zone: string): Millis | undefined {
  return period === 'all' ? undefined : dayStart(addDays(etDay(now, zone), -daysBack[period]), zone);
}

export function periodViews(input: PerformanceInput): Readonly<Record<Period, PeriodView>> {
  const current = equityPoint(input.ledger, input.marks, input.now);
  const points = [...input.equity.filter(({ at }) => at < input.now), current];
  const curve = growth(points, input.zone);
  const began = beginning(input, points);
  const view = (period: Period) => periodView(input, { period, points, curve, current, began });
  return { today: view('today'), week: view('week'), month: view('month'), all: view('all') };
}

interface History {
  readonly period: Period;
  readonly points: readonly EquityPoint[];
  readonly curve: readonly GrowthPoint[];
  readonly current: EquityPoint;
  readonly began: Millis;
}

function periodView(input: PerformanceInput, { period, points, curve, current, began }: History): PeriodView {
  const start = periodStart(period, input.now, input.zone);
  const from = start ?? Number.NEGATIVE_INFINITY;
  const basePoint = start === undefined ? undefined : pointBefore(points, start);
  const inside = (at: Millis) => at >= from && at <= input.now;
  const grown = curve.filter(({ at }) => at >= (basePoint?.at ?? from));
  return {
    input,
    start,
    base: baseOf(start, basePoint, began),
    current,
    unmarked: unmarked(input.ledger, input.marks),
    trades: input.trades.filter(({ closedAt }) => inside(closedAt)),
    executions: input.executions.filter(({ fill }) => inside(fill.at)),
    costs: input.costs?.filter(({ at }) => inside(at)),
    growth: grown,
    returns: dailyReturns(grown),
    equities: points.flatMap(({ at, equity }) => (at >= from && equity !== undefined ? [equity] : [])),
  };
}

/** A book that began within the period started with nothing; one that began before needs a point to compare with. */
function baseOf(start: Millis | undefined, point: EquityPoint | undefined, began: Millis): PeriodBase | string {
  if (start === undefined || began >= start) return { equity: 0 as Usd, deposits: 0 as Usd, realised: 0 as Usd };
  return point ?? 'no equity was recorded in the day before the period began';
}

/** The last marked point of the day before, or the last unmarked one. */
function pointBefore(points: readonly EquityPoint[], start: Millis): EquityPoint | undefined {
  const near = points.filter(({ at }) => at <= start && at >= start - BASE_AGE);
  return near.findLast(({ equity }) => equity !== undefined) ?? near.at(-1);
}

/** The earliest sign of life of the book. */
function beginning({ trades, ledger, executions }: PerformanceInput, points: readonly EquityPoint[]): Millis {
  let first = points[0]?.at ?? Number.POSITIVE_INFINITY;
  for (const { openedAt } of trades) first = Math.min(first, openedAt);
  for (const { openedAt } of ledger.positions.values()) first = Math.min(first, openedAt);
  for (const { fill } of executions) first = Math.min(first, fill.at);
  return first;
}
