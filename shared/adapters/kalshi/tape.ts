import { DepthBook } from '../../domain/depth-book.ts';
import type { Contracts, Millis, Price } from '../../domain/money.ts';
import type { PublicTrade } from '../../ports/market-stream.ts';
import type { Tape, TapeCount, TapeListener } from '../../ports/tape.ts';
import { applyDelta, applySnapshot, type BookPayload } from './book-message.ts';
import { scaledDecimal } from './decimal.ts';
import { DeltaLine } from './delta-line.ts';

interface TapeLine {
  readonly recv_ms: Millis;
  readonly event: { readonly type: string; readonly sid: number; readonly seq?: number; readonly msg: BookPayload };
}

type Counts = { -readonly [Name in keyof TapeCount]: number };

/**
 * A recorded stream, one message a line: `{"recv_ms":…,"event":{"type","sid","seq","msg"}}`. Levels of NO are in NO's
 * price, as the exchange sends them unless asked. `seq` is shared by all markets of a subscription, so only a fall without
 * a snapshot shows that something is missing.
 */
export function readTape(name: string, text: string): Tape {
  return { name, play: (listener) => play(text, listener) };
}

function play(text: string, listener: TapeListener): TapeCount {
  const counts: Counts = { messages: 0, snapshots: 0, deltas: 0, trades: 0, negativeLevels: 0, crossedBooks: 0, gaps: 0, unreadable: 0 };
  const playing: Playing = { books: new Map(), last: undefined, lastSeq: new Map(), listener, counts };
  const delta = new DeltaLine();
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    if (delta.read(text, start, end)) playDelta(delta, playing);
    else playLine(parseLine(text.slice(start, end)), playing);
    start = end + 1;
  }
  for (const book of playing.books.values()) {
    counts.negativeLevels += book.negativeLevels;
    counts.crossedBooks += book.crossedBooks;
  }
  return counts;
}

interface Playing {
  readonly books: Map<string, DepthBook>;
  /** Of the last message: the next is mostly of the same market. */
  last: DepthBook | undefined;
  /** By subscription. */
  readonly lastSeq: Map<number, number>;
  readonly listener: TapeListener;
  readonly counts: Counts;
}

function playDelta({ at, sid, seq, ticker, side, price, delta }: DeltaLine, playing: Playing): void {
  playing.counts.messages++;
  const book = bookOf(ticker, playing);
  passDelta(book, sid, seq, playing);
  book.change(side, price, delta, at);
  if (!book.stale) playing.listener.book(book, at);
}

/** Any line that is not in the usual form of a delta. */
function playLine(line: TapeLine | undefined, playing: Playing): void {
  const { counts, lastSeq, listener } = playing;
  if (line === undefined) {
    counts.unreadable++;
    return;
  }
  counts.messages++;
  const { recv_ms: at, event } = line;
  if (event.type === 'trade') {
    playTrade(line, listener, counts);
    return;
  }
  const book = bookOf(String(event.msg.market_ticker), playing);
  if (event.type === 'orderbook_snapshot') {
    counts.snapshots++;
    lastSeq.set(event.sid, event.seq ?? 0);
    if (applySnapshot(book, event.msg, 'no', at) === 'unreadable') counts.unreadable++;
  } else if (event.type === 'orderbook_delta') {
    passDelta(book, event.sid, event.seq ?? 0, playing);
    if (applyDelta(book, event.msg, 'no', at) === 'unreadable') counts.unreadable++;
  } else return;
  if (!book.stale) listener.book(book, at);
}

function passDelta(book: DepthBook, sid: number, seq: number, { counts, lastSeq }: Playing): void {
  counts.deltas++;
  if (seq < (lastSeq.get(sid) ?? 0)) {
    counts.gaps++;
    book.stale = true;
  }
  lastSeq.set(sid, seq);
}

function bookOf(ticker: string, playing: Playing): DepthBook {
  if (playing.last?.ticker === ticker) return playing.last;
  const book = playing.books.get(ticker) ?? new DepthBook(ticker);
  playing.books.set(ticker, book);
  playing.last = book;
  return book;
}

function playTrade({ recv_ms: at, event: { msg } }: TapeLine, listener: TapeListener, counts: Counts): void {
  const trade = tradeOf(msg, at);
  if (!trade) {
    counts.unreadable++;
    return;
  }
  counts.trades++;
  listener.trade(trade, at);
}

function tradeOf(msg: BookPayload, at: Millis): PublicTrade | undefined {
  const price = scaledDecimal(msg.yes_price_dollars, 4);
  const count = scaledDecimal(msg.count_fp, 2);
  const taker = msg.taker_outcome_side;
  if (Number.isNaN(price) || Number.isNaN(count) || (taker !== 'yes' && taker !== 'no') || typeof msg.trade_id !== 'string')
    return undefined;
  const ts = typeof msg.ts_ms === 'number' ? msg.ts_ms : at;
  return { id: msg.trade_id, ticker: String(msg.market_ticker), at: ts, price: price as Price, count: count as Contracts, taker };
}

function parseLine(text: string): TapeLine | undefined {
  try {
    const line = JSON.parse(text) as Partial<TapeLine> | null;
    return typeof line?.recv_ms === 'number' && typeof line.event?.msg === 'object' && line.event.msg !== null
      ? (line as TapeLine)
      : undefined;
  } catch {
    return undefined;
  }
}
