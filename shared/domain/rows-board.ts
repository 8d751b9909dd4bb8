import type { Board, BoardColumn } from './board.ts';
import type { MarketStatus, MarketTerms } from './market.ts';
import { marketStatuses } from './market.ts';
import type { Millis } from './money.ts';

/** One market of one moment as a row. Prices in ten-thousandths, counts in hundredths, times in ms; NaN is unknown. */
export interface MarketRow {
  readonly ticker: string;
  readonly event: string;
  readonly series: string;
  readonly status: MarketStatus;
  readonly bid: number;
  readonly ask: number;
  readonly bidSize: number;
  readonly askSize: number;
  readonly volume: number;
  readonly volume24h: number;
  readonly openInterest: number;
  readonly last: number;
  readonly closeTime: number;
  /** Close time as strategies may see it: NaN where the source leaks it. */
  readonly knownClose: number;
  readonly quotedAt: number;
  readonly terms: MarketTerms;
}

/** Where a board's past prices come from; without it nothing was recorded. */
export interface Past {
  dayAgo(ticker: string, now: Millis): number;
  weekAgo(ticker: string, now: Millis): number;
}

/** Puts rows into columns. A board that stays may be moved on: its columns and its time are looked at anew each time. */
export function boardOfRows(
  rows: readonly MarketRow[],
  at: Millis,
  { lacks, past }: { readonly lacks: ReadonlySet<BoardColumn>; readonly past?: Past },
): Board {
  const ticker = rows.map((row) => row.ticker);
  const event = rows.map((row) => row.event);
  const board: Board = {
    at,
    rows: rows.length,
    ticker,
    event,
    series: rows.map((row) => row.series),
    status: Uint8Array.from(rows, (row) => marketStatuses.indexOf(row.status)),
    bid: columnOf(rows, (row) => row.bid),
    ask: columnOf(rows, (row) => row.ask),
    bidSize: columnOf(rows, (row) => row.bidSize),
    askSize: columnOf(rows, (row) => row.askSize),
    volume: columnOf(rows, (row) => row.volume),
    volume24h: columnOf(rows, (row) => row.volume24h),
    openInterest: columnOf(rows, (row) => row.openInterest),
    last: columnOf(rows, (row) => row.last),
    closeTime: columnOf(rows, (row) => row.closeTime),
    quotedAt: columnOf(rows, (row) => row.quotedAt),
    lacks,
    dayAgo: (row) => past?.dayAgo(ticker[row] ?? '', board.at) ?? Number.NaN,
    weekAgo: (row) => past?.weekAgo(ticker[row] ?? '', board.at) ?? Number.NaN,
    rowOf: indexOnce(ticker),
    siblings: groupOnce(event),
    terms: (row) => rows[row]?.terms ?? unknownTerms,
    knownClose: (row) => rows[row]?.knownClose ?? Number.NaN,
  };
  return board;
}

/** A plain loop: a typed array made from a list goes through its iterator, for each of a dozen columns. */
function columnOf(rows: readonly MarketRow[], read: (row: MarketRow) => number): Float64Array<ArrayBuffer> {
  const column = new Float64Array(rows.length);
  for (let index = 0; index < rows.length; index++) column[index] = read(rows[index] as MarketRow);
  return column;
}

const unknownTerms: MarketTerms = { fee: undefined, priceRanges: undefined, shard: undefined, mutuallyExclusive: undefined };

/** Finds a row by ticker; the index is built when first asked. */
export function indexOnce(tickers: readonly string[]): (ticker: string) => number | undefined {
  let index: Map<string, number> | undefined;
  return (ticker) => {
    index ??= new Map(tickers.map((name, row) => [name, row]));
    return index.get(ticker);
  };
}

/** Finds all rows of a row's event; the groups are built when first asked. */
export function groupOnce(events: readonly string[]): (row: number) => readonly number[] {
  let groups: Map<string, number[]> | undefined;
  return (row) => {
    groups ??= grouped(events);
    return groups.get(events[row] ?? '') ?? [];
  };
}

function grouped(events: readonly string[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [row, event] of events.entries()) {
    const group = groups.get(event);
    if (group) group.push(row);
    else groups.set(event, [row]);
  }
  return groups;
}
