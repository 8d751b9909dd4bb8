import type { Board } from '../domain/board.ts';
import type { Book } from '../domain/book.ts';
import type { Ledger } from '../domain/ledger.ts';
import type { Marks } from '../domain/metrics/mark.ts';
import type { Millis } from '../domain/money.ts';
import { marksOf } from '../domain/risk/make-book-view.ts';
import type { MarketData } from '../ports/exchange.ts';
import type { RecordStore } from '../ports/store.ts';
import { emptyBoard } from './book-facts.ts';
import type { HeldMarkets } from './held-markets.ts';
import { heldMarkets } from './held-markets.ts';
import { unlessExchange } from './unless-exchange.ts';

/** What is known of the markets a book holds. */
export interface HoldingsLook {
  readonly marks: Marks;
  /** Whether the exchange did not answer, so that all this is what it said last; `at` is then undefined if it never did. */
  readonly stale: boolean;
  readonly at: Millis | undefined;
  closesAt(ticker: string): Millis | undefined;
  /** Whether at most one market of the event can end YES; undefined where nobody says. */
  exclusive(ticker: string): boolean | undefined;
}

export interface HoldingsIo {
  readonly store: { readonly records: RecordStore };
  readonly market: Pick<MarketData, 'quotes'>;
}

/**
 * Quotes of what a book holds, and of `others`; nothing is asked where that is nothing. A report is wanted most while the exchange
 * does not answer: then what was last seen has to do, and says so.
 */
export async function lookAtHoldings(
  { store, market }: HoldingsIo,
  book: Book,
  ledger: Ledger,
  now: Millis,
  others: readonly string[] = [],
): Promise<HoldingsLook> {
  const tickers = [...new Set([...ledger.positions.keys(), ...others])];
  const board = tickers.length === 0 ? emptyBoard(now) : await market.quotes(tickers).catch(unlessExchange);
  return board ? seenNow(board, ledger) : seenBefore(await heldMarkets(store, book), ledger);
}

function seenNow(board: Board, ledger: Ledger): HoldingsLook {
  const find = <T>(ticker: string, read: (row: number) => T) => {
    const row = board.rowOf(ticker);
    return row === undefined ? undefined : read(row);
  };
  return {
    ...{ marks: marksOf(ledger, board), stale: false, at: board.at },
    exclusive: (ticker) => find(ticker, (row) => board.terms(row).mutuallyExclusive),
    closesAt: (ticker) => {
      const close = find(ticker, (row) => board.knownClose(row));
      return close === undefined || Number.isNaN(close) ? undefined : close;
    },
  };
}

function seenBefore(seen: HeldMarkets | undefined, ledger: Ledger): HoldingsLook {
  return {
    ...{ marks: new Map([...ledger.positions.keys()].map((ticker) => [ticker, seen?.markets[ticker]?.bid])), stale: true, at: seen?.at },
    exclusive: () => undefined,
    closesAt: (ticker) => seen?.markets[ticker]?.closesAt,
  };
}
