import fc from 'fast-check';
import type { Board } from '../../../shared/domain/board.ts';
import { type MarketStatus, marketStatuses } from '../../../shared/domain/market.ts';
import type { Price } from '../../../shared/domain/money.ts';
import { boardOfRows, type MarketRow } from '../../../shared/domain/rows-board.ts';

const known = (max: number) => fc.oneof({ arbitrary: fc.integer({ min: 0, max }), weight: 5 }, fc.constant(Number.NaN));
const odd = fc.oneof({ arbitrary: known(1e12), weight: 9 }, fc.double());
const name = fc.oneof(fc.stringMatching(/^[A-Z0-9.-]{1,20}$/), fc.string({ unit: 'grapheme' }));
const terms = fc.record({
  fee: fc.constantFrom(undefined, { type: 'quadratic' as const, multiplier: 10_000 }),
  priceRanges: fc.constantFrom(undefined, [{ start: 100 as Price, end: 9900 as Price, step: 100 as Price }]),
  shard: fc.constantFrom(undefined, 0, 3),
  mutuallyExclusive: fc.constantFrom(undefined, true, false),
  category: fc.constantFrom('Sports', 'Economics'),
});

const row: fc.Arbitrary<MarketRow> = fc
  .record({
    event: name,
    suffix: name,
    series: name,
    status: fc.constantFrom<MarketStatus>(...marketStatuses),
    bid: known(10_000),
    ask: known(10_000),
    bidSize: known(1e9),
    askSize: odd,
    volume: odd,
    volume24h: known(300),
    openInterest: odd,
    last: known(10_000),
    closeTime: known(2e12),
    knownClose: known(2e12),
    quotedAt: fc.constantFrom(1_795_000_000_000, 1_795_000_900_123),
    terms,
    follows: fc.boolean(),
  })
  .map(({ suffix, follows, ...rest }) => ({ ...rest, ticker: follows ? rest.event + suffix : suffix }));

/** Any page of any scan: odd names, unknown numbers, numbers that are no integers. */
export const anyBoard: fc.Arbitrary<Board> = fc
  .tuple(fc.array(row, { maxLength: 20 }), fc.integer({ min: 0, max: 2e12 }))
  .map(([rows, at]) => boardOfRows(rows, at, { lacks: new Set(['depth', 'shard']) }));

/** A plain quote of a market. */
export function quoted(ticker: string, bid: number, ask: number, more: Partial<MarketRow> = {}): MarketRow {
  const event = ticker.slice(0, ticker.lastIndexOf('-'));
  return {
    ticker,
    event,
    series: event.split('-')[0] ?? '',
    status: 'active',
    bid,
    ask,
    bidSize: 1000,
    askSize: 2000,
    volume: 100_000,
    volume24h: 60_000,
    openInterest: 500,
    last: bid,
    closeTime: Date.UTC(2026, 11, 1),
    knownClose: Date.UTC(2026, 11, 1),
    quotedAt: 0,
    terms: { fee: undefined, priceRanges: undefined, shard: 0, mutuallyExclusive: undefined },
    ...more,
  };
}

/** Everything a board says, to be compared. */
export function contents(board: Board, withTerms: boolean) {
  const rows = Array.from({ length: board.rows }, (_, row) => row);
  const { bid, ask, bidSize, askSize, volume, volume24h, openInterest, last, closeTime, quotedAt, status } = board;
  return {
    at: board.at,
    rows: board.rows,
    names: rows.map((row) => [board.ticker[row], board.event[row], board.series[row]]),
    numbers: [bid, ask, bidSize, askSize, volume, volume24h, openInterest, last, closeTime, quotedAt, status].map((column) => [...column]),
    knownClose: rows.map((row) => board.knownClose(row)),
    lacks: [...board.lacks],
    terms: withTerms ? rows.map((row) => board.terms(row)) : [],
    places: rows.map((row) => board.ticker[board.rowOf(board.ticker[row] ?? '') ?? -1]),
  };
}
