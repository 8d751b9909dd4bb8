import { describe, expect, it } from 'vitest';
import { mix, share } from '../../../local/exchange/world/chance.ts';
import { generatedWorld } from '../../../local/exchange/world/generated-world.ts';
import { onGrid } from '../../../local/exchange/world/grid.ts';
import { feeTermsAt, statusAt } from '../../../local/exchange/world/market-state.ts';
import type { EventFacts, MarketFacts, World } from '../../../local/exchange/world/world.ts';
import { feePerContract } from '../../../shared/domain/fees.ts';
import type { Price } from '../../../shared/domain/money.ts';
import { FRIDAY } from './desk-fixture.ts';

const DAY = 86_400_000;
const worldOf = (seed: number, markets: number) => generatedWorld({ seed, markets, start: FRIDAY, pastDays: 30 });
const eventsOf = (world: World, at = FRIDAY): readonly EventFacts[] =>
  [...world.events({ createdTo: at, settledFrom: at })].map(([, event]) => event);
const openIn = (world: World) =>
  eventsOf(world)
    .filter(({ series }) => !series.combo)
    .flatMap(({ markets }) => markets)
    .filter((market) => statusAt(market, FRIDAY) === 'active');
const midOf = (world: World, market: MarketFacts, at: number) => {
  const { bids, asks } = world.ladder(market, at, 1);
  return ((bids[0]?.price ?? 0) + (asks[0]?.price ?? 10_000)) / 2;
};

describe('a generated world', () => {
  it.each([1, 37, 250, 5_000])('has exactly %i open markets at its start, combos apart', (markets) => {
    const open = openIn(worldOf(3, markets));
    expect(open).toHaveLength(markets);
    expect(new Set(open.map(({ ticker }) => ticker)).size).toBe(markets);
  });

  it('says the same whenever and in whatever order it is asked', () => {
    const [first, second] = [worldOf(5, 300), worldOf(5, 300)];
    const tickers = openIn(first).map(({ ticker }) => ticker);
    const told = (world: World, ticker: string) => {
      const market = world.market(ticker);
      return market && [world.ladder(market, FRIDAY + DAY), world.activity(market, FRIDAY), market.outcome];
    };
    expect(
      tickers
        .toReversed()
        .map((ticker) => told(second, ticker))
        .toReversed(),
    ).toEqual(tickers.map((ticker) => told(first, ticker)));
  });

  it('finds every market it lists by its ticker, and nothing by another', () => {
    const world = worldOf(6, 300);
    for (const market of openIn(world)) expect(world.market(market.ticker)?.ticker).toBe(market.ticker);
    for (const ticker of ['', 'KX', 'KXGAMEB-26NOV20', 'KXGAMEB-99XXX99-A', 'nonsense-A-B']) expect(world.market(ticker)).toBeUndefined();
  });

  it('quotes on the grid of the market, the bid below the ask', () => {
    const world = worldOf(8, 1_000);
    for (const market of openIn(world)) {
      const { bids, asks } = world.ladder(market, FRIDAY);
      for (const { price } of [...bids, ...asks]) expect(onGrid(price, market.ranges)).toBe(true);
      expect(bids[0]?.price ?? 0).toBeLessThan(asks[0]?.price ?? 10_000);
    }
  });

  it('pays at most one market of an exclusive event, and a ladder from one end', () => {
    for (const event of eventsOf(worldOf(9, 2_000))) {
      const paid = event.markets.map(({ outcome }) => outcome.yesValue as number);
      if (event.mutuallyExclusive) expect(paid.reduce((sum, value) => sum + value, 0)).toBeLessThanOrEqual(10_000);
      else expect(paid).toEqual(paid.toSorted((a, b) => b - a));
    }
  });

  it('has games that tie and pay half, contested results, pauses, every fee and every shard', () => {
    const events = eventsOf(worldOf(10, 5_000));
    const markets = events.flatMap((event) => event.markets);
    expect(markets.some(({ outcome }) => outcome.result === 'scalar')).toBe(true);
    expect(markets.some(({ dispute }) => dispute)).toBe(true);
    expect(markets.some(({ pause }) => pause)).toBe(true);
    expect(new Set(events.map(({ series }) => series.shard))).toEqual(new Set([0, 1, 2, 3]));
    expect(new Set(events.map(({ series }) => series.feeType)).size).toBe(3);
    expect(new Set(markets.map(({ structure }) => structure)).size).toBeGreaterThan(5);
  });

  it('tells as many contracts in its trades as in its volume', () => {
    const world = worldOf(11, 200);
    for (const market of openIn(world).slice(0, 60)) {
      const from = Math.max(market.openAt, FRIDAY - 2 * 3_600_000);
      const step = world.nextChange(market, from);
      const traded = world.trades(market, step - 1, FRIDAY).reduce((sum, { count }) => sum + count, 0);
      const before = world.activity(market, step).volume;
      const told = world.activity(market, world.nextChange(market, FRIDAY)).volume - before;
      expect(traded).toBeLessThanOrEqual(told);
      expect(traded).toBeGreaterThanOrEqual(world.activity(market, FRIDAY).volume - before - 0.5);
    }
  });

  it('goes on: what closes is settled, and new events open', () => {
    const world = worldOf(12, 1_000);
    const later = FRIDAY + 10 * DAY;
    const open = eventsOf(world, later)
      .flatMap(({ markets }) => markets)
      .filter((market) => statusAt(market, later) === 'active');
    expect(open.length).toBeGreaterThan(600);
    expect(open.filter(({ openAt }) => openAt > FRIDAY).length).toBeGreaterThan(100);
  });

  it('has a fair price that nobody can beat by chance: what random traders make is minus spread and fees', () => {
    const seeds = Array.from({ length: 1_000 }, (_, index) => randomTraders(worldOf(index * 7_919 + 1, 40), index));
    for (const excess of [seeds.map(({ held }) => held), seeds.map(({ sold }) => sold)]) {
      const mean = excess.reduce((sum, value) => sum + value, 0) / excess.length;
      const variance = excess.reduce((sum, value) => sum + (value - mean) ** 2, 0) / excess.length;
      expect(Math.sqrt(variance / excess.length)).toBeLessThan(60);
      expect(Math.abs(mean)).toBeLessThan(2 * Math.sqrt(variance / excess.length));
    }
  });

  it('gives resting orders no edge either: those who trade against them know where the price goes', () => {
    const gains: number[] = [];
    for (let seed = 1; seed <= 120; seed++) {
      const world = worldOf(seed * 104_729, 40);
      for (const event of eventsOf(world)) {
        const [market] = event.markets;
        const soon = market && Math.max(FRIDAY, FRIDAY + (market.endsAt - FRIDAY) / 50);
        const trade = market && soon && world.trades(market, FRIDAY, soon)[0];
        if (market && trade) gains.push(trade.buy ? trade.price - market.outcome.yesValue : market.outcome.yesValue - trade.price);
      }
    }
    const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
    const error = Math.sqrt(gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0)) / gains.length;
    expect(gains.length).toBeGreaterThan(500);
    expect(mean).toBeLessThan(2 * error);
  });
});

/**
 * One trade in each event, on either side. What is left of their mean P&L (ten-thousandths a contract) once half the spread and the
 * fee are added back: held to the end, and marked at the middle at some time before.
 */
function randomTraders(world: World, seed: number): { readonly held: number; readonly sold: number } {
  const trades = eventsOf(world).flatMap((event, index) => randomTrade(world, event, mix(seed, index)) ?? []);
  const mean = (of: (trade: { readonly held: number; readonly sold: number }) => number) =>
    trades.reduce((sum, trade) => sum + of(trade), 0) / trades.length;
  return { held: mean(({ held }) => held), sold: mean(({ sold }) => sold) };
}

function randomTrade(world: World, event: EventFacts, word: number): { readonly held: number; readonly sold: number } | undefined {
  const quotes = event.markets
    .map((market) => ({ market, ...world.ladder(market, FRIDAY, 1) }))
    .filter(({ bids, asks }) => bids.length > 0 && asks.length > 0);
  const quoted = quotes[mix(word, 1) % quotes.length];
  const terms = feeTermsAt(event, FRIDAY);
  const [bid, ask] = [quoted?.bids[0]?.price ?? 0, quoted?.asks[0]?.price ?? 0];
  if (!quoted || !terms || event.series.combo) return undefined;
  const yes = share(mix(word, 2)) < 0.5;
  const cost = (yes ? ask : 10_000 - bid) as Price;
  const fee = feePerContract(cost, 'taker', terms, FRIDAY) * 10_000;
  const pnl = (worth: number) => (yes ? worth : 10_000 - worth) - cost - fee;
  const later = FRIDAY + share(mix(word, 3)) * (quoted.market.endsAt - FRIDAY) * 0.95;
  const back = (ask - bid) / 2 + fee;
  return { held: pnl(quoted.market.outcome.yesValue) + back, sold: pnl(midOf(world, quoted.market, later)) + back };
}
