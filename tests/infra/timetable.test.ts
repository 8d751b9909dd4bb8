import { Cron } from 'croner';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scheduleOf, weekDays } from '../../shared/system/map/schedule.ts';
import { functionNames, functions } from '../../shared/system/map.ts';
import { offsetAt, ticks } from './scheduler-clock.ts';
import { plain, type Synthesized, synthesized } from './synthesized.ts';

const NEW_YORK = 'America/New_York';
/** A year with both changes of the clock in it. */
const from = Date.UTC(2026, 5, 1, 12);
const to = Date.UTC(2027, 5, 1, 12);

const usual = synthesized();

function timetable({ of }: Synthesized) {
  return new Map(
    [...of('AWS::Scheduler::Schedule').values()].map(({ Properties }) => [
      plain(Properties.Name).replace(/^kalshi-pilot-/, ''),
      { expression: plain(Properties.ScheduleExpression), zone: plain(Properties.ScheduleExpressionTimezone), ...Properties },
    ]),
  );
}

/** Wall times a schedule shows in its zone, with how often. */
function wallTimes({ expression, zone }: { readonly expression: string; readonly zone: string }): Readonly<Record<string, number>> {
  const shown: Record<string, number> = {};
  for (const tick of ticks(expression, zone, from, to)) {
    const wall = new Date(tick + offsetAt(tick, zone)).toISOString().slice(11, 16);
    shown[wall] = (shown[wall] ?? 0) + 1;
  }
  return shown;
}

describe('the timetable in the template', () => {
  const schedules = timetable(usual);

  it('has exactly the functions that the clock starts, as the map says', () => {
    const clocked = functionNames.filter((name) => 'every' in functions[name].trigger || 'cron' in functions[name].trigger);
    expect([...schedules.keys()].sort()).toEqual([...clocked].sort());
    for (const [name, { expression, zone }] of scheduleOf(functions, {})) {
      expect(schedules.get(name)).toMatchObject({ expression, zone });
    }
  });

  it('is the agreed one', () => {
    const said = Object.fromEntries([...schedules].map(([name, { expression }]) => [name, expression]));
    expect(said).toMatchObject({
      scan: 'rate(15 minutes)',
      sync: 'rate(5 minutes)',
      'alert-check': 'rate(10 minutes)',
      health: 'rate(1 hour)',
      'daily-report': 'cron(0 8 * * ? *)',
      'daily-analysis': 'cron(0 9 * * ? *)',
      'weekly-analysis': 'cron(0 9 ? * MON *)',
    });
  });

  it('checks alerts as often as the configuration says, and rings when three checks were missed', () => {
    for (const [alertMinutes, expression] of [
      [1, 'rate(1 minute)'],
      [5, 'rate(5 minutes)'],
      [90, 'rate(90 minutes)'],
    ] as const) {
      const app = synthesized({}, { alertMinutes });
      expect(timetable(app).get('alert-check')?.expression).toBe(expression);
      const alarms = [...app.of('AWS::CloudWatch::Alarm').values()].map(({ Properties }) => Properties);
      const silent = alarms.find(({ AlarmName }) => AlarmName === 'kalshi-pilot alert-check is silent');
      expect(silent).toMatchObject({ Period: alertMinutes * 60, EvaluationPeriods: 3 });
    }
  });

  it('keeps New York’s wall time through a year with both changes of the clock', () => {
    expect(wallTimes(schedules.get('daily-report') ?? fail())).toEqual({ '08:00': 365 });
    expect(wallTimes(schedules.get('daily-analysis') ?? fail())).toEqual({ '09:00': 365 });
    expect(wallTimes(schedules.get('weekly-analysis') ?? fail())).toEqual({ '09:00': 53 });
    expect(ticks('rate(15 minutes)', NEW_YORK, from, to)).toHaveLength(365 * 96);
  });

  it('stays out of the hours that a change of the clock skips or repeats', () => {
    const walls = [...schedules.values()]
      .filter(({ expression }) => expression.startsWith('cron'))
      .flatMap((each) => Object.keys(wallTimes(each)));
    expect(walls).toHaveLength(5);
    expect(walls.filter((wall) => wall < '03:00')).toEqual([]);
  });

  it('gives the tick as the identity of the run', () => {
    for (const { Target } of schedules.values() as Iterable<{ readonly Target?: { readonly Input: string } }>) {
      expect(JSON.parse(Target?.Input ?? '')).toEqual({ tick: '<aws.scheduler.scheduled-time>' });
    }
  });

  it('never delivers late or twice what leads to an order, and keeps what could not be delivered', () => {
    for (const name of ['scan', 'sync']) {
      const { Target } = schedules.get(name) as unknown as { readonly Target: Readonly<Record<string, unknown>> };
      expect(Target.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 120, MaximumRetryAttempts: 0 });
      expect(plain((Target.DeadLetterConfig as { readonly Arn: unknown }).Arn)).toMatch(/:kalshi-pilot-undelivered$/);
    }
  });
});

describe('custom times', () => {
  it('move both analyses, and the week’s to its own day', () => {
    const custom = timetable(synthesized({ dailyTime: '10:30', weeklyDay: 'friday', zone: 'Europe/London' }));
    expect(custom.get('daily-analysis')).toMatchObject({ expression: 'cron(30 10 * * ? *)', zone: 'Europe/London' });
    expect(custom.get('weekly-analysis')).toMatchObject({ expression: 'cron(30 10 ? * FRI *)', zone: 'Europe/London' });
    expect(custom.get('daily-report')).toMatchObject({ expression: 'cron(0 8 * * ? *)', zone: 'Europe/London' });
    expect(wallTimes(custom.get('weekly-analysis') ?? fail())).toEqual({ '10:30': 52 });
  });

  it('tick the same on this machine’s scheduler as on AWS’s, but for the hour that spring leaves out', () => {
    const time = fc.record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) });
    const zone = fc.constantFrom(NEW_YORK, 'Europe/London', 'Australia/Sydney', 'Asia/Kolkata', 'UTC');
    fc.assert(
      fc.property(time, fc.constantFrom(...weekDays), zone, ({ hour, minute }, weeklyDay, zone) => {
        const dailyTime = `${hour}:${String(minute).padStart(2, '0')}`;
        const { expression } = scheduleOf(functions, { dailyTime, weeklyDay, zone }).get('weekly-analysis') ?? fail();
        const ours = ticks(expression, zone, from, to);
        const theirs = cronerTicks(expression, zone);
        const atItsTime = (tick: number) => (tick + offsetAt(tick, zone)) % 86_400_000 === (hour * 60 + minute) * 60_000;
        expect(ours).toEqual(theirs.filter(atItsTime));
        expect(theirs.length - ours.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 25 },
    );
  });

  it('that do not exist one day in spring are left out that day, where croner runs at the jump', () => {
    const expression = 'cron(30 2 * * ? *)';
    const ours = ticks(expression, NEW_YORK, from, to);
    const theirs = cronerTicks(expression, NEW_YORK);
    const extra = theirs.filter((tick) => !ours.includes(tick));
    expect(ours).toHaveLength(364);
    expect(extra.map((tick) => new Date(tick).toISOString().slice(0, 10))).toEqual(['2027-03-14']);
  });
});

describe('the clock of these tests', () => {
  it.each([
    'cron(0 9 * * *)',
    'cron(0 9 * * * *)',
    'cron(0 25 * * ? *)',
    'cron(61 9 * * ? *)',
    'cron(0 9 ? * MUN *)',
    'rate(1 minutes)',
    'at(9)',
  ])('refuses %s', (expression) => expect(() => ticks(expression, NEW_YORK, from, to)).toThrow(/Fix: |must be|is not between/));
});

function cronerTicks(expression: string, timezone: string): readonly number[] {
  const fields = expression.replace(/^cron\(|\)$/g, '');
  const cron = new Cron(`0 ${fields}`, { mode: '7-part', alternativeWeekdays: true, sloppyRanges: true, timezone });
  const runs: number[] = [];
  for (let next = cron.nextRun(new Date(from - 1)); next && next.getTime() < to; next = cron.nextRun(next)) runs.push(next.getTime());
  return runs;
}

function fail(): never {
  throw new Error('There is no such schedule in the template.');
}
