import type { Board, BoardColumn } from '../../domain/board.ts';
import type { MarketTerms } from '../../domain/market.ts';
import { groupOnce, indexOnce } from '../../domain/rows-board.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import { readDictionary, readNumbers, readTexts, writeDictionary, writeNumbers, writeTexts } from './columns.ts';
import { readTails, writeTails } from './tails.ts';

const columns = [
  'bid',
  'ask',
  'bidSize',
  'askSize',
  'volume',
  'volume24h',
  'openInterest',
  'last',
  'closeTime',
  'quotedAt',
] as const satisfies readonly (keyof Board)[];

const noTerms: MarketTerms = { fee: undefined, priceRanges: undefined, shard: undefined, mutuallyExclusive: undefined };

/** A board as bytes, not yet compressed; with terms only where they are asked for, as they are dear to find for all markets. */
export function encodeBoard(board: Board, withTerms: boolean): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  writer.f64(board.at);
  writeTexts(writer, [...board.lacks]);
  writeDictionary(writer, board.event);
  writeDictionary(writer, board.series);
  writeTails(writer, board.ticker, board.event);
  writeNumbers(writer, new Float64Array(board.status));
  for (const name of columns) writeNumbers(writer, board[name] as Float64Array<ArrayBuffer>);
  const leaks = leaksClose(board);
  writer.u32(leaks ? 1 : 0);
  if (leaks)
    writeNumbers(
      writer,
      board.closeTime.map((_, row) => board.knownClose(row)),
    );
  writer.u32(withTerms ? 1 : 0);
  if (withTerms)
    writeDictionary(
      writer,
      board.ticker.map((_, row) => JSON.stringify(board.terms(row))),
    );
  return writer.bytes();
}

/** The board that was encoded; its past prices are not part of it. Throws RangeError where bytes are missing. */
export function decodeBoard(bytes: Uint8Array): Board {
  const reader = new ByteReader(bytes);
  const at = reader.f64();
  const lacks = new Set(readTexts(reader) as BoardColumn[]);
  const event = readDictionary(reader);
  const series = readDictionary(reader);
  const ticker = readTails(reader, event);
  const status = Uint8Array.from(readNumbers(reader));
  const read = Object.fromEntries(columns.map((name) => [name, readNumbers(reader)])) as Record<(typeof columns)[number], Float64Array>;
  const knownClose = reader.u32() === 1 ? readNumbers(reader) : read.closeTime;
  const terms = reader.u32() === 1 ? readDictionary(reader).map((text) => ({ ...noTerms, ...(JSON.parse(text) as MarketTerms) })) : [];
  return {
    ...read,
    at,
    rows: ticker.length,
    ticker,
    event,
    series,
    status,
    lacks,
    dayAgo: () => Number.NaN,
    weekAgo: () => Number.NaN,
    rowOf: indexOnce(ticker),
    siblings: groupOnce(event),
    terms: (row) => terms[row] ?? noTerms,
    knownClose: (row) => knownClose[row] ?? Number.NaN,
  };
}

/** Whether strategies may not see every close time that is recorded. */
function leaksClose(board: Board): boolean {
  for (let row = 0; row < board.rows; row++) if (!Object.is(board.knownClose(row), board.closeTime[row])) return true;
  return false;
}
