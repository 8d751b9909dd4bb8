import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ServerClock } from '../../../shared/adapters/kalshi/server-clock.ts';

const second = (at: number) => new Date(Math.floor(at / 1000) * 1000).toUTCString();

it('does not know the skew before an answer names the time', () => {
  const clock = new ServerClock();
  clock.observe(null, 0, 10);
  clock.observe('soon', 0, 10);
  expect(clock.skew()).toBeUndefined();
});

it('is never further from the truth than the second that a Date header hides and the time on the way', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -120_000, max: 120_000 }),
      fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 20 }),
      (skew, delays) => {
        const clock = new ServerClock();
        let now = 1_790_000_000_000;
        for (const delay of delays) {
          now += 137;
          clock.observe(second(now + delay / 2 + skew), now, now + delay);
          now += delay;
        }
        expect(Math.abs((clock.skew() ?? Number.NaN) - skew)).toBeLessThanOrEqual(1000 + Math.max(...delays));
      },
    ),
  );
});

it('says 0 while the answers allow that the clocks agree', () => {
  const clock = new ServerClock();
  clock.observe(second(1_790_000_000_400), 1_790_000_000_350, 1_790_000_000_450);
  expect(clock.skew()).toBe(0);
});

it('believes the newest answer when a clock was set', () => {
  const clock = new ServerClock();
  clock.observe(second(1_790_000_000_000), 1_790_000_000_000, 1_790_000_000_010);
  clock.observe(second(1_790_000_060_000), 1_790_000_000_100, 1_790_000_000_110);
  expect(clock.skew()).toBeGreaterThan(58_000);
});
