import type { Run } from '../../ports/store.ts';
import type { Times } from '../../system/map/schedule.ts';
import { retimed, scheduleOf } from '../../system/map/schedule.ts';
import type { FunctionName, Trigger } from '../../system/map.ts';
import { functionNames, functions } from '../../system/map.ts';
import type { JobJson } from '../contract/status.ts';
import type { ApiIo } from './api-io.ts';
import { nextCron } from './next-cron.ts';
import { isoTime, orNull } from './unknown.ts';

/** Jobs with a place in the timetable or a reason to be run by hand; the page itself and the hand are none. */
export const jobNames: readonly FunctionName[] = functionNames.filter((name) => name !== 'api' && name !== 'control');

const MINUTE = 60_000;

export async function readJobs({
  store,
  clock,
  settings,
}: Pick<ApiIo, 'store' | 'clock'> & { readonly settings: { readonly times: Times } }): Promise<readonly JobJson[]> {
  const now = clock.now();
  const last = await Promise.all(jobNames.map(async (name) => [name, (await store.runs.recent(name, 1))[0]] as const));
  const runs = new Map(last);
  const plan = { map: retimed(functions, settings.times), times: settings.times };
  return jobNames.map((name) => jobOf(name, runs, plan, now));
}

interface Plan {
  readonly map: typeof functions;
  readonly times: Times;
}

function jobOf(name: FunctionName, runs: ReadonlyMap<FunctionName, Run | undefined>, plan: Plan, now: number): JobJson {
  const run = runs.get(name);
  return {
    name,
    trigger: triggerText(plan.map[name].trigger, plan.times),
    lastRun: orNull(run?.startedAt, isoTime),
    lastOutcome: run === undefined ? null : (run.outcome ?? 'running'),
    lastSeconds: run?.endedAt === undefined ? null : (run.endedAt - run.startedAt) / 1000,
    nextRun: orNull(nextRun(name, runs, plan, now), isoTime),
  };
}

/** When a job is due next; undefined for what only a person starts. One that follows another is due with it. */
function nextRun(name: FunctionName, runs: ReadonlyMap<FunctionName, Run | undefined>, plan: Plan, now: number): number | undefined {
  const { trigger } = plan.map[name];
  if ('after' in trigger) return nextRun(trigger.after, runs, plan, now);
  if ('every' in trigger) return nextTick(minutesOf(trigger.every) * MINUTE, runs.get(name)?.tick, now);
  const schedule = scheduleOf(plan.map, plan.times).get(name);
  return schedule && nextCron(schedule, now);
}

/** The next tick after now, counted from the last one; on the hour's grid before the first. */
function nextTick(step: number, lastTick: string | undefined, now: number): number {
  const from = lastTick === undefined ? 0 : Date.parse(lastTick);
  const origin = Number.isNaN(from) ? 0 : from;
  return origin + Math.max(1, Math.floor((now - origin) / step) + 1) * step;
}

function minutesOf(every: string): number {
  const [amount = '1', unit] = every.split(' ');
  return Number(amount) * (unit === 'hour' ? 60 : 1);
}

function triggerText(trigger: Trigger, times: Times): string {
  if ('every' in trigger) return `every ${trigger.every}`;
  if ('after' in trigger) return `after ${trigger.after}`;
  if ('byHand' in trigger || 'http' in trigger) return 'by hand';
  const [minute = '', hour = '', , , weekDay = '*'] = trigger.cron.split(' ');
  const clock =
    trigger.moves !== undefined && times.dailyTime !== undefined ? times.dailyTime : `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  const weekly = trigger.moves === 'weekly' ? (times.weeklyDay ?? 'monday') : weekDay;
  return weekDay === '*' || weekDay === '?' ? `daily ${clock}` : `weekly ${weekly} ${clock}`;
}
