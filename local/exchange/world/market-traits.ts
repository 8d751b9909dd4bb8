import { between, lognormal, mix, share, whole } from './chance.ts';
import { truthOf } from './event-facts.ts';
import type { MarketFacts } from './world.ts';

/** How a generated market is traded, for all its life. Money in ten-thousandths of a dollar, sizes in hundredths of a contract. */
export interface MarketTraits {
  /** Nobody quotes here. */
  readonly dead: boolean;
  /** Spread at a price of one half. */
  readonly spread: number;
  /** Levels on each side of the book. */
  readonly levels: number;
  /** Contracts change hands in lots of this size. */
  readonly lot: number;
  /** Lots over the whole life. */
  readonly lots: number;
  /** What part of the first lot is owed at the opening. */
  readonly phase: number;
  /** Open interest for every contract traded. */
  readonly kept: number;
}

const known = new WeakMap<object, MarketTraits>();

export function traitsOf(market: MarketFacts): MarketTraits {
  const found = known.get(market.origin);
  if (found) return found;
  const { word } = market;
  const { kind } = truthOf(market).plan;
  const lot = Math.max(1, Math.round(lognormal(mix(word, 9), 1_000, 0.6)));
  const traits = {
    dead: share(mix(word, 1)) < 0.04,
    spread: lognormal(mix(word, 2), kind.spread[0] * 10_000, kind.spread[1]),
    levels: whole(mix(word, 6), 4, 24),
    lot,
    lots: lognormal(mix(word, 4), kind.volume * 100, 1.4) / lot,
    phase: share(mix(word, 10)),
    kept: between(mix(word, 5), 0.4, 0.95),
  };
  known.set(market.origin, traits);
  return traits;
}
