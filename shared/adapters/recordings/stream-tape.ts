import { DepthBook } from '../../domain/depth-book.ts';
import type { Contracts, Price, Side } from '../../domain/money.ts';
import type { PublicTrade } from '../../ports/market-stream.ts';
import type { Tape, TapeCount, TapeListener } from '../../ports/tape.ts';
import { rowKinds, type StreamRow, unpackStream } from './stream-rows.ts';

/** A recorded piece of a stream as a tape: top ten levels of its books, and its trades. Throws BlobFailure. */
export function streamTape(key: string, bytes: Uint8Array): Tape {
  const { rows, gaps } = unpackStream(key, bytes);
  return { name: key, play: (listener) => play(rows, gaps.length, listener) };
}

/** A market's levels by price, and the book made of them. */
interface Playing {
  readonly book: DepthBook;
  readonly yes: Map<number, number>;
  readonly no: Map<number, number>;
}

function play(rows: readonly StreamRow[], gaps: number, listener: TapeListener): TapeCount {
  const markets = new Map<string, Playing>();
  const count = { messages: 0, snapshots: 0, deltas: 0, trades: 0, unreadable: 0 };
  for (let start = 0, end = 0; start < rows.length; start = end) {
    const first = rows[start] as StreamRow;
    while (rows[end]?.event === first.event && rows[end]?.ticker === first.ticker) end += 1;
    count.messages += 1;
    if (first.kind === rowKinds.tradeYes || first.kind === rowKinds.tradeNo) {
      count.trades += 1;
      listener.trade(tradeOf(first), first.at);
      continue;
    }
    const playing = marketOf(markets, first.ticker);
    if (first.kind === rowKinds.snapshot) count.snapshots += 1;
    else if (first.kind !== rowKinds.stale) count.deltas += 1;
    for (const row of rows.slice(start, end)) change(playing, row);
    if (first.kind === rowKinds.stale) continue;
    playing.book.replace(flat(playing.yes), flat(playing.no), first.at);
    if (!playing.book.stale) listener.book(playing.book, first.at);
  }
  const books = [...markets.values()].map(({ book }) => book);
  const sum = (read: (book: DepthBook) => number) => books.reduce((total, book) => total + read(book), 0);
  return { ...count, gaps, negativeLevels: sum((book) => book.negativeLevels), crossedBooks: sum((book) => book.crossedBooks) };
}

function change({ book, yes, no }: Playing, { kind, price, count }: StreamRow): void {
  if (kind === rowKinds.snapshot || kind === rowKinds.stale) {
    yes.clear();
    no.clear();
    book.stale = true;
    return;
  }
  const levels = kind === rowKinds.yes ? yes : no;
  if (count === 0) levels.delete(price);
  else levels.set(price, count);
}

function marketOf(markets: Map<string, Playing>, ticker: string): Playing {
  const known = markets.get(ticker);
  if (known) return known;
  const fresh: Playing = { book: new DepthBook(ticker), yes: new Map(), no: new Map() };
  markets.set(ticker, fresh);
  return fresh;
}

function flat(levels: ReadonlyMap<number, number>): readonly number[] {
  return [...levels].flat();
}

function tradeOf({ ticker, price, count, kind, id }: StreamRow): PublicTrade {
  const space = id.indexOf(' ');
  const taker: Side = kind === rowKinds.tradeYes ? 'yes' : 'no';
  return { id: id.slice(space + 1), ticker, at: Number(id.slice(0, space)), price: price as Price, count: count as Contracts, taker };
}
