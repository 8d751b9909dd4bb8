import { describe, expect, it } from 'vitest';
import type { rangesOf } from '../../../local/exchange/world/grid.ts';
import type { MarketFacts } from '../../../local/exchange/world/world.ts';
import type { Contracts, Price } from '../../../shared/domain/money.ts';
import { notional } from '../../../shared/domain/money.ts';
import { atWork, cloudForDrills, expectRecovery, filled } from './drilled-desk.ts';
import { wanted } from './make-up.ts';
import type { OutageDesk } from './outage-desk.ts';
import { quietMarkets } from './quiet-markets.ts';

const cloud = cloudForDrills();
const MINUTE = 60_000;

/** What the ledger paid when a market ended, per contract held; undefined while it has not. */
async function paid({ store }: OutageDesk, { ticker }: MarketFacts): Promise<unknown> {
  for await (const entry of store.ledger.entries('demo')) if (entry.kind === 'settlement' && entry.ticker === ticker) return entry;
  return undefined;
}

describe('when a market changes', () => {
  it('one that closes early is told of, pays what it came to, and its resting buys are gone', async () => {
    const { desk, held, resting, next } = await atWork(cloud());
    await desk.quarter();
    const count = (await desk.positions()).get(held.ticker)?.count ?? 0;
    const at = desk.time.now();
    const soon = { closeAt: at + 40 * MINUTE, endsAt: at + 40 * MINUTE, determinedAt: at + 50 * MINUTE, settledAt: at + 60 * MINUTE };
    desk.exchange.amend(held.ticker, soon);
    desk.exchange.amend(resting.ticker, soon);
    const before = (await desk.orders()).find(({ intent, state }) => intent.ticker === resting.ticker && state === 'resting');
    await desk.quarter();
    expect(await desk.subjects()).toContainEqual(expect.stringMatching(`close time changed on ${held.ticker}, which you hold`));
    expect((await desk.orders()).find(({ id }) => id === before?.id)?.state).toBe('cancelled');
    for (let quarter = 0; quarter < 4; quarter++) await desk.quarter();
    const worth = desk.exchange.venue.world.market(held.ticker)?.outcome.yesValue ?? (0 as Price);
    expect(await paid(desk, held)).toMatchObject({ yesValue: worth * 100, paid: worth * count });
    expect((await desk.positions()).has(held.ticker)).toBe(false);
    expect((await desk.orders()).filter(({ intent, state }) => intent.ticker === resting.ticker && state === 'resting')).toEqual([]);
    await expectRecovery({ desk, next });
  });

  it('one that is inactive takes no order, loses what rested, and is traded again when it is active', async () => {
    const { desk, resting, next, other } = await atWork(cloud());
    const at = desk.nextQuarter() - MINUTE;
    for (const { ticker } of [resting, next]) desk.exchange.amend(ticker, { pause: { from: at, to: at + 30 * MINUTE } });
    await wanted(desk, next);
    await desk.quarter();
    await wanted(desk, next);
    await desk.quarter();
    expect(await filled(desk, next)).toBe(0);
    expect((await desk.orders()).filter(({ intent, state }) => intent.ticker === resting.ticker && state === 'resting')).toEqual([]);
    expect((await desk.breaker()).state).toBe('active');
    await wanted(desk, next);
    await desk.quarter();
    expect(await filled(desk, next)).toBeGreaterThan(0);
    expect((await desk.orders()).filter(({ intent, state }) => intent.ticker === resting.ticker && state === 'resting')).toHaveLength(1);
    await expectRecovery({ desk, next: other });
  });

  it('one that is disputed and amended pays once, at the end, what it was amended to', async () => {
    const { desk, held, next } = await atWork(cloud());
    await desk.quarter();
    const count = (await desk.positions()).get(held.ticker)?.count ?? 0;
    const at = desk.time.now();
    desk.exchange.amend(held.ticker, {
      ...{ endsAt: at + 5 * MINUTE, determinedAt: at + 10 * MINUTE, settledAt: at + 50 * MINUTE },
      dispute: { from: at + 20 * MINUTE, amendedAt: at + 35 * MINUTE },
      outcome: { result: 'yes', yesValue: 10_000 as Price, said: 'yes after all' },
    });
    const statuses: unknown[] = [];
    for (let quarter = 0; quarter < 3; quarter++) {
      await desk.quarter();
      statuses.push(await statusOf(desk, held));
      expect(await paid(desk, held)).toBeUndefined();
      expect((await desk.positions()).get(held.ticker)?.count).toBe(count);
    }
    expect(statuses).toEqual(['determined', 'disputed', 'amended']);
    await desk.quarter();
    await desk.quarter();
    expect(await paid(desk, held)).toMatchObject({ yesValue: 1_000_000, paid: 10_000 * count });
    await expectRecovery({ desk, next });
  });

  it('one that ends between yes and no pays that part, in whole cents as the exchange does', async () => {
    const { desk, held, next } = await atWork(cloud());
    await desk.quarter();
    const position = (await desk.positions()).get(held.ticker);
    const at = desk.time.now();
    const yesValue = 3_725 as Price;
    desk.exchange.amend(held.ticker, {
      ...{ endsAt: at + 5 * MINUTE, determinedAt: at + 6 * MINUTE, settledAt: at + 7 * MINUTE },
      outcome: { result: 'scalar', yesValue, said: '37.25' },
    });
    await desk.quarter();
    await desk.quarter();
    const revenue = Math.floor(notional(yesValue, position?.count ?? (0 as Contracts)) / 10_000) * 10_000;
    expect(await paid(desk, held)).toMatchObject({ paid: revenue });
    await expectRecovery({ desk, next });
  });

  it('prices that get coarser take a resting buy off that no longer fits, and the next one fits', async () => {
    const { desk, held, resting, next } = await atWork(cloud());
    await desk.quarter();
    const before = (await desk.orders()).find(({ intent }) => intent.ticker === resting.ticker);
    const step = 700;
    expect((before?.intent.price ?? 0) % step).not.toBe(0);
    const ranges = [{ start: 0, end: 10_000, step }] as unknown as ReturnType<typeof rangesOf>;
    for (const { ticker } of [held, resting]) desk.exchange.amend(ticker, { structure: 'drill', ranges });
    await desk.quarter();
    expect((await desk.orders()).find(({ id }) => id === before?.id)?.state).toBe('cancelled');
    expect(await desk.subjects()).toContain(`price steps changed on ${held.ticker}, which you hold`);
    await desk.quarter();
    const after = (await desk.orders()).filter(({ intent }) => intent.ticker === resting.ticker);
    for (const { id, intent } of after) if (id !== before?.id) expect(intent.price % step).toBe(0);
    expect((await desk.breaker()).state).toBe('active');
    await expectRecovery({ desk, next });
  });

  it('prices that get coarser while an order is on its way refuse it, with the reason and what to do', async () => {
    const { desk, next, other } = await atWork(cloud());
    desk.exchange.faults.set('tick-change:1');
    const { world } = desk.exchange.venue;
    const fine = quietMarkets(world, desk.nextQuarter()).find(
      (market) => (world.ladder(market, desk.nextQuarter(), 1).asks[0]?.price ?? 0) % 100 !== 0,
    );
    if (!fine) throw new Error('no quiet market asks a part of a cent. Fix: choose another seed');
    await wanted(desk, fine);
    await desk.quarter();
    const [order] = (await desk.orders()).filter(({ intent }) => intent.ticker === fine.ticker);
    desk.exchange.faults.set('none');
    expect(order).toMatchObject({
      state: 'rejected',
      detail: expect.stringMatching(/^invalid_price.* Fix: send a price on the market's own grid/),
    });
    expect(await desk.subjects()).toContain(`order rejected, invalid_price, ${fine.ticker}`);
    expect(await filled(desk, fine)).toBe(0);
    await expectRecovery({ desk, next: fine.event === next.event ? other : next });
  });
});

async function statusOf({ exchange, time }: OutageDesk, { ticker }: MarketFacts): Promise<unknown> {
  const host = 'http://127.0.0.1/trade-api/v2';
  const response = await exchange.fetch(new Request(`${host}/markets/${ticker}?at=${time.now()}`));
  return ((await response.json()) as { readonly market: { readonly status: string } }).market.status;
}
