import { Cron } from 'croner';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextCron } from '../../shared/api/routes/next-cron.ts';
import { scheduleOf, type Times, weekDays } from '../../shared/system/map/schedule.ts';
import { functions } from '../../shared/system/map.ts';

const HOUR = 3_600_000;
const zones = ['America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'] as const;

/** Another implementation, told to read the six fields as AWS does. */
function byCroner(expression: string, zone: string, now: number): number | undefined {
  const fields = expression.slice('cron('.length, -1);
  const options = { mode: '7-part', alternativeWeekdays: true, sloppyRanges: true, timezone: zone, paused: true } as const;
  return new Cron(`0 ${fields}`, options).nextRun(new Date(now))?.getTime();
}

describe('when a job is due next', () => {
  it('is what another reader of the timetable says, whatever the times, the zone and the moment', () => {
    const at = fc.integer({ min: Date.UTC(2025, 0), max: Date.UTC(2028, 0) });
    // From 04:00 on: at night clocks jump, and there the two differ on purpose.
    const dailyTime = fc.integer({ min: 240, max: 1439 }).map((minutes) => new Date(minutes * 60_000).toISOString().slice(11, 16));
    const times = fc.record({ zone: fc.constantFrom(...zones), dailyTime, weeklyDay: fc.constantFrom(...weekDays) });
    fc.assert(
      fc.property(times, at, (asked: Times, now) => {
        for (const schedule of scheduleOf(functions, asked).values()) {
          if (schedule.expression.startsWith('rate')) continue;
          const { expression, zone } = schedule;
          expect([expression, nextCron(schedule, now)]).toEqual([expression, byCroner(expression, zone, now)]);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is the day after where clocks jump over the time, and once where they go back', () => {
    const half2 = { expression: 'cron(30 2 * * ? *)', zone: 'America/New_York' };
    expect(nextCron(half2, Date.UTC(2026, 2, 8))).toBe(Date.UTC(2026, 2, 9, 6, 30));
    const half1 = { expression: 'cron(30 1 * * ? *)', zone: 'America/New_York' };
    const first = Date.UTC(2026, 10, 1, 5, 30);
    expect(nextCron(half1, first - HOUR)).toBe(first);
    expect(nextCron(half1, first)).toBe(first + 25 * HOUR);
    const berlin = { expression: 'cron(30 2 * * ? *)', zone: 'Europe/Berlin' };
    expect(nextCron(berlin, Date.UTC(2026, 9, 24, 12))).toBe(Date.UTC(2026, 9, 25, 0, 30));
  });

  it('is said to be unreadable when the map says something new', () => {
    expect(() => nextCron({ expression: 'cron(0/5 * * * ? *)', zone: 'UTC' }, 0)).toThrow('is no time of day. Fix: ');
  });
});
