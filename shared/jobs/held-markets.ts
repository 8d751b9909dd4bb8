import type { Board } from '../domain/board.ts';
import { ACTIVE, heldQuote } from '../domain/board.ts';
import type { Book } from '../domain/book.ts';
import type { Ledger } from '../domain/ledger.ts';
import type { Millis, Price } from '../domain/money.ts';
import type { RecordStore } from '../ports/store.ts';

/** What people are shown of a market they hold. */
export interface HeldMarket {
  readonly title?: string;
  /** Best bid of the side held; absent where nobody bids. */
  readonly bid?: Price;
  readonly closesAt?: Millis;
}

export interface HeldMarkets {
  readonly at: Millis;
  readonly markets: Readonly<Record<string, HeldMarket>>;
}

interface HeldMarketsIo {
  readonly records: RecordStore;
}

/** Keeps what was just seen of the markets a book holds. */
export async function keepHeldMarkets({ records }: HeldMarketsIo, book: Book, ledger: Ledger, board: Board): Promise<void> {
  const markets = Object.fromEntries(
    [...ledger.positions.values()].flatMap(({ ticker, side }) => {
      const row = board.rowOf(ticker);
      return row === undefined ? [] : [[ticker, heldMarket(board, row, side)]];
    }),
  );
  await records.put('held-markets', book, { at: board.at, markets } satisfies HeldMarkets);
}

/** Undefined before the first sync. */
export async function heldMarkets({ records }: HeldMarketsIo, book: Book): Promise<HeldMarkets | undefined> {
  return (await records.get('held-markets', book)) as HeldMarkets | undefined;
}

function heldMarket(board: Board, row: number, side: 'yes' | 'no'): HeldMarket {
  const { title } = board.terms(row);
  const bid = board.status[row] === ACTIVE ? heldQuote(board, row, side).bid : undefined;
  const closesAt = board.knownClose(row);
  return {
    ...(title === undefined ? {} : { title }),
    ...(bid === undefined ? {} : { bid }),
    ...(Number.isNaN(closesAt) ? {} : { closesAt }),
  };
}
