import type { Account } from '../fees.ts';
import type { Contracts, Price, Usd } from '../money.ts';

/** What the user allows. Shares are of the bankroll: equity at executable bids, but at most `capitalMax`. */
export interface RiskLimits {
  readonly account: Account;
  /** At most this much of the account is the bankroll; undefined is all of it. */
  readonly capitalMax: Usd | undefined;
  /** Share of the bankroll that stays cash. */
  readonly cashReserve: number;
  readonly perMarket: number;
  readonly perEvent: number;
  readonly perCategory: number;
  /** Share of what is displayed at or below the limit that one order may take. */
  readonly depth: number;
  readonly maxPositions: number;
  /** Share of Kelly's stake; never more than 1. */
  readonly kellyFraction: number;
  /** Seed 001 sizes without fees. Wrong: it over-bets by half near the money. Off. */
  readonly ignoreFees: boolean;
  /** Most dollars in one order, for a first live step; undefined is no such cap. */
  readonly maxOrder: Usd | undefined;
  readonly maxDrawdown: number;
  readonly dailyLossShare: number;
  readonly dailyLossUsd: Usd;
  readonly losingStreak: number;
  readonly maxQuoteAgeSeconds: number;
  /** No entries on an account that was last read longer ago. */
  readonly maxDataAgeSeconds: number;
  /** Most a limit may lie above the ask seen when deciding. */
  readonly maxSlippage: Price;
  /** Times an entry that rests may be re-pegged; 0 leaves it where it was put. */
  readonly repegs: number;
  /** What a re-peg bids over the best bid, at least a tick. Source: seed 003. */
  readonly improvement: Price;
  /** Least seconds an order rests between re-pegs. */
  readonly repegSeconds: number;
  /** Contracts of one strategy and shard that may match within 15 seconds; undefined is no order group. */
  readonly groupContracts: Contracts | undefined;
  /** What a signal must promise over a held position, as a share, for that to be left for it; undefined never leaves one. */
  readonly rotation: number | undefined;
  readonly allow: Selection;
  readonly deny: Selection;
  /** Markets this run may enter, whatever the lists allow beside them; undefined: as the lists say. */
  readonly only?: readonly string[] | undefined;
  /** Series whose prohibitions the user has read and is not subject to. */
  readonly acknowledgedSeries: readonly string[];
}

/** Markets by category, series or ticker. An empty allow list allows all. */
export interface Selection {
  readonly categories: readonly string[];
  readonly series: readonly string[];
  readonly tickers: readonly string[];
}
