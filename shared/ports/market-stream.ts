import type { DepthBook } from '../domain/depth-book.ts';
import type { MarketResult, PriceRange } from '../domain/market.ts';
import type { Contracts, Millis, Price, Side, Usd } from '../domain/money.ts';
import type { ExchangeFill, ExchangeOrder } from './exchange.ts';

/** What can be watched; the last two are the account's own. Lifecycle is of all markets. */
export const channels = ['books', 'trades', 'quotes', 'lifecycle', 'fills', 'orders'] as const;
export type Channel = (typeof channels)[number];

/** Changes as they happen. Whatever is missed is said: a book goes stale, a gap in another channel is an event. */
export interface MarketStream {
  /** Starts watching; books need tickers, trades and quotes take them or all. Survives reconnects. */
  watch(channel: Channel, tickers?: readonly string[]): void;
  unwatch(channel: Channel, tickers: readonly string[]): void;
  /** The book as it stands; undefined when it is not watched. */
  book(ticker: string): DepthBook | undefined;
  close(): Promise<void>;
}

export type StreamEvent =
  | { readonly kind: 'connected'; readonly at: Millis }
  | { readonly kind: 'disconnected'; readonly at: Millis; readonly detail: string }
  /** A snapshot or change was applied; the book itself lives on and changes. */
  | { readonly kind: 'book'; readonly at: Millis; readonly book: DepthBook }
  /** These books are not to be used until their next `book` event. */
  | { readonly kind: 'stale'; readonly at: Millis; readonly tickers: readonly string[]; readonly detail: string }
  /** Something of this channel was missed: read it from the exchange. */
  | { readonly kind: 'gap'; readonly at: Millis; readonly channel: Channel; readonly detail: string }
  | { readonly kind: 'trade'; readonly at: Millis; readonly trade: PublicTrade }
  | { readonly kind: 'quote'; readonly at: Millis; readonly quote: StreamQuote }
  | { readonly kind: 'fill'; readonly at: Millis; readonly fill: ExchangeFill; readonly clientOrderId: string | undefined }
  | { readonly kind: 'order'; readonly at: Millis; readonly order: ExchangeOrder; readonly reason: string | undefined }
  | { readonly kind: 'lifecycle'; readonly at: Millis; readonly change: LifecycleChange }
  /** The exchange said no; `terminal` means that the stream is over. */
  | {
      readonly kind: 'refused';
      readonly at: Millis;
      readonly code: string;
      readonly detail: string;
      readonly fix: string;
      readonly terminal: boolean;
    };

/** A trade between others. Price is of YES. */
export interface PublicTrade {
  readonly id: string;
  readonly ticker: string;
  readonly at: Millis;
  readonly price: Price;
  readonly count: Contracts;
  /** Which way the taker went. */
  readonly taker: Side;
}

/** Best prices of YES as the exchange sums them up; a bid at 0 and an ask at 1 are none. */
export interface StreamQuote {
  readonly ticker: string;
  readonly bid: Price | undefined;
  readonly ask: Price | undefined;
  readonly bidSize: Contracts | undefined;
  readonly askSize: Contracts | undefined;
  readonly last: Price | undefined;
  readonly volume: Contracts | undefined;
  readonly openInterest: Contracts | undefined;
}

/** Something that changed about a market itself. Only what changed is there. */
export interface LifecycleChange {
  readonly ticker: string;
  /** The exchange's word, from an open list: created, activated, deactivated, close_date_updated, determined, settled, … */
  readonly event: string;
  readonly priceRanges?: readonly PriceRange[];
  readonly openTime?: Millis;
  readonly closeTime?: Millis;
  readonly shard?: number;
  readonly result?: MarketResult;
  /** What one YES pays. */
  readonly yesValue?: Usd;
}
