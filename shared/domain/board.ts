import type { MarketStatus, MarketTerms } from './market.ts';
import { marketStatuses } from './market.ts';
import type { Contracts, Millis, Price } from './money.ts';

/**
 * Every market of one moment, in columns: row i of each column is one market. A scan is a board; a live quote is one
 * row of a board that stays. Prices are `Price` and counts `Contracts` integers in doubles; NaN is unknown, so a
 * comparison with it is never true.
 */
export interface Board {
  at: Millis;
  readonly rows: number;
  readonly ticker: readonly string[];
  readonly event: readonly string[];
  readonly series: readonly string[];
  /** Index into `marketStatuses`. */
  readonly status: Uint8Array;
  /** Highest YES bid; a bid at 0 is no bid. */
  readonly bid: Float64Array;
  /** Lowest YES ask; an ask at 1 is no ask. */
  readonly ask: Float64Array;
  readonly bidSize: Float64Array;
  readonly askSize: Float64Array;
  readonly volume: Float64Array;
  readonly volume24h: Float64Array;
  readonly openInterest: Float64Array;
  readonly last: Float64Array;
  /** Close time as filters may see it, in ms. */
  readonly closeTime: Float64Array;
  /** When the quote was seen, in ms. */
  readonly quotedAt: Float64Array;
  /** Median executable YES mid of the hour a day and a week ago (see PriceHistory); NaN when nothing was recorded then. */
  dayAgo(row: number): number;
  weekAgo(row: number): number;
  /** Row of a market; undefined when the board does not have it. */
  rowOf(ticker: string): number | undefined;
  /** Rows of the same event, this one included. */
  siblings(row: number): readonly number[];
  /** Columns that this source never has: a check that needs one is not applicable here, and the summary says so. */
  readonly lacks: ReadonlySet<BoardColumn>;
  /** What orders need beyond the quote; called for the few rows that matter. */
  terms(row: number): MarketTerms;
  /** Close time as strategies and exits may see it: unknown where the source leaks it. */
  knownClose(row: number): number;
}

/** Facts a recording may lack as a whole. Live data lacks none: what is missing there is unknown. */
export type BoardColumn = 'depth' | 'category' | 'shard' | 'prohibitions' | 'exchangeStatus' | 'positionLimit';

export const ACTIVE = marketStatuses.indexOf('active' satisfies MarketStatus);

/** Twice the YES mid, so that it stays an integer; NaN without both sides. */
export function doubleMid(board: Board, row: number): number {
  const bid = board.bid[row] ?? Number.NaN;
  const ask = board.ask[row] ?? Number.NaN;
  return bid > 0 && ask < 10_000 ? bid + ask : Number.NaN;
}

/** One side's best executable prices; undefined where there is none. */
export interface Quote {
  readonly at: Millis;
  readonly bid: Price | undefined;
  readonly ask: Price | undefined;
  readonly bidSize: Contracts | undefined;
  readonly askSize: Contracts | undefined;
}

/** The quote of a row as the holder of `side` sees it: NO's bid is 1 − YES's ask. */
export function heldQuote(board: Board, row: number, side: 'yes' | 'no'): Quote {
  const bid = known(board.bid[row], (price) => price > 0);
  const ask = known(board.ask[row], (price) => price < 10_000);
  const bidSize = known(board.bidSize[row]);
  const askSize = known(board.askSize[row]);
  const at = board.quotedAt[row] ?? board.at;
  if (side === 'yes') return { at, bid: bid as Price, ask: ask as Price, bidSize: bidSize as Contracts, askSize: askSize as Contracts };
  const flip = (price: number | undefined) => (price === undefined ? undefined : 10_000 - price) as Price | undefined;
  return { at, bid: flip(ask), ask: flip(bid), bidSize: askSize as Contracts, askSize: bidSize as Contracts };
}

/** What a holder of `side` could sell at: the bid of heldQuote, without making the rest of it. */
export function heldBid(board: Board, row: number, side: 'yes' | 'no'): Price | undefined {
  const bid = side === 'yes' ? board.bid[row] : 10_000 - (board.ask[row] ?? Number.NaN);
  return bid !== undefined && bid > 0 ? (bid as Price) : undefined;
}

function known(value: number | undefined, valid: (value: number) => boolean = () => true): number | undefined {
  return value === undefined || Number.isNaN(value) || !valid(value) ? undefined : value;
}
