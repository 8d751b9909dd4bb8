import type { Board } from '../../domain/board.ts';
import { type MarketStatus, marketStatuses } from '../../domain/market.ts';
import type { Millis } from '../../domain/money.ts';
import { scaledDecimal } from './decimal.ts';
import { marketSchema } from './endpoints/market-schema.ts';
import { unreadable } from './lost-answer.ts';
import { type MarketFacts, type RawMarket, termsOf } from './market-terms.ts';
import type { SchemaCanary } from './schema-canary.ts';
import { utcMillis } from './timestamp.ts';
import { inspect } from './wire.ts';

/** One page of GET /markets as a board; `created` is when each of its markets was made, ms, NaN when not said. */
export interface MarketPage {
  readonly cursor: string;
  /** First ticker of the page as it came, kept or not. */
  readonly first: string | undefined;
  readonly board: Board;
  readonly created: Float64Array;
}

export interface PageOptions {
  readonly at: Millis;
  readonly canary: SchemaCanary;
  /** What event and series say of a market, by event; nothing by default. */
  readonly facts?: (event: string) => MarketFacts | undefined;
  /** Which rows belong on the board; all by default. `created` is NaN when not said. */
  readonly keep?: (created: Millis, ticker: string) => boolean;
}

const statusIndex: ReadonlyMap<unknown, number> = new Map(marketStatuses.map((status: MarketStatus, index) => [status, index]));
const none: ReadonlySet<never> = new Set();

/**
 * A page's text as a board, read by hand: this runs for every market of a scan. A row without a ticker or with a status we
 * do not know is refused and counted; a number that is missing or not exact is NaN. Throws ExchangeError for another shape.
 */
export function readMarketPage(text: string, options: PageOptions): MarketPage {
  const { markets, cursor } = parsePage(text);
  const first = markets[0];
  const { board, created } = read(markets, options);
  return { cursor, board, created, first: typeof first?.ticker === 'string' ? first.ticker : undefined };
}

/** Markets as they came as one board. */
export function readBoard(markets: readonly (RawMarket | null)[], options: PageOptions): Board {
  return read(markets, options).board;
}

function read(markets: readonly (RawMarket | null)[], { at, canary, facts = () => undefined, keep = () => true }: PageOptions) {
  if (markets[0]) inspect(canary, 'GetMarkets.markets', marketSchema, markets[0]);
  const { raw, columns } = readRows(markets, { at, canary, facts, keep });
  countGaps(columns, canary);
  return { created: columns.created, board: boardOf(raw, columns, at, facts) };
}

interface Columns {
  readonly ticker: string[];
  readonly event: string[];
  readonly series: string[];
  readonly status: Uint8Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly bidSize: Float64Array;
  readonly askSize: Float64Array;
  readonly volume: Float64Array;
  readonly volume24h: Float64Array;
  readonly openInterest: Float64Array;
  readonly last: Float64Array;
  readonly closeTime: Float64Array;
  readonly quotedAt: Float64Array;
  readonly created: Float64Array;
}

/** Throws ExchangeError when the text is no page of markets. */
export function parsePage(text: string): { readonly markets: readonly (RawMarket | null)[]; readonly cursor: string } {
  let page: unknown;
  try {
    page = JSON.parse(text);
  } catch (cause) {
    throw unreadable('GetMarkets', 'unreadable_answer', `answered ${JSON.stringify(text.slice(0, 60))}, which is no JSON`, cause);
  }
  const { markets, cursor } = (typeof page === 'object' && page !== null ? page : {}) as { markets?: unknown; cursor?: unknown };
  if (!Array.isArray(markets)) throw unreadable('GetMarkets', 'unreadable_answer', 'markets is no list');
  return { markets, cursor: typeof cursor === 'string' ? cursor : '' };
}

function refuse(market: RawMarket | null, canary: SchemaCanary): void {
  const named = typeof market?.ticker === 'string' && typeof market.event_ticker === 'string';
  canary.see('refused', named ? `GetMarkets.markets.status=${String(market.status).slice(0, 40)}` : 'GetMarkets.markets.ticker');
}

/** Each row is looked at once: most of what this costs is fetching it from memory. */
function readRows(markets: readonly (RawMarket | null)[], { at, canary, facts, keep }: Required<PageOptions>) {
  const columns = emptyColumns(markets.length, at);
  const raw: RawMarket[] = [];
  const statusAs = onceInARow((word: unknown) => statusIndex.get(word));
  const madeAt = onceInARow(utcMillis);
  const closesAt = onceInARow(utcMillis);
  const eventNamed = onceInARow((name: string) => name);
  const seriesOf = onceInARow((event: string) => facts(event)?.series ?? beforeDash(event));
  for (const market of markets) {
    const ticker = market?.ticker;
    const event = market?.event_ticker;
    const status = statusAs(market?.status);
    if (market === null || typeof ticker !== 'string' || typeof event !== 'string' || status === undefined) {
      refuse(market, canary);
      continue;
    }
    const created = madeAt(market.created_time);
    if (!keep(created, ticker)) continue;
    const row = raw.push(market) - 1;
    columns.ticker[row] = ticker;
    columns.event[row] = eventNamed(event);
    columns.series[row] = seriesOf(event);
    columns.status[row] = status;
    columns.bid[row] = scaledDecimal(market.yes_bid_dollars, 4);
    columns.ask[row] = scaledDecimal(market.yes_ask_dollars, 4);
    columns.bidSize[row] = scaledDecimal(market.yes_bid_size_fp, 2);
    columns.askSize[row] = scaledDecimal(market.yes_ask_size_fp, 2);
    columns.volume[row] = scaledDecimal(market.volume_fp, 2);
    columns.volume24h[row] = scaledDecimal(market.volume_24h_fp, 2);
    columns.openInterest[row] = scaledDecimal(market.open_interest_fp, 2);
    columns.last[row] = scaledDecimal(market.last_price_dollars, 4) || Number.NaN;
    columns.closeTime[row] = closesAt(market.close_time);
    columns.created[row] = created;
  }
  return { raw, columns: raw.length === markets.length ? columns : firstRows(columns, raw.length) };
}

/** Markets of one event stand together and say much alike: what is the same as in the row before is not read again. */
function onceInARow<Text, Value>(read: (text: Text) => Value): (text: Text) => Value {
  let last: Text | undefined;
  let value: Value | undefined;
  return (text) => {
    if (value === undefined || text !== last) {
      value = read(text);
      last = text;
    }
    return value;
  };
}

function beforeDash(event: string): string {
  const dash = event.indexOf('-');
  return dash < 0 ? event : event.slice(0, dash);
}

function emptyColumns(rows: number, at: Millis): Columns {
  const texts = () => new Array<string>(rows);
  // One piece of memory for all numbers.
  const store = new Float64Array(11 * rows);
  const numbers = (place: number) => store.subarray(place * rows, (place + 1) * rows);
  return {
    ticker: texts(),
    event: texts(),
    series: texts(),
    status: new Uint8Array(rows),
    bid: numbers(0),
    ask: numbers(1),
    bidSize: numbers(2),
    askSize: numbers(3),
    volume: numbers(4),
    volume24h: numbers(5),
    openInterest: numbers(6),
    last: numbers(7),
    closeTime: numbers(8),
    quotedAt: numbers(9).fill(at),
    created: numbers(10),
  };
}

/** What is left where rows did not belong. */
function firstRows(columns: Columns, rows: number): Columns {
  const shortened = Object.entries(columns).map(([name, column]) => [
    name,
    Array.isArray(column) ? column.slice(0, rows) : column.subarray(0, rows),
  ]);
  return Object.fromEntries(shortened) as Columns;
}

/** The numbers a scan decides on; one that is not there or not exact is told to the canary. */
const watched = [
  ['bid', 'yes_bid_dollars'],
  ['ask', 'yes_ask_dollars'],
  ['bidSize', 'yes_bid_size_fp'],
  ['askSize', 'yes_ask_size_fp'],
  ['volume', 'volume_fp'],
  ['volume24h', 'volume_24h_fp'],
  ['closeTime', 'close_time'],
  ['created', 'created_time'],
] as const;

function countGaps(columns: Columns, canary: SchemaCanary): void {
  for (const [column, field] of watched) {
    const values = columns[column];
    for (let row = 0; row < values.length; row++) {
      if (Number.isNaN(values[row])) canary.see('refused', `GetMarkets.markets.${field}`);
    }
  }
}

function boardOf(raw: readonly RawMarket[], columns: Columns, at: Millis, facts: Required<PageOptions>['facts']): Board {
  let families: Map<string, number[]> | undefined;
  let places: Map<string, number> | undefined;
  return {
    ...columns,
    at,
    rows: raw.length,
    lacks: none,
    dayAgo: () => Number.NaN,
    weekAgo: () => Number.NaN,
    rowOf(ticker) {
      places ??= new Map(columns.ticker.map((name, row) => [name, row]));
      return places.get(ticker);
    },
    siblings(row) {
      families ??= Map.groupBy(columns.event.keys(), (index) => columns.event[index] ?? '');
      return families.get(columns.event[row] ?? '') ?? [];
    },
    terms: (row) => termsOf(raw[row] ?? {}, facts(columns.event[row] ?? '')),
    knownClose: (row) => columns.closeTime[row] ?? Number.NaN,
  };
}
