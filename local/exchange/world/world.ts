import type { MarketResult, PriceRange } from '../../../shared/domain/market.ts';
import type { Contracts, Millis, Price } from '../../../shared/domain/money.ts';

/** A family of events with one set of rules and one fee. */
export interface SeriesFacts {
  readonly ticker: string;
  readonly title: string;
  readonly category: string;
  readonly frequency: string;
  readonly tags: readonly string[];
  /** As the exchange names it; not every name is one that a client knows. */
  readonly feeType: string;
  readonly feeMultiplier: number;
  readonly feeChanges: readonly { readonly at: Millis; readonly feeType: string; readonly feeMultiplier: number }[];
  readonly shard: number;
  readonly combo: boolean;
}

export interface EventFacts {
  readonly ticker: string;
  readonly series: SeriesFacts;
  readonly title: string;
  readonly subTitle: string;
  readonly mutuallyExclusive: boolean;
  readonly strikeAt: Millis;
  readonly feeOverride?: { readonly feeType: string; readonly feeMultiplier: number };
  readonly markets: readonly MarketFacts[];
}

export interface MarketTimes {
  readonly createdAt: Millis;
  readonly openAt: Millis;
  /** As scheduled. */
  readonly closeAt: Millis;
  /** When trading really ends: before `closeAt` where the outcome is known early. */
  readonly endsAt: Millis;
  readonly determinedAt: Millis;
  /** First said wrong, then contested and put right. */
  readonly dispute?: { readonly from: Millis; readonly amendedAt: Millis };
  readonly settledAt: Millis;
  /** Trading paused in between; cancels all resting orders when it ends. */
  readonly pause?: { readonly from: Millis; readonly to: Millis };
}

export interface MarketFacts extends MarketTimes {
  /** What its world knows it by; stays when other facts are amended. */
  readonly origin: object;
  readonly ticker: string;
  readonly event: EventFacts;
  /** A number from which everything of this market's chance is drawn. */
  readonly word: number;
  readonly yesSubTitle: string;
  readonly strikeType: string;
  readonly floor?: number;
  readonly cap?: number;
  readonly structure: string;
  readonly ranges: readonly PriceRange[];
  readonly canCloseEarly: boolean;
  readonly timerSeconds: number;
  readonly outcome: { readonly result: MarketResult; readonly yesValue: Price; readonly said: string };
}

export interface Level {
  readonly price: Price;
  readonly count: Contracts;
}

/** Both sides in YES prices, best first. */
export interface Ladder {
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

/** A trade of others: `buy` takes from the asks. */
export interface BackgroundTrade {
  readonly id: string;
  readonly at: Millis;
  readonly price: Price;
  readonly count: Contracts;
  readonly buy: boolean;
}

export interface Activity {
  readonly volume: Contracts;
  readonly volume24h: Contracts;
  readonly openInterest: Contracts;
  readonly last: Price | undefined;
}

/** Where an event stands in the order of listing; a cursor. */
export type Position = readonly [series: number, event: number];

/** Which events to list: by creation, and settled no earlier than. Bounds are inclusive; a missing bound is none. */
export interface EventRange {
  readonly createdFrom?: Millis;
  readonly createdTo: Millis;
  readonly settledFrom: Millis;
  readonly series?: string;
}

/** What is traded, and what everybody but the members of this exchange does. A function of time: nothing in it changes. */
export interface World {
  /** Nothing that settled before is known. */
  readonly earliest: Millis;
  /** When the world begins for its members. */
  readonly start: Millis;
  readonly series: readonly SeriesFacts[];
  seriesOf(ticker: string): SeriesFacts | undefined;
  events(range: EventRange, from?: Position): Iterable<readonly [Position, EventFacts]>;
  event(ticker: string): EventFacts | undefined;
  market(ticker: string): MarketFacts | undefined;
  /** The book of others at `at`, at most `depth` levels a side; empty outside trading. */
  ladder(market: MarketFacts, at: Millis, depth?: number): Ladder;
  /** When that book next changes; at most `endsAt`. */
  nextChange(market: MarketFacts, at: Millis): Millis;
  /** Trades of others after `from` up to and including `to`, in time order. */
  trades(market: MarketFacts, from: Millis, to: Millis): readonly BackgroundTrade[];
  activity(market: MarketFacts, at: Millis): Activity;
}
