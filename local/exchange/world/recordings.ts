import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod/mini';
import type { MarketResult } from '../../../shared/domain/market.ts';
import type { Contracts, Millis, Price } from '../../../shared/domain/money.ts';
import { parseContracts, parsePrice } from '../../../shared/domain/money.ts';
import { bookTape } from './book-tape.ts';
import { quoteTape, type RecordedQuote, type Tape } from './tape.ts';

/** A recorded market: what it is, when it was traded, how it ended, and its tape. Times of the recording. */
export interface Recording {
  readonly ticker: string;
  readonly event: string;
  readonly title: string;
  readonly openAt: Millis;
  readonly closeAt: Millis;
  readonly result: MarketResult;
  /** Of its price grid. */
  readonly structure: string;
  readonly tape: Tape;
}

/** Everything recorded below a folder: polls (.jsonl), panels (panel.csv) and order book tapes (.ndjson), gzipped or not. */
export function readRecordings(folder: string): readonly Recording[] {
  if (!existsSync(folder)) throw new Error(`recorded ${folder}: not found. Fix: give the folder of the recordings`);
  const found = filesBelow(folder).flatMap((file) => {
    const name = basename(file).replace(/\.gz$/, '');
    if (name.endsWith('.ndjson')) return [bookRecording(file)];
    if (name.endsWith('.jsonl')) return pollRecordings(file);
    return name === 'panel.csv' ? panelRecordings(file) : [];
  });
  const byTicker = new Map(found.map((recording) => [recording.ticker, recording]));
  if (byTicker.size === 0)
    throw new Error(`recorded ${folder}: holds no polls, panel or tapes. Fix: give a folder with .jsonl, panel.csv or .ndjson files`);
  return [...byTicker.values()].toSorted((a, b) => a.openAt - b.openAt || a.ticker.localeCompare(b.ticker));
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

function linesOf(file: string): readonly string[] {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  return text.split('\n').filter((line) => line !== '');
}

const card = z.object({
  response: z.object({
    markets: z
      .array(
        z.object({
          ticker: z.string(),
          event_ticker: z.string(),
          title: z.string(),
          open_time: z.string(),
          close_time: z.string(),
          result: z.enum(['yes', 'no', 'scalar']),
          price_level_structure: z.string(),
        }),
      )
      .check(z.minLength(1)),
  }),
});

/** A tape lies in a folder named after its market, with the card of its event in `metadata` beside `events`. */
function bookRecording(file: string): Recording {
  const folder = basename(dirname(file));
  const event = folder.slice(0, folder.lastIndexOf('-'));
  const text = readFileSync(join(dirname(dirname(dirname(file))), 'metadata', `${event}.json`), 'utf8');
  const market = card.parse(JSON.parse(text)).response.markets.find(({ ticker }) => ticker === folder);
  if (!market) throw new Error(`recorded ${file}: metadata/${event}.json does not list ${folder}. Fix: put the card of its event there`);
  const { ticker, event_ticker, title, open_time, close_time, result, price_level_structure: structure } = market;
  return {
    ticker,
    event: event_ticker,
    title,
    openAt: Date.parse(open_time),
    closeAt: Date.parse(close_time),
    result,
    structure,
    tape: bookTape(() => linesOf(file)),
  };
}

const price = z.optional(z.string());
const poll = z.object({
  polled_at: z.string(),
  markets: z.array(
    z.object({
      ticker: z.string(),
      event_ticker: z.string(),
      yes_sub_title: z.optional(z.string()),
      yes_bid_dollars: price,
      yes_ask_dollars: price,
      last_price_dollars: price,
      volume_fp: price,
      open_interest_fp: price,
    }),
  ),
});

/** Polls say neither when a market closes nor how it ends: it closes after its last quote, and ends as that quote leans. */
function pollRecordings(file: string): readonly Recording[] {
  const rows = linesOf(file).flatMap((line) => {
    const { polled_at, markets } = poll.parse(JSON.parse(line));
    return markets.map((market) => ({ ...market, at: Date.parse(polled_at) }));
  });
  return [...Map.groupBy(rows, ({ ticker }) => ticker)].flatMap(([ticker, own]) => {
    const quotes = own.map((row) =>
      quoteOf(row.at, row.yes_bid_dollars, row.yes_ask_dollars, row.last_price_dollars, row.volume_fp ?? '0', row.open_interest_fp ?? '0'),
    );
    const [first] = own;
    if (!first) return [];
    return [recordingOf({ ticker, event: first.event_ticker, title: first.yes_sub_title ?? ticker }, quotes)];
  });
}

/** Volume of these sources is what was traded in the row's hour, of the others all so far. */
const perRow = ['weather-nyc-candles', 'fed-decision'];

function panelRecordings(file: string): readonly Recording[] {
  const [header = '', ...lines] = linesOf(file);
  const columns = header.split(',');
  const rows = lines.map((line) => {
    const cells = line.split(',');
    return (name: string) => cells[columns.indexOf(name)] ?? '';
  });
  return [...Map.groupBy(rows, (row) => row('ticker'))].flatMap(([ticker, own]) => {
    const [first] = own;
    if (!first) return [];
    let traded = 0;
    const quotes = own.map((row) => {
      const quote = quoteOf(Date.parse(row('ts')), row('yes_bid'), row('yes_ask'), row('last_price'), row('volume'), row('open_interest'));
      traded = perRow.includes(row('source')) ? traded + quote.volume : quote.volume;
      return { ...quote, volume: traded as Contracts };
    });
    const known = { closeAt: Date.parse(first('close_time')), result: first('result') === 'yes' ? ('yes' as const) : ('no' as const) };
    return [recordingOf({ ticker, event: first('event_ticker'), title: ticker, ...known }, quotes)];
  });
}

type Known = Pick<Recording, 'ticker' | 'event' | 'title'> & { readonly closeAt?: Millis; readonly result?: MarketResult };

function recordingOf(known: Known, unsorted: readonly RecordedQuote[]): Recording {
  const quotes = unsorted.toSorted((a, b) => a.at - b.at);
  const last = quotes.at(-1);
  const lean = (last?.bid ?? 0) + (last?.ask ?? 10_000);
  return {
    ...known,
    openAt: quotes[0]?.at ?? 0,
    closeAt: Math.max(known.closeAt ?? 0, (last?.at ?? 0) + 60_000),
    result: known.result ?? (lean > 10_000 ? 'yes' : 'no'),
    structure: quotes.every(({ bid = 0, ask = 0 }) => bid % 100 === 0 && ask % 100 === 0) ? 'linear_cent' : 'deci_cent',
    tape: quoteTape(known.ticker, quotes),
  };
}

function quoteOf(
  at: Millis,
  bid: string | undefined,
  ask: string | undefined,
  last: string | undefined,
  volume: string,
  openInterest: string,
): RecordedQuote {
  return {
    at,
    bid: sidePrice(bid),
    ask: sidePrice(ask),
    last: sidePrice(last),
    volume: sizeOf(volume),
    openInterest: sizeOf(openInterest),
  };
}

/** 0 and 1 dollar stand for nobody. */
function sidePrice(text: string | undefined): Price | undefined {
  const parsed = text === undefined || text === '' ? undefined : parsePrice(text);
  return parsed === 0 || parsed === 10_000 ? undefined : parsed;
}

function sizeOf(text: string): Contracts {
  const [whole = '0', fraction = ''] = text.split('.');
  return text === '' ? (0 as Contracts) : parseContracts(`${whole}.${fraction.slice(0, 2) || '0'}`);
}
