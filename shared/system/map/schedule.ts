import type { FunctionName, FunctionSpec } from '../map.ts';

export const defaultZone = 'America/New_York';
export const weekDays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export type WeekDay = (typeof weekDays)[number];

/** When the analyses run, and in whose time. Absent means as in the map. */
export interface Times {
  /** `HH:MM`, 24 hours. */
  readonly dailyTime?: string | undefined;
  readonly weeklyDay?: WeekDay | undefined;
  readonly zone?: string | undefined;
  /** Between two alert checks. */
  readonly alertMinutes?: number | undefined;
}

/** An EventBridge Scheduler expression, `rate(…)` or `cron(…)`, and the zone it is read in. */
export interface Schedule {
  readonly expression: string;
  readonly zone: string;
}

/** Checks that may be missed before their silence is an alarm. */
const MISSED = 3;

/** The map with alerts checked as often as the configuration says, and missed accordingly. */
export function retimed(
  map: Readonly<Record<FunctionName, FunctionSpec>>,
  { alertMinutes }: Times,
): Readonly<Record<FunctionName, FunctionSpec>> {
  if (alertMinutes === undefined) return map;
  const every = alertMinutes === 1 ? '1 minute' : (`${alertMinutes} minutes` as const);
  return { ...map, 'alert-check': { ...map['alert-check'], trigger: { every }, aliveWithinMinutes: MISSED * alertMinutes } };
}

/** The timetable: a schedule for each function that the clock starts. Throws when `dailyTime` is not a time. */
export function scheduleOf<Name extends string>(map: Readonly<Record<Name, FunctionSpec>>, times: Times): ReadonlyMap<Name, Schedule> {
  const zone = times.zone ?? defaultZone;
  const schedules = new Map<Name, Schedule>();
  for (const name of Object.keys(map) as Name[]) {
    const { trigger } = map[name];
    if ('every' in trigger) schedules.set(name, { expression: `rate(${trigger.every})`, zone });
    if ('cron' in trigger) schedules.set(name, { expression: `cron(${moved(trigger, times)})`, zone });
  }
  return schedules;
}

/** The weekly analysis keeps the daily one's time, on its own day. */
function moved({ cron, moves }: { readonly cron: string; readonly moves?: 'daily' | 'weekly' }, { dailyTime, weeklyDay }: Times): string {
  if (moves === undefined) return cron;
  const [minute, hour, monthDay, month, weekDay, year] = cron.split(' ');
  const time = dailyTime === undefined ? `${minute} ${hour}` : timeFields(dailyTime);
  const day = moves === 'weekly' && weeklyDay !== undefined ? weeklyDay.slice(0, 3).toUpperCase() : weekDay;
  return `${time} ${monthDay} ${month} ${day} ${year}`;
}

function timeFields(time: string): string {
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  if (hour === undefined || minute === undefined) {
    throw new Error(`dailyTime is "${time}", not a time of day. Fix: write it as HH:MM, for example 10:30`);
  }
  return `${Number(minute)} ${Number(hour)}`;
}
