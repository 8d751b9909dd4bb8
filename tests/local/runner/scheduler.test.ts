import { expect, it, vi } from 'vitest';
import { type Fire, Scheduler } from '../../../local/runner/scheduler.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { Schedule } from '../../../shared/system/map/schedule.ts';
import type { FunctionName } from '../../../shared/system/map.ts';

const FROM = Date.parse('2026-11-23T14:00:00Z');

/** Time passes when somebody waits for it, and stands still after `until`. */
function passing(until: number): Clock & { readonly over: Promise<void> } {
  let now = FROM;
  let end = () => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    over,
    now: () => now,
    async sleep(ms) {
      if (now + ms > until) {
        end();
        await new Promise((resolve) => setTimeout(resolve, 1));
      } else {
        now += ms;
        await new Promise(setImmediate);
      }
    },
  };
}

async function walk(names: Readonly<Partial<Record<FunctionName, string>>>, minutes: number, fire: Fire) {
  const clock = passing(FROM + minutes * 60_000);
  const timetable = new Map(
    Object.entries(names).map(([name, expression]) => [name as FunctionName, { expression, zone: 'UTC' } as Schedule]),
  );
  const scheduler = new Scheduler(timetable, clock, fire);
  const running = scheduler.run();
  await clock.over;
  // What was fired last goes through its chain.
  await new Promise((resolve) => setTimeout(resolve, 20));
  await scheduler.stop();
  await running;
}

it('fires each tick once, with its scheduled time', async () => {
  const fire = vi.fn<Fire>(async () => ({ outcome: 'ok' }));
  await walk({ sync: 'rate(5 minutes)', health: 'rate(1 hour)' }, 14, fire);
  expect(fire.mock.calls).toEqual([
    ['sync', { tick: '2026-11-23T14:00:00.000Z' }],
    ['health', { tick: '2026-11-23T14:00:00.000Z' }],
    ['sync', { tick: '2026-11-23T14:05:00.000Z' }],
    ['sync', { tick: '2026-11-23T14:10:00.000Z' }],
  ]);
});

it('runs a chain in order, hands the record on as Lambda does, and goes on after a step that failed', async () => {
  const fire = vi.fn<Fire>(async (name) => {
    if (name === 'forecast') throw new Error('no model');
    return { outcome: 'ok', by: name };
  });
  await walk({ scan: 'rate(15 minutes)' }, 1, fire);
  const tick = '2026-11-23T14:00:00.000Z';
  const scanned = { requestPayload: { tick }, responsePayload: { outcome: 'ok', by: 'scan' } };
  expect(fire.mock.calls).toEqual([
    ['scan', { tick }],
    ['forecast', scanned],
    ['trade', { requestPayload: scanned, responsePayload: null }],
  ]);
});

it('does not start a function again while it runs, and waits for it when stopped', async () => {
  let ended = false;
  const fire = vi.fn<Fire>(async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    ended = true;
    return {};
  });
  await walk({ sync: 'rate(5 minutes)' }, 11, fire);
  expect(fire).toHaveBeenCalledOnce();
  expect(ended).toBe(true);
});
