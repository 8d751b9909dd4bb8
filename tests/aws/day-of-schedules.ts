import { fireSchedule } from '../../local/cloud/scheduler/fire-schedule.ts';
import type { Schedule } from '../../local/cloud/scheduler/timetable.ts';
import { ticks } from '../infra/scheduler-clock.ts';

/** A clock that stands still until it is put somewhere else. */
export interface JumpableClock {
  now(): number;
  jumpTo(at: number): void;
}

export function jumpableClock(at: number): JumpableClock {
  let now = at;
  return {
    now: () => now,
    jumpTo(next) {
      now = next;
    },
  };
}

export interface DayOptions {
  readonly schedules: readonly Schedule[];
  readonly from: number;
  readonly to: number;
  readonly clock: JumpableClock;
  readonly endpoint: string;
  /** Until everything that a tick began has ended. */
  readonly settled: () => Promise<void>;
  /** Scheduler delivers at least once: how often this one is delivered. Absent: once. */
  readonly deliveries?: (schedule: Schedule, at: number) => number;
}

/** Fires every tick of the template's schedules in the order of time, the clock jumping from one to the next. */
export async function dayOfSchedules({ schedules, from, to, clock, endpoint, settled, deliveries = () => 1 }: DayOptions): Promise<number> {
  const due = schedules
    .flatMap((schedule) => ticks(schedule.expression, schedule.zone, from, to).map((at) => ({ schedule, at })))
    .sort((a, b) => a.at - b.at);
  for (const { schedule, at } of due) {
    clock.jumpTo(at);
    const copies = Array.from({ length: deliveries(schedule, at) }, () => fireSchedule(schedule, at, endpoint));
    await Promise.all(copies);
    await settled();
  }
  return due.length;
}
