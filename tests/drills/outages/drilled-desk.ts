import { afterAll, beforeAll, expect } from 'vitest';
import type { MarketFacts } from '../../../local/exchange/world/world.ts';
import { fell, wanted } from './make-up.ts';
import { type OutageCloud, openOutageCloud } from './outage-cloud.ts';
import { type OpenDesk, type OutageDesk, openOutageDesk } from './outage-desk.ts';

/** A desk at work: it holds `held`, rests in `resting`, and could take `next` and `other`. */
export interface AtWork {
  readonly desk: OutageDesk;
  readonly held: MarketFacts;
  readonly resting: MarketFacts;
  readonly next: MarketFacts;
  readonly other: MarketFacts;
}

/** One AWS for a file of drills; opened before them and closed after. */
export function cloudForDrills(): () => OutageCloud {
  let cloud: OutageCloud | undefined;
  beforeAll(async () => {
    cloud = await openOutageCloud();
  });
  afterAll(() => cloud?.close());
  return () => {
    if (!cloud) throw new Error('the cloud of the drills is not open. Fix: ask for it within a test');
    return cloud;
  };
}

export async function atWork(cloud: OutageCloud, options?: OpenDesk): Promise<AtWork> {
  const desk = await openOutageDesk(cloud, options);
  const [held, resting, next, other] = desk.markets();
  if (!held || !resting || !next || !other) throw new Error('the world has too few quiet markets. Fix: choose another seed');
  await wanted(desk, held);
  await fell(desk, [resting]);
  await desk.quarter();
  const states = (await desk.orders()).map(({ state, intent }) => [intent.ticker, state] as const);
  expect(new Map(states)).toEqual(
    new Map([
      [held.ticker, 'filled'],
      [resting.ticker, 'resting'],
    ]),
  );
  return { desk, held, resting, next, other };
}

/** Two quarters of an hour after it is over the desk buys again, and nothing is wrong. */
export async function expectRecovery({ desk, next }: Pick<AtWork, 'desk' | 'next'>): Promise<void> {
  await desk.quarter();
  await wanted(desk, next);
  await desk.quarter();
  expect(await filled(desk, next)).toBeGreaterThan(0);
  await expectAllWell(desk);
}

/** It may buy, and after one more sync no promise is broken and every micro-dollar is where it belongs. */
export async function expectAllWell(desk: OutageDesk): Promise<void> {
  expect((await desk.breaker()).state).toBe('active');
  expect(await desk.wrong()).toEqual([]);
}

/** Contracts that the exchange says were bought of a market. */
export async function filled({ exchange }: OutageDesk, { ticker }: MarketFacts): Promise<number> {
  const { fills } = exchange.venue.account;
  return fills.filter(({ order }) => order.market.ticker === ticker).reduce((sum, { count }) => sum + count, 0);
}
