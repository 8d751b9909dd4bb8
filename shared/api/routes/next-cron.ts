import { addDays, etDay, wallTime } from '../../domain/et-day.ts';
import type { Millis } from '../../domain/money.ts';
import type { Schedule } from '../../system/map/schedule.ts';

const daily = /^cron\((\d+) (\d+) [*?] \* ([*?]|[A-Z]{3}) \*\)$/;
/** A week, and another for a time that clocks jump over. */
const MOST_DAYS = 15;

/**
 * When a time of the map's timetable comes next: a time of day, every day or on one day of the week. Where clocks jump over
 * it the day is left out, where they go back it counts once, as EventBridge Scheduler does. Throws for another expression.
 */
export function nextCron({ expression, zone }: Schedule, now: Millis): Millis | undefined {
  const [, minute, hour, weekDay = ''] = daily.exec(expression) ?? [];
  if (minute === undefined || hour === undefined) {
    throw new Error(`${expression} is no time of day. Fix: teach shared/api/routes/next-cron.ts what the map now says`);
  }
  let day = etDay(now, zone);
  for (let tried = 0; tried < MOST_DAYS; tried++, day = addDays(day, 1)) {
    const at = /[*?]/.test(weekDay) || weekDay === weekDayOf(day) ? wallTime(day, Number(hour) * 60 + Number(minute), zone) : undefined;
    if (at !== undefined && at > now) return at;
  }
  return undefined;
}

/** `MON` for a Monday. */
function weekDayOf(day: string): string {
  return new Date(`${day}T00:00:00Z`).toUTCString().slice(0, 3).toUpperCase();
}
