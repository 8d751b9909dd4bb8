import { feeTerms } from '../../shared/domain/fees.ts';
import type { MarketOutcome, MarketTerms } from '../../shared/domain/market.ts';
import type { Millis, Price, Usd } from '../../shared/domain/money.ts';
import { InvalidValue, parsePrice } from '../../shared/domain/money.ts';
import type { MarketRow } from '../../shared/domain/rows-board.ts';
import { CANDLE_SOURCE } from '../history/panel-rows.ts';
import { instant, readCsv } from './read-csv.ts';
import type { RecordedScan, Recording } from './recording.ts';
import { ImportError, RowGuard } from './recording.ts';

const columns = [
  'source',
  'series_ticker',
  'event_ticker',
  'ticker',
  'ts',
  'yes_bid',
  'yes_ask',
  'last_price',
  'volume',
  'open_interest',
  'close_time',
  'result',
  'result_source',
] as const;
type Column = (typeof columns)[number];
type Line = Readonly<Record<Column, string>>;

/** Panels know no more of a market than this: whole cents, the plain fee, one shard. */
const terms: MarketTerms = {
  fee: feeTerms('quadratic', 1),
  priceRanges: [{ start: 100 as Price, end: 9_900 as Price, step: 100 as Price }],
  shard: 0,
  mutuallyExclusive: undefined,
};

/** Reads a settled panel (CSV, optionally gzip): one row per market and moment, with how the market ended. */
export async function readPanel(file: string): Promise<Recording> {
  const lines = await readCsv(file, columns);
  const guard = new RowGuard();
  const scans = new Map<string, { at: Millis; rows: MarketRow[] }>();
  const outcomes = new Map<string, MarketOutcome>();
  let inferred = false;
  for (const [index, line] of lines.entries()) {
    const fail = (field: Column, problem: string, fix: string) => new ImportError(file, `line ${index + 2}, field ${field}`, problem, fix);
    const at = readTime(line, 'ts', fail);
    const row = readRow(line, at, fail);
    const result = readResult(line, fail);
    inferred ||= Number.isNaN(row.knownClose);
    if (!guard.accepts(row.ticker, at, row.bid, row.ask)) continue;
    const scan = scans.get(line.ts) ?? { at, rows: [] };
    scan.rows.push(row);
    scans.set(line.ts, scan);
    if (result !== '') outcomes.set(row.ticker, outcomeOf(row, result));
  }
  return {
    scans: [...scans].map(([text, scan]): RecordedScan => ({ text, ...scan })).sort((a, b) => a.at - b.at),
    outcomes: [...outcomes.values()].sort((a, b) => a.settledAt - b.settledAt),
    lacks: new Set(['depth', 'category', 'shard', 'prohibitions', 'exchangeStatus', 'positionLimit']),
    refused: guard.refused,
    notes: [
      ...(inferred ? ['close_time of inferred results is the last quote: strategies and exits do not see it'] : []),
      ...(lines.some(({ source }) => source === CANDLE_SOURCE)
        ? ['low fidelity: hourly candles, quotes only at the end of each hour and no depth']
        : []),
    ],
  };
}

type Fail = (field: Column, problem: string, fix: string) => ImportError;

function readRow(line: Line, at: Millis, fail: Fail): MarketRow {
  const closeTime = readTime(line, 'close_time', fail);
  const trusted = line.result_source === 'api';
  return {
    ticker: line.ticker,
    event: line.event_ticker,
    series: line.series_ticker,
    status: at < closeTime ? 'active' : 'closed',
    bid: readPrice(line, 'yes_bid', fail),
    ask: readPrice(line, 'yes_ask', fail),
    bidSize: Number.NaN,
    askSize: Number.NaN,
    volume: readCount(line, 'volume', fail),
    volume24h: Number.NaN,
    openInterest: readCount(line, 'open_interest', fail),
    last: readPrice(line, 'last_price', fail),
    closeTime,
    knownClose: trusted ? closeTime : Number.NaN,
    quotedAt: at,
    terms,
  };
}

function readPrice(line: Line, field: Column, fail: Fail): number {
  if (line[field] === '') return Number.NaN;
  try {
    return parsePrice(line[field], field);
  } catch (error) {
    if (error instanceof InvalidValue) throw fail(field, `${line[field]} is no price`, error.fix);
    throw error;
  }
}

/** Volumes are not money: more than two decimals are cut. */
function readCount(line: Line, field: Column, fail: Fail): number {
  if (line[field] === '') return Number.NaN;
  const count = Number(line[field]);
  if (!(count >= 0)) throw fail(field, `${line[field]} is no count`, 'give a number of at least 0');
  return Math.floor(count * 100 + 1e-6);
}

function readTime(line: Line, field: Column, fail: Fail): Millis {
  const at = instant(line[field]);
  if (at === undefined) throw fail(field, `${line[field] || 'nothing'} is no time`, 'write it like 2026-03-31T15:00:00Z');
  return at;
}

/** Empty where nobody knows yet. */
function readResult({ result }: Line, fail: Fail): 'yes' | 'no' | '' {
  if (result === 'yes' || result === 'no' || result === '') return result;
  throw fail('result', `${result} is no result`, 'write yes, no, or nothing where it is not known');
}

function outcomeOf({ ticker, closeTime }: MarketRow, result: 'yes' | 'no'): MarketOutcome {
  return { ticker, result, yesValue: (result === 'yes' ? 1_000_000 : 0) as Usd, settledAt: closeTime };
}
