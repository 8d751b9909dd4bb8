import type { Board } from '../domain/board.ts';
import type { Fill } from '../domain/fill.ts';
import type { MarketOutcome } from '../domain/market.ts';
import type { Contracts, Millis, Price, Side, Usd } from '../domain/money.ts';

/** Public market data. Adapters throw `ExchangeError` (shared/ports/exchange-error.ts); a market that is gone is absent. */
export interface MarketData {
  /**
   * Every open market but combos, page at a time; rows of one board per page, which holds its page until it is let go. The
   * terms are what a market says of itself: fee, category and exclusivity belong to its event and series, see `quotes`.
   */
  scan(signal?: AbortSignal): AsyncIterable<Board>;
  /** Quotes and all terms of some markets now, fees with what is scheduled; more than 100 are fetched in batches. */
  quotes(tickers: readonly string[]): Promise<Board>;
  /** Order books of some markets, at most `depth` levels a side. */
  orderBooks(tickers: readonly string[], depth: number): Promise<ReadonlyMap<string, OrderBook>>;
  /** How markets ended, of those that have. */
  outcomes(tickers: readonly string[]): Promise<readonly MarketOutcome[]>;
  status(): Promise<ExchangeStatus>;
}

/** Resting bids of both sides, best first. An ask of YES is a bid of NO. */
export interface OrderBook {
  readonly ticker: string;
  readonly at: Millis;
  readonly yes: readonly BookLevel[];
  readonly no: readonly BookLevel[];
}

export interface BookLevel {
  readonly price: Price;
  readonly count: Contracts;
}

export interface ExchangeStatus {
  readonly exchangeActive: boolean;
  readonly tradingActive: boolean;
  /** Shards by number; a shard that is not listed is unknown. */
  readonly shards: ReadonlyMap<number, { readonly exchangeActive: boolean; readonly tradingActive: boolean }>;
  readonly estimatedResume?: Millis;
  /** The exchange's clock less ours, ms; 0 while its answers allow that, undefined when they do not name the time. */
  readonly skew: number | undefined;
}

/** The account, as the exchange sees it. Needs a key. */
export interface Account {
  balance(): Promise<AccountBalance>;
  /** Signed count per market: positive YES, negative NO. Not settled. */
  positions(): Promise<readonly AccountPosition[]>;
  fills(since: Millis): Promise<readonly ExchangeFill[]>;
  orders(filter: { readonly ticker?: string; readonly since?: Millis; readonly resting?: boolean }): Promise<readonly ExchangeOrder[]>;
  settlements(since: Millis): Promise<readonly ExchangeSettlement[]>;
  /** How fresh balance, orders, fills and positions are. */
  userDataAsOf(): Promise<Millis>;
  /** Money in (positive) and out (negative), each with an id. */
  transfers(): Promise<readonly { readonly id: string; readonly at: Millis; readonly amount: Usd }[]>;
}

export interface AccountBalance {
  readonly total: Usd;
  /** Cash an order in that shard can use. */
  readonly byShard: ReadonlyMap<number, Usd>;
}

export interface AccountPosition {
  readonly ticker: string;
  readonly shard: number;
  readonly yesCount: number;
}

export type ExchangeFill = Omit<Fill, 'book' | 'origin' | 'event' | 'category' | 'feePredicted' | 'quoted'>;

export interface ExchangeOrder {
  readonly orderId: string;
  readonly clientOrderId: string;
  readonly ticker: string;
  readonly side: Side;
  readonly status: 'resting' | 'canceled' | 'executed';
  readonly price: Price;
  readonly filled: Contracts;
  readonly remaining: Contracts;
  readonly createdAt: Millis | undefined;
}

export interface ExchangeSettlement {
  readonly id: string;
  readonly ticker: string;
  readonly yesValue: Usd;
  readonly at: Millis;
  readonly revenue: Usd;
}
