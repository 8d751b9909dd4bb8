import { fileBlobs } from '../../shared/adapters/files/file-blobs.ts';
import { readCandidates } from '../../shared/adapters/recordings/candidate-recording.ts';
import { readOutcomes } from '../../shared/adapters/recordings/outcome-recording.ts';
import { recordedAt } from '../../shared/adapters/recordings/recording-keys.ts';
import { readScan, type ScanManifest } from '../../shared/adapters/recordings/scan-recording.ts';
import { streamTape } from '../../shared/adapters/recordings/stream-tape.ts';
import { s3Blobs } from '../../shared/adapters/s3/s3-blobs.ts';
import type { Board } from '../../shared/domain/board.ts';
import { type MarketOutcome, type MarketTerms, marketStatuses } from '../../shared/domain/market.ts';
import type { MarketRow } from '../../shared/domain/rows-board.ts';
import { BlobFailure, type Blobs } from '../../shared/ports/blobs.ts';
import type { Tape } from '../../shared/ports/tape.ts';
import { outcomeOf, readEndings } from './polls.ts';
import type { RecordedScan, Recording } from './recording.ts';
import { ImportError, RowGuard } from './recording.ts';

const QUARTER = 900_000;

/** Where recordings lie: a folder, or `s3://bucket` with a prefix or without. */
function openBlobs(place: string): Blobs {
  const bucket = /^s3:\/\/([^/]+)\/?$/.exec(place)?.[1];
  if (bucket !== undefined) return s3Blobs({ bucket, client: {} });
  if (place.startsWith('s3:')) throw new ImportError(place, '', 'is no bucket', 'write it like s3://my-recordings');
  return fileBlobs(place);
}

/**
 * Reads what scans and decisions recorded. Scans stay compressed in memory, and their rows are made when asked for. What
 * orders need beyond quotes is known of markets that were candidates by then. Throws ImportError.
 */
export async function readRecording(place: string, outcomesFile: string | undefined): Promise<Recording> {
  const blobs = openBlobs(place);
  const guard = new RowGuard();
  const terms = await readTerms(blobs, place);
  const told = [...(await readRecordedOutcomes(blobs, place)), ...(await readOutcomesFile(outcomesFile))];
  const outcomes = [...new Map(told.map((outcome) => [outcome.ticker, outcome])).values()];
  const scans: (RecordedScan & { readonly manifest: ScanManifest })[] = [];
  for (const key of await keysOf(blobs, 'scans/')) {
    const bytes = await bytesOf(blobs, key, place);
    const { manifest } = reading(place, key, () => readScan(key, bytes));
    const at = Date.parse(manifest.tick);
    const rows = () => reading(place, key, () => [...readScan(key, bytes).pages()].flatMap((page) => rowsOf(page, terms, guard)));
    scans.push({
      manifest,
      at,
      text: manifest.tick,
      get rows() {
        return rows();
      },
    });
  }
  if (scans.length === 0) throw new ImportError(place, '', 'holds no recorded scans', 'give the folder or bucket that has scans/ in it');
  return {
    scans,
    outcomes: outcomes.sort((a, b) => a.settledAt - b.settledAt),
    lacks: new Set(['exchangeStatus', 'positionLimit']),
    refused: guard.refused,
    notes: notesOf(scans, outcomes.length),
  };
}

function notesOf(scans: readonly (RecordedScan & { readonly manifest: ScanManifest })[], outcomes: number): readonly string[] {
  const missing = scans
    .slice(1)
    .reduce((sum, { at }, index) => sum + Math.max(0, Math.round((at - (scans[index]?.at ?? at)) / QUARTER) - 1), 0);
  const broken = scans.flatMap(({ text, manifest }) => manifest.gaps.map((gap) => `${text}: ${gap}`));
  return [
    'past prices reach back to the first recorded scan; terms are known of markets that had been candidates',
    ...(missing > 0 ? [`${missing} quarter-hours have no scan`] : []),
    ...broken,
    ...(outcomes === 0
      ? ['how markets ended was not recorded: positions stay open. The nightly learn job records it; --outcomes FILE says it too']
      : []),
  ];
}

/** Whether a place holds nothing but a recorded stream. */
export async function holdsOnlyStream(place: string): Promise<boolean> {
  const blobs = openBlobs(place);
  const [scans, stream] = [await keysOf(blobs, 'scans/'), await keysOf(blobs, 'stream/')];
  return scans.length === 0 && stream.length > 0;
}

/** The pieces of a recorded stream, in time order. Throws ImportError. */
export async function* readStream(place: string): AsyncGenerator<Tape> {
  const blobs = openBlobs(place);
  for (const key of await keysOf(blobs, 'stream/')) {
    const bytes = await bytesOf(blobs, key, place);
    yield reading(place, key, () => streamTape(key, bytes));
  }
}

async function readRecordedOutcomes(blobs: Blobs, place: string): Promise<readonly MarketOutcome[]> {
  const found: MarketOutcome[] = [];
  for (const key of await keysOf(blobs, 'outcomes/')) {
    const bytes = await bytesOf(blobs, key, place);
    found.push(...reading(place, key, () => readOutcomes(key, bytes)));
  }
  return found;
}

async function readOutcomesFile(file: string | undefined): Promise<readonly MarketOutcome[]> {
  return file === undefined ? [] : [...(await readEndings(file))].flatMap(([ticker, ending]) => outcomeOf(ticker, ending));
}

/** Terms as decisions saw them, by market and in time order. */
type TermsByMarket = ReadonlyMap<string, readonly { readonly at: number; readonly terms: MarketTerms }[]>;

async function readTerms(blobs: Blobs, place: string): Promise<TermsByMarket> {
  const found = new Map<string, { at: number; terms: MarketTerms }[]>();
  for (const key of await keysOf(blobs, 'candidates/')) {
    const bytes = await bytesOf(blobs, key, place);
    const { tick, board } = reading(place, key, () => readCandidates(key, bytes));
    for (const [row, ticker] of board.ticker.entries()) {
      const seen = { at: Date.parse(tick), terms: board.terms(row) };
      const known = found.get(ticker);
      if (known) known.push(seen);
      else found.set(ticker, [seen]);
    }
  }
  return found;
}

function rowsOf(page: Board, terms: TermsByMarket, guard: RowGuard): readonly MarketRow[] {
  return Array.from({ length: page.rows }, (_, row) => rowOf(page, row, terms)).filter(({ ticker, bid, ask }) =>
    guard.accepts(ticker, page.at, bid, ask),
  );
}

function rowOf(page: Board, row: number, terms: TermsByMarket): MarketRow {
  const number = (column: { readonly [row: number]: number }) => column[row] ?? Number.NaN;
  const ticker = page.ticker[row] ?? '';
  return {
    ticker,
    event: page.event[row] ?? '',
    series: page.series[row] ?? '',
    status: marketStatuses[number(page.status)] ?? 'inactive',
    bid: number(page.bid),
    ask: number(page.ask),
    bidSize: number(page.bidSize),
    askSize: number(page.askSize),
    volume: number(page.volume),
    volume24h: number(page.volume24h),
    openInterest: number(page.openInterest),
    last: number(page.last),
    closeTime: number(page.closeTime),
    knownClose: page.knownClose(row),
    quotedAt: number(page.quotedAt),
    terms: terms.get(ticker)?.findLast(({ at }) => at <= page.at)?.terms ?? page.terms(row),
  };
}

async function keysOf(blobs: Blobs, prefix: string): Promise<readonly string[]> {
  return (await blobs.list(prefix)).filter((key) => recordedAt(key) !== undefined);
}

async function bytesOf(blobs: Blobs, key: string, place: string): Promise<Uint8Array> {
  const bytes = await blobs.get(key);
  if (!bytes) throw new ImportError(place, key, 'went away while it was read', 'run it again');
  return bytes;
}

function reading<T>(place: string, key: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof BlobFailure)) throw cause;
    throw new ImportError(place, key, 'is damaged or no recording', 'remove it, or restore it from where it was copied', { cause });
  }
}
