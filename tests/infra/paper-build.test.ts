import { describe, expect, it } from 'vitest';
import { makeBundle } from '../../bench/cold/make-bundle.ts';
import { functionNames, functions } from '../../shared/system/map.ts';

/** Where every order goes, whatever made it. */
const ORDERS = '/portfolio/events/orders';

const traders = functionNames.filter((name) => functions[name].secrets.includes('kalshi'));

describe('what is deployed for paper', () => {
  it('knows no address that takes orders, in any function', async () => {
    const made = await Promise.all(functionNames.map((name) => makeBundle(name, 'paper')));
    expect(made.filter(({ code }) => code.includes(ORDERS)).map(({ name }) => name)).toEqual([]);
    expect(made.every(({ code }) => code.length > 100_000)).toBe(true);
  });

  it('differs from what is deployed for live money, where those that trade know it', async () => {
    const made = await Promise.all(traders.map((name) => makeBundle(name, 'live')));
    expect(made.filter(({ code }) => code.includes(ORDERS)).map(({ name }) => name)).toEqual(traders);
  });
});
