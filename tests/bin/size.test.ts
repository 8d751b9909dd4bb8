import { describe, expect, it } from 'vitest';
import { callPilot } from './run-pilot.ts';

const size = async (...args: readonly string[]) => {
  const said = await callPilot('size', '--prob', '0.60', '--price', '0.50', ...args);
  return { ...said, value: said.out.startsWith('{') ? JSON.parse(said.out) : undefined };
};

describe('pilot size', () => {
  it('is Kelly with fees under every cap, each named, the binding one marked', async () => {
    const { value } = await size('--bankroll', '1000', '--json');
    expect(value).toMatchObject({ cost: '0.517500', contracts: '57.00', dollars: '29.497500' });
    expect(value.kellyFraction).toBeCloseTo(0.17098, 5);
    expect(value.fraction).toBeCloseTo(0.03, 6);
    expect(value.caps).toEqual(
      expect.arrayContaining([
        { name: 'market', limit: '57.97', binding: true },
        { name: 'depth', limit: 'not-applicable', binding: false },
      ]),
    );
  });

  it('takes a quarter of the depth it is told, and a seed’s numbers when it is told those', async () => {
    expect((await size('--bankroll', '1000', '--depth', '40', '--json')).value).toMatchObject({ contracts: '10.00' });
    const seed = (await size('--bankroll', '1000', '--preset', 'seed-003-first-trade', '--json')).value;
    expect(Number(seed.dollars)).toBeLessThanOrEqual(10);
    expect((await size('--bankroll', '1000', '--set', 'sizing.perMarket=1', '--json')).value).toMatchObject({ contracts: '82.00' });
  });

  it('speaks to people without --json', async () => {
    expect((await size('--bankroll', '1000')).out).toMatch(/^57\.00 contracts, \$29\.497500 .*\n.*Kelly 17\.10%/);
  });

  it('sizes nothing with nothing, and refuses a debt', async () => {
    expect((await size('--bankroll', '0', '--json')).value).toMatchObject({ contracts: '0.00', fraction: 0 });
    const debt = await size('--bankroll', '-5');
    expect(debt).toMatchObject({ code: 2, out: '' });
    expect(debt.err).toContain('bankroll');
  });
});
