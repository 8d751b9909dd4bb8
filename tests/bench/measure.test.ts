import { describe, expect, it } from 'vitest';
import { cpu, interleave, measure, median, wall } from '../../bench/measure.ts';

/** Work that takes the listed milliseconds, one after the other, on a clock of its own. */
function costs() {
  let now = 0;
  const taken: string[] = [];
  const work = (name: string, milliseconds: readonly number[]) => {
    let run = 0;
    return () => {
      taken.push(name);
      now += milliseconds[run++ % milliseconds.length] ?? 0;
    };
  };
  return { clock: () => now, taken, work };
}

describe('measuring', () => {
  it('takes the middle value', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([])).toBeNaN();
  });

  it('takes the median of the runs, so one slow moment changes nothing', async () => {
    const { clock, work } = costs();
    expect(await measure(work('a', [7, 7, 900, 7, 8]), { clock, warmUps: 0 })).toBe(7);
  });

  it('leaves the warm-up out', async () => {
    const { clock, work } = costs();
    expect(await measure(work('a', [500, 1, 1, 1, 1, 1]), { clock, warmUps: 1, runs: 5 })).toBe(1);
  });

  it('lets subject and limit take turns, each going first as often', async () => {
    const { clock, taken, work } = costs();
    const times = await interleave({ subject: work('subject', [12]), limit: work('limit', [10]) }, { clock, warmUps: 0, runs: 6 });
    expect(times).toEqual({ subject: 12, limit: 10 });
    expect(taken.slice(0, 4)).toEqual(['subject', 'limit', 'limit', 'subject']);
    expect(taken).toHaveLength(12);
  });

  it('waits for work that takes its time', async () => {
    let ended = 0;
    await measure(async () => {
      await Promise.resolve();
      ended++;
    });
    expect(ended).toBe(6);
  });

  it('refuses too few runs', async () => {
    await expect(measure(() => undefined, { runs: 4 })).rejects.toThrow('at least 5');
  });

  it('has clocks that only go forward', () => {
    for (const clock of [wall, cpu]) expect(clock()).toBeLessThanOrEqual(clock());
  });
});
