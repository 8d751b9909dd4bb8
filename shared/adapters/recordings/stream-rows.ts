import * as z from 'zod/mini';
import { ByteReader, ByteWriter } from './bytes.ts';
import { readDictionary, readNumbers, readTexts, writeDictionary, writeNumbers, writeTexts } from './columns.ts';
import { compress, guarded, pack, unpack } from './container.ts';

/** What a row says: the count now resting at a price of a side, a trade by its taker's side, a book begun anew or lost. */
export const rowKinds = { yes: 0, no: 1, tradeYes: 2, tradeNo: 3, snapshot: 4, stale: 5 } as const;

/** One change of one market; rows of one event belong together. */
export interface StreamRow {
  readonly at: number;
  readonly event: number;
  readonly kind: number;
  readonly ticker: string;
  /** Ten-thousandths, of the row's side; of YES for a trade. */
  readonly price: number;
  /** Hundredths. */
  readonly count: number;
  /** For a trade its time and id. */
  readonly id: string;
}

const manifestSchema = z.strictObject({
  kind: z.literal('stream'),
  rows: z.int().check(z.gte(0)),
  /** What was missed, and when. */
  gaps: z.array(z.strictObject({ at: z.number(), what: z.string() })),
});

export type StreamGap = z.output<typeof manifestSchema>['gaps'][number];

const numbers = ['at', 'event', 'kind', 'price', 'count'] as const;

export function packStream(rows: readonly StreamRow[], gaps: readonly StreamGap[]): Uint8Array {
  const writer = new ByteWriter();
  for (const name of numbers)
    writeNumbers(
      writer,
      Float64Array.from(rows, (row) => row[name]),
    );
  writeDictionary(
    writer,
    rows.map(({ ticker }) => ticker),
  );
  writeTexts(
    writer,
    rows.map(({ id }) => id),
  );
  return pack({ kind: 'stream', rows: rows.length, gaps }, [compress(writer.bytes())]);
}

/** Throws BlobFailure. */
export function unpackStream(key: string, bytes: Uint8Array): { readonly rows: readonly StreamRow[]; readonly gaps: readonly StreamGap[] } {
  const { manifest, pieces } = unpack(key, bytes);
  const { gaps } = guarded(key, () => manifestSchema.parse(manifest));
  const [piece = new Uint8Array()] = [...pieces()];
  return guarded(key, () => ({ gaps, rows: readRows(new ByteReader(piece)) }));
}

function readRows(reader: ByteReader): readonly StreamRow[] {
  const columns = Object.fromEntries(numbers.map((name) => [name, readNumbers(reader)])) as Record<(typeof numbers)[number], Float64Array>;
  const tickers = readDictionary(reader);
  return readTexts(reader).map((id, row) => ({
    at: columns.at[row] ?? Number.NaN,
    event: columns.event[row] ?? Number.NaN,
    kind: columns.kind[row] ?? Number.NaN,
    price: columns.price[row] ?? Number.NaN,
    count: columns.count[row] ?? Number.NaN,
    ticker: tickers[row] ?? '',
    id,
  }));
}
