import type { EventFacts, MarketFacts, World } from './world.ts';

export type MarketAmendment = Partial<Omit<MarketFacts, 'origin' | 'ticker' | 'event' | 'word'>>;

export interface AmendableWorld extends World {
  /** Changes facts of a market from now on, as the exchange itself sometimes does. Returns the market before and after. */
  amend(ticker: string, change: MarketAmendment): { readonly before: MarketFacts; readonly after: MarketFacts };
}

/** A world whose markets can be told to pause, close early, change their prices' grid or end otherwise. */
export function amendableWorld(world: World): AmendableWorld {
  const changes = new Map<string, MarketAmendment>();
  const amended = new Map<string, EventFacts>();
  const seen = (event: EventFacts): EventFacts => amended.get(event.ticker) ?? event;
  const event = (ticker: string) => amended.get(ticker) ?? world.event(ticker);
  const market = (ticker: string) => {
    const plain = world.market(ticker);
    return plain && changes.has(ticker) ? event(plain.event.ticker)?.markets.find((other) => other.ticker === ticker) : plain;
  };
  return {
    ...world,
    *events(range, from) {
      for (const [position, found] of world.events(range, from)) yield [position, seen(found)];
    },
    event,
    market,
    amend(ticker, change) {
      const plain = world.market(ticker);
      const before = market(ticker);
      if (!plain || !before) throw new Error(`market ${ticker}: not in this world. Fix: give a ticker that GET /markets lists`);
      changes.set(ticker, { ...changes.get(ticker), ...change });
      amended.set(plain.event.ticker, amendedEvent(plain.event, changes));
      return { before, after: market(ticker) ?? before };
    },
  };
}

function amendedEvent(plain: EventFacts, changes: ReadonlyMap<string, MarketAmendment>): EventFacts {
  const event: EventFacts & { markets: readonly MarketFacts[] } = { ...plain };
  event.markets = plain.markets.map((market) => ({ ...market, ...changes.get(market.ticker), event }));
  return event;
}
