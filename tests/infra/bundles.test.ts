import { expect, it } from 'vitest';
import { makeBundle } from '../../bench/cold/make-bundle.ts';
import { functionNames, functions } from '../../shared/system/map.ts';

/** Where every order goes, whatever made it. */
const ORDERS = '/portfolio/events/orders';

const traders = functionNames.filter((name) => functions[name].secrets.includes('kalshi'));

it('what trades knows the address that takes orders when it is deployed for live money, and not on paper', async () => {
  const knowing = async (mode: 'paper' | 'live') => {
    const made = await Promise.all(traders.map((name) => makeBundle(name, mode)));
    return made.filter(({ code }) => code.includes(ORDERS)).map(({ name }) => name);
  };
  expect(await knowing('paper')).toEqual([]);
  expect(await knowing('live')).toEqual(traders);
});
