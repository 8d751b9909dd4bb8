import type { DepthBook } from '../../domain/depth-book.ts';
import type { Millis, Side } from '../../domain/money.ts';
import type { Blobs } from '../../ports/blobs.ts';
import type { StreamEvent } from '../../ports/market-stream.ts';
import { recordingKey } from './recording-keys.ts';
import { packStream, rowKinds, type StreamGap, type StreamRow } from './stream-rows.ts';

/** Levels of each side that are kept. */
const DEPTH = 10;
/** Rows of one blob; then the next begins, with every book anew, so that each can be read alone. */
const ROWS = 200_000;

type Levels = ReadonlyMap<number, number>;

/** Keeps what a stream says. Blobs are written in the background; a failure is thrown by the next `close`. */
export interface StreamRecorder {
  hear(event: StreamEvent): void;
  /** Writes what is left. Throws BlobFailure when anything could not be written. */
  close(): Promise<void>;
}

/** Records the top ten levels of books, trades, and what was missed, as changes. */
export function recordStream(blobs: Pick<Blobs, 'put'>): StreamRecorder {
  let rows: StreamRow[] = [];
  let gaps: StreamGap[] = [];
  let event = 0;
  let blob = 0;
  let saving: Promise<void> = Promise.resolve();
  const books = new Map<string, Readonly<Record<Side, Levels>>>();
  const save = () => {
    const from = rows[0]?.at ?? gaps[0]?.at;
    if (from === undefined) return;
    const packed = packStream(rows, gaps);
    const key = recordingKey('stream', from, `-${String(blob++).padStart(4, '0')}`);
    saving = saving.then(() => blobs.put(key, packed));
    saving.catch(() => undefined);
    rows = [];
    gaps = [];
    books.clear();
  };
  return {
    hear(heard) {
      event += 1;
      if (heard.kind === 'book') hearBook(heard.book, { at: heard.at, event, books, rows });
      else if (heard.kind === 'trade') rows.push(tradeRow(heard, event));
      else if (heard.kind === 'stale') {
        for (const ticker of heard.tickers) rows.push({ at: heard.at, event, kind: rowKinds.stale, ticker, price: 0, count: 0, id: '' });
        for (const ticker of heard.tickers) books.delete(ticker);
        gaps.push({ at: heard.at, what: `${heard.tickers.join(', ')}: ${heard.detail}` });
      } else if (heard.kind === 'gap' || heard.kind === 'disconnected') gaps.push({ at: heard.at, what: heard.detail });
      if (rows.length >= ROWS) save();
    },
    close() {
      save();
      return saving;
    },
  };
}

interface Hearing {
  readonly at: Millis;
  readonly event: number;
  readonly books: Map<string, Readonly<Record<Side, Levels>>>;
  readonly rows: StreamRow[];
}

/** A book that is new, or was lost, is written whole; after that only levels that are not what they were. */
function hearBook(book: DepthBook, { at, event, books, rows }: Hearing): void {
  const { ticker } = book;
  const before = books.get(ticker);
  if (!before) rows.push({ at, event, kind: rowKinds.snapshot, ticker, price: 0, count: 0, id: '' });
  const now = { yes: top(book, 'yes'), no: top(book, 'no') };
  for (const side of ['yes', 'no'] as const) {
    for (const [price, count] of changes(before?.[side], now[side]))
      rows.push({ at, event, kind: rowKinds[side], ticker, price, count, id: '' });
  }
  books.set(ticker, now);
}

function top(book: DepthBook, side: Side): Levels {
  return new Map(book.levels(side, DEPTH).map(({ price, count }) => [price, count]));
}

function changes(before: Levels | undefined, now: Levels): readonly (readonly [number, number])[] {
  const gone = [...(before?.keys() ?? [])].filter((price) => !now.has(price)).map((price) => [price, 0] as const);
  return [...gone, ...[...now].filter(([price, count]) => before?.get(price) !== count)];
}

function tradeRow({ trade, at }: Extract<StreamEvent, { kind: 'trade' }>, event: number): StreamRow {
  const { id, ticker, price, count, taker } = trade;
  return { at, event, kind: taker === 'yes' ? rowKinds.tradeYes : rowKinds.tradeNo, ticker, price, count, id: `${trade.at} ${id}` };
}
