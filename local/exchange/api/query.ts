import type { Millis } from '../../../shared/domain/money.ts';
import { Refusal } from '../matching/refusal.ts';

/** Query parameters, read as strictly as the exchange reads them: what it cannot read it refuses, and it never clamps. */
export function limitOf(query: URLSearchParams, most: number, usual: number, least = 1): number {
  const text = query.get('limit');
  if (text === null || text === '') return usual;
  const limit = Number(text);
  if (!/^\d+$/.test(text) || limit < least || limit > most) throw invalid(`limit must be between ${least} and ${most}`);
  return limit === 0 ? usual : limit;
}

/** Unix seconds, as ms. */
export function secondsOf(query: URLSearchParams, name: string): Millis | undefined {
  const number = integerOf(query, name);
  return number === undefined ? undefined : number * 1000;
}

export function integerOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (!/^-?\d{1,12}$/.test(text)) throw invalid(`${name} must be an integer`);
  return Number(text);
}

export function requiredSeconds(query: URLSearchParams, name: string): Millis {
  const value = secondsOf(query, name);
  if (value === undefined) throw invalid(`${name} is required`);
  return value;
}

/** A word of a list, or nothing. */
export function wordOf<T extends string>(query: URLSearchParams, name: string, words: readonly T[]): T | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const word = words.find((candidate) => candidate === text);
  if (word === undefined) throw invalid(`${name} must be one of ${words.join(', ')}`);
  return word;
}

export function flagOf(query: URLSearchParams, name: string): boolean {
  return wordOf(query, name, ['true', 'false']) === 'true';
}

/** A comma-separated list; undefined when the parameter is absent. */
export function listOf(query: URLSearchParams, name: string, most = Number.POSITIVE_INFINITY): readonly string[] | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const list = text.split(',').filter((item) => item !== '');
  if (list.length > most) throw invalid(`${name} must have at most ${most} entries`);
  return list;
}

export function invalid(message: string): Refusal {
  return new Refusal(400, 'bad_request', message, undefined, 'msg');
}

/** A page of a list held in memory. A cursor that is not one begins at the start, as on the exchange. */
export function pageOf<T>(
  items: readonly T[],
  query: URLSearchParams,
  limit: number,
): { readonly page: readonly T[]; readonly cursor: string } {
  const [from = 0] = readCursor(query.get('cursor')) ?? [];
  const page = items.slice(from, from + limit);
  return { page, cursor: from + limit < items.length ? writeCursor([from + limit]) : '' };
}

export function writeCursor(place: readonly number[]): string {
  return Buffer.from(`at:${place.join(':')}`).toString('base64url');
}

export function readCursor(text: string | null): readonly number[] | undefined {
  const match = /^at:(-?\d+(?::-?\d+)*)$/.exec(Buffer.from(text ?? '', 'base64url').toString());
  return match?.[1]?.split(':').map(Number);
}
