import { Cron } from 'croner';
import type { Schedule } from '../../shared/system/map/schedule.ts';

const UNITS: Readonly<Record<string, number>> = {
  minute: 60_000,
  minutes: 60_000,
  hour: 3_600_000,
  hours: 3_600_000,
  day: 86_400_000,
  days: 86_400_000,
};

/** The first tick of a schedule after an instant, ms. `rate` ticks stand at whole multiples of their period. */
export function nextTick({ expression, zone }: Schedule, after: number): number {
  const [, kind, inside = ''] = /^(rate|cron)\((.+)\)$/.exec(expression) ?? [];
  if (kind === 'rate') return nextOfRate(inside, after);
  const next = kind === 'cron' ? cronOf(inside, zone).nextRun(new Date(after)) : null;
  if (next === null || next === undefined)
    throw new Error(`schedule ${expression} has no next time. Fix: write rate(5 minutes) or cron(0 9 * * ? *)`);
  return next.getTime();
}

/** The tick a host begins with: of a rate the one whose period is running, so that nobody waits for the first. */
export function firstTick(schedule: Schedule, now: number): number {
  const next = nextTick(schedule, now);
  return schedule.expression.startsWith('rate(') ? 2 * next - nextTick(schedule, next) : next;
}

function nextOfRate(text: string, after: number): number {
  const [count, unit = ''] = text.split(' ');
  const period = Number(count) * (UNITS[unit] ?? Number.NaN);
  return (Math.floor(after / period) + 1) * period;
}

/** AWS has six fields, minute first; croner wants seconds before them and a range for a step. */
function cronOf(fields: string, zone: string): Cron {
  const [minute, hour, day, month, weekDay, year] = fields.split(' ').map((field) => field.replace(/^(\d+)\//, '$1-59/'));
  return new Cron(`0 ${minute} ${hour} ${day} ${month} ${weekDay} ${year}`, {
    mode: '7-part',
    alternativeWeekdays: true,
    sloppyRanges: true,
    timezone: zone,
    paused: true,
  });
}
