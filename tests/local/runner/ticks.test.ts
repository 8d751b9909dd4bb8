import { describe, expect, it } from 'vitest';
import { firstTick, nextTick } from '../../../local/runner/ticks.ts';
import { scheduleOf } from '../../../shared/system/map/schedule.ts';
import { functions } from '../../../shared/system/map.ts';
import { ticks } from '../../infra/scheduler-clock.ts';

const zone = 'America/New_York';

/** Every tick from `from` (inclusive) to `to` (exclusive), as the runner would fire them. */
function fired(expression: string, from: number, to: number): readonly number[] {
  const found: number[] = [];
  for (let next = nextTick({ expression, zone }, from - 1); next < to; next = nextTick({ expression, zone }, next)) found.push(next);
  return found;
}

describe('this machine’s timetable', () => {
  it.each([...scheduleOf(functions, {})].map(([name, { expression }]) => [name, expression] as const))(
    'ticks %s (%s) as AWS would, through both changes of the clock',
    (_name, expression) => {
      for (const day of ['2027-03-12T05:00:00Z', '2027-11-05T05:00:00Z']) {
        const from = Date.parse(day);
        const to = from + 5 * 86_400_000;
        expect(fired(expression, from, to)).toEqual(ticks(expression, zone, from, to));
      }
    },
  );

  it('has a rate’s ticks at whole multiples of its period, so that a restart keeps them', () => {
    const at = Date.parse('2026-11-23T14:07:12Z');
    expect(new Date(nextTick({ expression: 'rate(15 minutes)', zone }, at)).toISOString()).toBe('2026-11-23T14:15:00.000Z');
    expect(new Date(nextTick({ expression: 'rate(1 hour)', zone }, at)).toISOString()).toBe('2026-11-23T15:00:00.000Z');
  });

  it('refuses what is no schedule', () =>
    expect(() => nextTick({ expression: 'at(9)', zone }, 0)).toThrow(/schedule at\(9\) has no next time\. Fix: /));
});

describe('the first tick of a host', () => {
  const zone = 'America/New_York';
  const now = Date.parse('2026-11-21T14:07:00Z');

  it('is of a rate the one whose period is running, so that nobody waits for it', () => {
    expect(firstTick({ expression: 'rate(15 minutes)', zone }, now)).toBe(Date.parse('2026-11-21T14:00:00Z'));
  });

  it('is of a daily time the next one', () => {
    expect(firstTick({ expression: 'cron(0 9 * * ? *)', zone }, now)).toBe(Date.parse('2026-11-22T14:00:00Z'));
  });
});
