import type { Account } from '../matching/account.ts';
import type { Venue } from '../venue.ts';

/** One request, taken apart. */
export interface Call {
  readonly venue: Venue;
  readonly now: number;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The body as sent; parsed by the route that wants one. */
  readonly text: string;
  readonly account: Account;
  /** Takes tokens, or refuses; to be called before acting. Writes say which shards' buckets pay. */
  charge(cost: number, shards?: readonly number[]): void;
}

export interface Answer {
  readonly status: number;
  /** JSON, or bytes of it; nothing for 204. */
  readonly body?: unknown;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below /trade-api/v2, as hono patterns. */
  readonly path: string;
  readonly access: 'public' | 'signed';
  /** What the key must allow; `read` unless said. */
  readonly scope?: 'write::trade' | 'write::transfer';
  /** Tokens; 10 unless said. Routes with a price per item charge themselves. */
  readonly cost?: number;
  readonly chargesItself?: true;
  readonly answer: (call: Call) => Answer;
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}
