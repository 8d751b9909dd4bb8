import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { groupsIn, runGroups } from '../../bench/groups.ts';

const folder = join(import.meta.dirname, 'fixtures');

async function run(...args: readonly string[]) {
  const out = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const err = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const code = await runGroups(folder, 'bench', args);
  return { code, out: out.mock.calls.flat(), err: err.mock.calls.flat().join('\n') };
}

afterEach(() => vi.restoreAllMocks());

describe('running a group of figures', () => {
  it('finds the groups by what they export', () => expect(groupsIn(folder)).toEqual(['empty', 'good', 'slow']));

  it('prints one JSON value per figure', async () => {
    const { code, out } = await run('good', '--json');
    expect(code).toBe(0);
    expect(out.map((line) => JSON.parse(line))).toEqual([
      { figure: 'good.time', value: 12, unit: 'ms', better: 'lower', limit: 10, ratio: 1.2, budget: 1.25, ok: true },
      { figure: 'good.rate', value: 1200, unit: '/s', better: 'higher', limit: null, ratio: null, budget: null, ok: true },
    ]);
  });

  it('prints a table for people', async () => expect((await run('good')).out[1]).toMatch(/^✓ good\.rate +1,200 \/s$/));

  it('fails when one figure of any group breaks its budget, and still runs the rest', async () => {
    const { code, out } = await run('slow', 'good', '--json');
    expect(code).toBe(1);
    expect(out).toHaveLength(3);
  });

  it('fails when a group measures nothing', async () => expect((await run('empty')).code).toBe(1));

  it.each([[['nope']], [[]], [['good', '--fast']], [['shared']]])('refuses %j and names what there is', async (args) => {
    const { code, out, err } = await run(...args);
    expect(code).toBe(2);
    expect(out).toEqual([]);
    expect(err).toContain('choose among empty, good, slow');
  });
});
