import { describe, expect, it } from 'vitest';
import { play } from '../../local/drills/play.ts';
import { generateKey } from '../../local/exchange/generate-key.ts';

const key = generateKey('ed25519');
const day = (seed: number, ticks: number, trace?: (line: string) => void) =>
  play({ seed, key, ticks, markets: 20, ...(trace ? { trace } : {}) });

describe('a quarter of a rough day', () => {
  it.each([1, 3, 4, 5])('keeps every promise from seed %i, however often processes die', async (seed) => {
    const { violations, orders, crashes, faults } = await day(seed, 24);
    expect(violations).toEqual([]);
    expect(orders).toBeGreaterThan(10);
    expect(crashes).toBeGreaterThan(5);
    expect(Object.values(faults).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(5);
  });

  it('is the same day from the same seed', async () => {
    const [first, second] = [[] as string[], [] as string[]];
    await day(6, 12, (line) => first.push(line));
    await day(6, 12, (line) => second.push(line));
    expect(second).toEqual(first);
    expect(first.length).toBeGreaterThan(500);
  });
});
