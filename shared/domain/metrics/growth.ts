import { addDays, dayStart, etDay } from '../et-day.ts';
import type { Millis } from '../money.ts';
import type { EquityPoint } from './mark.ts';

/** Worth of one dollar put in at the start, deposits and withdrawals taken out (time-weighted). */
export interface GrowthPoint {
  readonly at: Millis;
  readonly day: string;
  readonly index: number;
}

/**
 * Chains the returns between marked points; unmarked ones are left out. Money paid in counts as there from the start
 * of its interval, money taken out as there to its end. Points oldest first.
 */
export function growth(points: readonly EquityPoint[], zone: string): readonly GrowthPoint[] {
  const dayOf = daysInOrder(zone);
  const out: GrowthPoint[] = [];
  let index = 1;
  let last: { readonly equity: number; readonly deposits: number } | undefined;
  for (const { at, equity, deposits } of points) {
    if (equity === undefined) continue;
    if (last) index *= 1 + intervalReturn(last, { equity, deposits });
    out.push({ at, day: dayOf(at), index });
    last = { equity, deposits };
  }
  return out;
}

/** Return of each day after the first, days without a point being days without change. */
export function dailyReturns(points: readonly GrowthPoint[]): readonly number[] {
  const closes = new Map<string, number>();
  for (const { day, index } of points) closes.set(day, index);
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return [];
  const returns: number[] = [];
  let before = closes.get(first.day) ?? first.index;
  for (let day = addDays(first.day, 1); day <= last.day; day = addDays(day, 1)) {
    const close = closes.get(day) ?? before;
    returns.push(before > 0 ? close / before - 1 : 0);
    before = close;
  }
  return returns;
}

interface Worth {
  readonly equity: number;
  readonly deposits: number;
}

function intervalReturn(before: Worth, after: Worth): number {
  const flow = after.deposits - before.deposits;
  const base = before.equity + Math.max(flow, 0);
  return base > 0 ? (after.equity - before.equity - flow) / base : 0;
}

/** Days of ascending instants: the zone is asked once a day, not once a point. */
function daysInOrder(zone: string): (at: Millis) => string {
  let day = '';
  let end = Number.NEGATIVE_INFINITY;
  return (at) => {
    if (at >= end) {
      day = etDay(at, zone);
      end = dayStart(addDays(day, 1), zone);
    }
    return day;
  };
}
