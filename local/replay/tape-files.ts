import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod/mini';
import { readBoard } from '../../shared/adapters/kalshi/market-page.ts';
import type { MarketFacts } from '../../shared/adapters/kalshi/market-terms.ts';
import { SchemaCanary } from '../../shared/adapters/kalshi/schema-canary.ts';
import { readTape } from '../../shared/adapters/kalshi/tape.ts';
import { utcMillis } from '../../shared/adapters/kalshi/timestamp.ts';
import { feeTerms } from '../../shared/domain/fees.ts';
import type { MarketOutcome } from '../../shared/domain/market.ts';
import { parseUsd } from '../../shared/domain/money.ts';
import { seriesOf } from '../../shared/domain/risk/protections.ts';
import type { MarketRow } from '../../shared/domain/rows-board.ts';
import type { Tape } from '../../shared/ports/tape.ts';
import { readText } from './read-file.ts';
import { ImportError } from './recording.ts';

/** A recorded stream with what its event's card says of the markets on it. */
export interface TapeFile {
  /** As it was recorded, one message a line. */
  readonly text: string;
  readonly tape: Tape;
  readonly rows: readonly MarketRow[];
  readonly outcomes: readonly MarketOutcome[];
}

const card = z.object({
  response: z.object({
    event: z.object({ series_ticker: z.string(), category: z.optional(z.string()), mutually_exclusive: z.optional(z.boolean()) }),
    markets: z.array(z.looseObject({ ticker: z.string(), event_ticker: z.string(), close_time: z.string(), status: z.string() })),
  }),
});
type Card = z.output<typeof card>['response'];

/** A market and the event it belongs to, as their card says. */
interface Known {
  readonly event: Card['event'];
  readonly market: Card['markets'][number];
}

/**
 * Every tape below a folder, in the order their markets close. The files of one folder are one tape, cut at midnight; it
 * lies in a folder named after its market, and cards lie in any folder `metadata`. Throws ImportError.
 */
export async function findTapes(folder: string): Promise<readonly (() => Promise<TapeFile>)[]> {
  const files = filesBelow(folder);
  const known = new Map<string, Known>();
  for (const file of files.filter((path) => basename(dirname(path)) === 'metadata' && path.endsWith('.json'))) {
    const { event, markets } = await readCard(file);
    for (const market of markets) known.set(market.ticker, { event, market });
  }
  const tapes = Map.groupBy(files.filter((file) => /\.ndjson(\.gz)?$/.test(file)).sort(), dirname);
  if (tapes.size === 0) throw new ImportError(folder, '', 'holds no tape', 'give a folder with .ndjson or .ndjson.gz files');
  const closeOf = (path: string) => utcMillis(known.get(basename(path))?.market.close_time);
  return [...tapes]
    .map(([path, parts]) => ({ path, parts, close: closeOf(path) }))
    .sort((a, b) => a.close - b.close || a.path.localeCompare(b.path))
    .map(
      ({ path, parts }) =>
        () =>
          load(path, parts, known),
    );
}

function filesBelow(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (cause) {
    throw new ImportError(folder, '', 'cannot be read', 'give the folder of the tapes', { cause });
  }
}

async function readCard(file: string): Promise<Card> {
  try {
    return card.parse(JSON.parse(await readText(file))).response;
  } catch (cause) {
    if (cause instanceof ImportError) throw cause;
    throw new ImportError(file, '', 'is no card of an event', 'keep the answer of GET /events/{ticker} there as `response`', { cause });
  }
}

async function load(path: string, parts: readonly string[], known: ReadonlyMap<string, Known>): Promise<TapeFile> {
  const texts: string[] = [];
  for (const part of parts) texts.push((await readText(part)).trimEnd());
  return tapeOf(path, texts.join('\n'), known);
}

/** A tape's text with its markets, as far as they are known. */
export function tapeOf(name: string, text: string, known: ReadonlyMap<string, Known>): TapeFile {
  const tickers = tickersOn(text);
  return {
    text,
    tape: readTape(name, text),
    rows: tickers.map((ticker) => rowOf(ticker, known.get(ticker))),
    outcomes: tickers.flatMap((ticker) => outcomeOf(known.get(ticker))),
  };
}

/** Tickers on a tape: each begins with a snapshot. */
function tickersOn(text: string): readonly string[] {
  const tickers = new Set<string>();
  const name = '"market_ticker":"';
  for (let at = text.indexOf('"orderbook_snapshot"'); at >= 0; at = text.indexOf('"orderbook_snapshot"', at + 1)) {
    const start = text.indexOf(name, at) + name.length;
    tickers.add(text.slice(start, text.indexOf('"', start)));
  }
  return [...tickers];
}

const unseen = {
  status: 'active',
  bid: Number.NaN,
  ask: Number.NaN,
  bidSize: Number.NaN,
  askSize: Number.NaN,
  volume: 0,
  volume24h: 0,
  openInterest: Number.NaN,
  last: Number.NaN,
  quotedAt: Number.NaN,
} as const;

/** What the card said before the market traded; quotes come from the tape, and cards name no fee: the plain one. */
function rowOf(ticker: string, known: Known | undefined): MarketRow {
  if (!known) {
    const event = ticker.slice(0, ticker.lastIndexOf('-'));
    const terms = { fee: undefined, priceRanges: undefined, shard: undefined, mutuallyExclusive: undefined };
    return { ...unseen, ticker, event, series: seriesOf(event), closeTime: Number.NaN, knownClose: Number.NaN, terms };
  }
  const { series_ticker: series, category, mutually_exclusive: mutuallyExclusive } = known.event;
  const facts: MarketFacts = {
    series,
    category,
    fee: feeTerms('quadratic', 1),
    mutuallyExclusive,
    prohibitions: undefined,
    sources: undefined,
    shard: undefined,
  };
  const board = readBoard([known.market], { at: 0, canary: new SchemaCanary(), facts: () => facts });
  const closeTime = board.closeTime[0] ?? Number.NaN;
  return { ...unseen, ticker, event: known.market.event_ticker, series, closeTime, knownClose: closeTime, terms: board.terms(0) };
}

function outcomeOf(known: Known | undefined): readonly MarketOutcome[] {
  if (known === undefined) return [];
  const { ticker, result, settlement_value_dollars: value, settlement_ts: settled } = known.market;
  const settledAt = utcMillis(settled);
  if ((result !== 'yes' && result !== 'no' && result !== 'scalar') || typeof value !== 'string' || Number.isNaN(settledAt)) return [];
  return [{ ticker, result, yesValue: parseUsd(value, 'settlement_value_dollars'), settledAt }];
}
