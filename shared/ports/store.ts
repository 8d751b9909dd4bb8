import type { Book } from '../domain/book.ts';
import type { Breaker } from '../domain/breaker.ts';
import type { CounterLimit, CounterScope, Counters, Held } from '../domain/counters.ts';
import type { JournalEntry } from '../domain/journal.ts';
import type { Ledger, LedgerEntry } from '../domain/ledger.ts';
import type { Millis, Usd } from '../domain/money.ts';
import type { Approved, ApprovedRepeg, OrderRecord, Receipt } from '../domain/order.ts';
import type { Trade } from '../domain/position.ts';

/**
 * What the system remembers. Every method is one atomic step: it happened or it did not. Implementations throw
 * `StoreFailure` when they cannot say; a lost race is a value.
 */
export interface Store {
  readonly orders: OrderStore;
  readonly ledger: LedgerStore;
  readonly breakers: BreakerStore;
  readonly leases: LeaseStore;
  readonly runs: RunStore;
  readonly journal: JournalStore;
  readonly records: RecordStore;
}

export interface Lease {
  readonly name: string;
  readonly owner: string;
  /** Grows with every owner: a write under an older token is refused. */
  readonly token: number;
  readonly until: Millis;
}

export type Reserved =
  | { readonly ok: true; readonly record: OrderRecord }
  /** `exists`: this decision was already made; `record` is what became of it. */
  | { readonly ok: false; readonly why: 'exists'; readonly record: OrderRecord }
  | { readonly ok: false; readonly why: 'breaker' | 'lease' | 'market-busy' | 'over-limit'; readonly detail: string };

export type Repegged =
  | { readonly ok: true; readonly record: OrderRecord }
  /** `moved`: the order no longer rests, another re-peg of it is under way, or its bounds are reached. */
  | { readonly ok: false; readonly why: 'breaker' | 'lease' | 'moved'; readonly detail: string };

export interface OrderStore {
  /**
   * One transaction: no intent of this id exists; the lease is held under its token; the book's breaker is active
   * (exits: not asked); no other order of this market in this book is live; every counter stays within its limit
   * (exits: counters are not raised). On success counters hold `intent.risk`.
   */
  reserve(id: string, intent: Approved, lease: Lease, limits: readonly CounterLimit[], at: Millis): Promise<Reserved>;
  /** reserved → sent, before the socket; false when it is no longer `reserved`. */
  markSent(id: string, at: Millis): Promise<boolean>;
  /**
   * Writes a re-peg as sent, before the socket. One transaction: the order rests, with no other re-peg under way and its
   * bounds not reached; the lease is held under its token; the book's breaker is active. The counters hold its money already.
   */
  repeg(repeg: ApprovedRepeg, lease: Lease, at: Millis): Promise<Repegged>;
  /**
   * Writes what became of an order and frees what the counters no longer need to hold: all of the unfilled part once
   * the order is final. The filled part stays counted until `release`. Final records do not change again (false).
   */
  settle(id: string, receipt: Receipt): Promise<boolean>;
  /** A reserved order that was never sent is given up; false when it was sent. */
  abandon(id: string, detail: string, at: Millis): Promise<boolean>;
  /** Counts one more look that did not find an unknown order, or the first. */
  miss(id: string, at: Millis): Promise<void>;
  /** Lowers the counters of a market when a position shrinks or ends; never below what live orders hold. */
  release(book: Book, scope: CounterScope, amount: Usd): Promise<void>;
  /**
   * Sets the counters to what positions and live orders really hold; done by sync, which reads the counters first, then
   * positions and orders. False when anything was reserved, freed or released since the version it read: count again.
   */
  recount(book: Book, held: Held, expected: number): Promise<boolean>;
  get(id: string): Promise<OrderRecord | undefined>;
  /** Orders that may be or come alive. */
  live(book: Book): Promise<readonly OrderRecord[]>;
  /** Newest first; of those decided at `since` or later, where it is given. */
  recent(book: Book, limit: number, since?: Millis): Promise<readonly OrderRecord[]>;
  counters(book: Book): Promise<Counters>;
}

/** A book's ledger with what sync adds to it. `version` is the number of entries booked. */
export interface LedgerHead {
  readonly ledger: Ledger;
  readonly version: number;
  /** Highest equity seen, deposits and withdrawals taken out of its changes. */
  readonly peak?: Usd;
}

export interface LedgerStore {
  head(book: Book): Promise<LedgerHead>;
  /**
   * Books entries in order, each id once ever: known ids are skipped. Returns what was new and the trades that closed.
   * Safe to repeat and to run twice at once.
   */
  append(
    book: Book,
    entries: readonly LedgerEntry[],
  ): Promise<{ readonly head: LedgerHead; readonly added: readonly LedgerEntry[]; readonly closed: readonly Trade[] }>;
  /** In booking order, which is what the ledger folds; from `since` on, those at or after it. */
  entries(book: Book, since?: Millis): AsyncIterable<LedgerEntry>;
  /** Last closed first. */
  trades(book: Book, limit: number): Promise<readonly Trade[]>;
  setPeak(book: Book, peak: Usd): Promise<void>;
}

export interface BreakerStore {
  /** A book without a record is active at version 0. Throws when it cannot be read: the caller then reduces. */
  read(book: Book): Promise<Breaker>;
  /** Succeeds only on the version it was read at, and makes it the next one. */
  write(book: Book, next: Breaker, expected: number): Promise<boolean>;
}

export interface LeaseStore {
  /** Undefined while somebody else holds it. The same owner may take it again: the older token is then void. */
  acquire(name: string, owner: string, now: Millis, until: Millis): Promise<Lease | undefined>;
  release(lease: Lease): Promise<void>;
}

/** One run of one job for one scheduled tick. */
export interface Run {
  readonly job: string;
  /** Scheduled time, ISO-8601: the identity of the run. */
  readonly tick: string;
  readonly startedAt: Millis;
  readonly endedAt?: Millis;
  readonly outcome?: 'ok' | 'failed' | 'skipped' | 'timed-out';
  readonly detail?: string;
}

export interface RunStore {
  /** True once per (job, tick), whoever asks; an unfinished claim older than `staleAfter` ms may be taken over. */
  claim(job: string, tick: string, now: Millis, staleAfter: number): Promise<boolean>;
  /** Writes how a run ended; false when it was taken over (another `startedAt`) or had ended. */
  finish(run: Run): Promise<boolean>;
  /** Newest first. */
  recent(job: string, limit: number): Promise<readonly Run[]>;
}

export interface JournalStore {
  /** The newest entry, to chain the next one to. */
  last(book: Book): Promise<JournalEntry | undefined>;
  /** All or none. False when somebody appended first: read `last` again and rechain. Throws InvalidValue for a broken chain. */
  append(book: Book, entries: readonly JournalEntry[]): Promise<boolean>;
  read(book: Book, options?: { readonly subject?: string; readonly from?: number; readonly limit?: number }): AsyncIterable<JournalEntry>;
}

/**
 * Everything else that is kept to be read: reports, alerts, forecasts, equity points, scan summaries, settings.
 * `kind` is a table within the table; `key` sorts within it. Bodies are plain JSON. What has expired (to the second,
 * rounded up) is absent, whether or not it has been deleted.
 */
export interface RecordStore {
  put(kind: string, key: string, body: unknown, options?: { readonly expiresAt?: Millis }): Promise<void>;
  /** Puts only if absent; false when it was there. */
  putNew(kind: string, key: string, body: unknown, options?: { readonly expiresAt?: Millis }): Promise<boolean>;
  /** Replaces only what `expected` says is there (undefined: absent); false on a lost race. */
  swap(kind: string, key: string, expected: unknown, body: unknown): Promise<boolean>;
  get(kind: string, key: string): Promise<unknown>;
  remove(kind: string, key: string): Promise<void>;
  /** Keys from `from` up to and including `to`, ascending unless `newestFirst`. */
  list(
    kind: string,
    options?: { readonly from?: string; readonly to?: string; readonly limit?: number; readonly newestFirst?: boolean },
  ): Promise<readonly { readonly key: string; readonly body: unknown }[]>;
  /**
   * Adds a whole number to a record that is one (absent is 0), atomically: false and unchanged when it would exceed the
   * ceiling. Lowering always succeeds.
   */
  addWithin(kind: string, key: string, amount: number, ceiling: number): Promise<boolean>;
}

/** The store could not say whether something happened. */
export class StoreFailure extends Error {
  readonly outcome: 'not-sent' | 'unknown';
  constructor(message: string, outcome: 'not-sent' | 'unknown', options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreFailure';
    this.outcome = outcome;
  }
}
