import * as z from 'zod/mini';
import type { Board } from '../../domain/board.ts';
import type { Contracts, Millis, Price } from '../../domain/money.ts';
import type { Blobs } from '../../ports/blobs.ts';
import type { BookLevel, MarketData, OrderBook } from '../../ports/exchange.ts';
import { decodeBoard, encodeBoard } from './board-columns.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import { readNumbers, readTexts, writeNumbers, writeTexts } from './columns.ts';
import { compress, guarded, pack, unpack } from './container.ts';
import { recordingKey } from './recording-keys.ts';

const manifestSchema = z.strictObject({
  kind: z.literal('candidates'),
  tick: z.iso.datetime(),
  rows: z.int().check(z.gte(0)),
  books: z.int().check(z.gte(0)),
  /** Markets of the board whose book did not come. */
  gaps: z.array(z.string()),
});

/** Levels of each side that are kept. */
const DEPTH = 10;

/** What a decision saw: quotes with all terms, and the top ten levels of each book. */
export interface CandidateRecording {
  readonly tick: string;
  readonly board: Board;
  readonly books: ReadonlyMap<string, OrderBook>;
  readonly gaps: readonly string[];
}

/** Reads the books of a board's markets and keeps both under the decision's tick. Throws BlobFailure and ExchangeError. */
export async function recordCandidates(
  { blobs, market }: { readonly blobs: Pick<Blobs, 'put'>; readonly market: Pick<MarketData, 'orderBooks'> },
  board: Board,
  tick: string,
): Promise<void> {
  const books = board.rows === 0 ? new Map<string, OrderBook>() : await market.orderBooks(board.ticker, DEPTH);
  const gaps = board.ticker.filter((ticker) => !books.has(ticker));
  const manifest = { kind: 'candidates', tick, rows: board.rows, books: books.size, gaps } satisfies z.input<typeof manifestSchema>;
  const pieces = [compress(encodeBoard(board, true)), compress(encodeBooks([...books.values()]))];
  await blobs.put(recordingKey('candidates', Date.parse(tick)), pack(manifest, pieces));
}

/** What recordCandidates kept. Throws BlobFailure. */
export function readCandidates(key: string, bytes: Uint8Array): CandidateRecording {
  const { manifest, pieces } = unpack(key, bytes);
  const { tick, gaps } = guarded(key, () => manifestSchema.parse(manifest));
  const [board, books] = [...pieces()];
  return guarded(key, () => {
    if (!board || !books) throw new RangeError('it holds no board or no books');
    return { tick, gaps, board: decodeBoard(board), books: new Map(decodeBooks(books).map((book) => [book.ticker, book])) };
  });
}

function encodeBooks(books: readonly OrderBook[]): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  writeTexts(
    writer,
    books.map(({ ticker }) => ticker),
  );
  writeNumbers(
    writer,
    Float64Array.from(books, ({ at }) => at),
  );
  for (const side of ['yes', 'no'] as const) {
    const levels = books.map((book) => book[side].slice(0, DEPTH));
    writeNumbers(
      writer,
      Float64Array.from(levels, ({ length }) => length),
    );
    writeNumbers(
      writer,
      Float64Array.from(levels.flat(), ({ price }) => price),
    );
    writeNumbers(
      writer,
      Float64Array.from(levels.flat(), ({ count }) => count),
    );
  }
  return writer.bytes();
}

function decodeBooks(bytes: Uint8Array): readonly OrderBook[] {
  const reader = new ByteReader(bytes);
  const tickers = readTexts(reader);
  const times = readNumbers(reader);
  const [yes, no] = [decodeLevels(reader), decodeLevels(reader)];
  return tickers.map((ticker, index) => ({ ticker, at: times[index] as Millis, yes: yes[index] ?? [], no: no[index] ?? [] }));
}

function decodeLevels(reader: ByteReader): readonly (readonly BookLevel[])[] {
  const [lengths, prices, counts] = [readNumbers(reader), readNumbers(reader), readNumbers(reader)];
  let start = 0;
  return Array.from(lengths, (length) => {
    const from = start;
    start += length;
    return Array.from({ length }, (_, level) => ({ price: prices[from + level] as Price, count: counts[from + level] as Contracts }));
  });
}
