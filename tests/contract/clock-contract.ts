import { describe, expect, test } from 'vitest';
import type { Clock } from '../../shared/ports/clock.ts';

/** Of its own time; where that is the machine's, a few hundredths of a second. */
export interface ClockUnderTest {
  readonly clock: Clock;
  readonly moment: number;
}

/** What every clock must do, whoever moves it. */
export function clockContract(name: string, open: () => ClockUnderTest): void {
  describe(`${name} as Clock`, () => {
    test('tells whole milliseconds and never goes back', async () => {
      const { clock, moment } = open();
      const told = [clock.now(), clock.now()];
      await clock.sleep(moment);
      told.push(clock.now(), clock.now());
      expect(told.every(Number.isSafeInteger)).toBe(true);
      expect(told.toSorted((a, b) => a - b)).toEqual(told);
    });

    test('who sleeps wakes up later by its own time, also from no time at all', async () => {
      const { clock, moment } = open();
      const before = clock.now();
      await clock.sleep(moment);
      // Timers of the machine may ring a millisecond early.
      expect(clock.now() - before).toBeGreaterThan(moment / 2);
      const after = clock.now();
      await clock.sleep(0);
      expect(clock.now()).toBeGreaterThanOrEqual(after);
    });
  });
}
