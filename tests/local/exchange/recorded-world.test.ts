import { expect, it } from 'vitest';
import { recordedWorld } from '../../../local/exchange/world/recorded-world.ts';
import type { MarketFacts, World } from '../../../local/exchange/world/world.ts';
import { describeRecorded } from '../../recorded-data.ts';
import { FRIDAY } from './desk-fixture.ts';

const YEARS = 5 * 365 * 86_400_000;
const marketsOf = (world: World): readonly MarketFacts[] =>
  [...world.events({ createdTo: FRIDAY + YEARS, settledFrom: FRIDAY })].flatMap(([, { markets }]) => markets);

describeRecorded('recorded polls', 'api-shaped-polls', (folder) => {
  it('play as if they began now, with the quotes they had', () => {
    const world = recordedWorld(folder, FRIDAY);
    const markets = marketsOf(world);
    expect(markets.length).toBeGreaterThan(200);
    const open = markets.filter(({ openAt }) => openAt === FRIDAY);
    expect(world.ladder(open[0] as MarketFacts, FRIDAY).bids[0]).toEqual({ price: 3_200, count: 10_000 });
    expect(world.ladder(open[0] as MarketFacts, FRIDAY - 1)).toEqual({ bids: [], asks: [] });
  });

  it('never quote a crossed book', () => {
    const world = recordedWorld(folder, FRIDAY);
    for (const market of marketsOf(world)) {
      for (let at = market.openAt; at < market.endsAt; at = world.nextChange(market, at)) {
        const { bids, asks } = world.ladder(market, at, 1);
        expect(bids[0]?.price ?? 0).toBeLessThan(asks[0]?.price ?? 10_000);
      }
    }
  });
});

describeRecorded('a recorded panel', 'settled-panel', (folder) => {
  it('keeps results and close times of the exchange', () => {
    const markets = marketsOf(recordedWorld(folder, FRIDAY));
    expect(markets.length).toBeGreaterThan(1_000);
    const paid = markets.filter(({ outcome }) => outcome.result === 'yes').length;
    expect(paid / markets.length).toBeGreaterThan(0.1);
    expect(paid / markets.length).toBeLessThan(0.4);
  });
});

describeRecorded('recorded order books', 'gold15m-l2', (folder) => {
  it('show the book of any time, and their trades', () => {
    const world = recordedWorld(folder, FRIDAY);
    const market = marketsOf(world)[0] as MarketFacts;
    const at = market.openAt + 600_000;
    const there = world.ladder(market, at);
    expect(there.bids.length).toBeGreaterThan(10);
    expect(there.bids[0]?.price ?? 0).toBeLessThan(there.asks[0]?.price ?? 0);
    world.ladder(market, market.endsAt - 1);
    expect(world.ladder(market, at)).toEqual(there);
    expect(world.trades(market, market.openAt, market.endsAt).length).toBeGreaterThan(100);
  });
});
