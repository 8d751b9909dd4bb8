import type { Board } from '../domain/board.ts';
import type { Book } from '../domain/book.ts';
import type { Breaker } from '../domain/breaker.ts';
import { etDay } from '../domain/et-day.ts';
import type { Watch } from '../domain/exits/exit-rules.ts';
import type { Millis, Usd } from '../domain/money.ts';
import type { BookFacts } from '../domain/risk/make-book-view.ts';
import { leftInShards } from '../domain/risk/shard-limits.ts';
import { boardOfRows } from '../domain/rows-board.ts';
import type { Store } from '../ports/store.ts';
import { StoreFailure } from '../ports/store.ts';

/** How many closed trades decisions look back on: streaks, cooldowns and protections reach a week at most. */
const TRADES = 500;

/** Reads everything a decision needs of a book, at once. */
export async function loadBookFacts(store: Store, book: Book, now: Millis): Promise<BookFacts> {
  const [head, breaker, live, counters, trades, watches, dayStart, shards] = await Promise.all([
    store.ledger.head(book),
    readBreaker(store, book, now),
    store.orders.live(book),
    store.orders.counters(book),
    store.ledger.trades(book, TRADES),
    store.records.get('watches', book),
    store.records.get('day-start', dayKey(book, now)),
    store.records.get('shard-limit', book),
  ]);
  return {
    book,
    ledger: head.ledger,
    peak: head.peak,
    dayStart: (dayStart as { profit: Usd } | undefined)?.profit,
    breaker,
    live,
    counters,
    trades,
    watches: new Map(Object.entries((watches ?? {}) as Record<string, Watch>)),
    shardCash: shards === undefined ? undefined : leftInShards(shards as Record<string, Usd>, counters.held),
  };
}

/** A breaker that cannot be read lets nothing new through. */
async function readBreaker({ breakers }: Store, book: Book, now: Millis): Promise<Breaker> {
  try {
    return await breakers.read(book);
  } catch (error) {
    if (!(error instanceof StoreFailure)) throw error;
    return { state: 'reducing', cause: 'unreadable', detail: error.message, since: now, by: 'breaker', version: 0 };
  }
}

/** Keeps what was seen of held positions and forgets those that are gone. */
export async function saveWatches(
  store: Store,
  book: Book,
  before: ReadonlyMap<string, Watch>,
  seen: ReadonlyMap<string, Watch>,
  held: ReadonlySet<string>,
): Promise<void> {
  const kept: Record<string, Watch> = {};
  for (const [key, watch] of [...before, ...seen]) if (held.has(key)) kept[key] = watch;
  if (JSON.stringify(kept) !== JSON.stringify(Object.fromEntries(before))) await store.records.put('watches', book, kept);
}

export function dayKey(book: Book, now: Millis): string {
  return `${book}#${etDay(now)}`;
}

/** Tickers that a book has something in: positions and live orders. */
export function tickersOf({ ledger, live }: BookFacts): readonly string[] {
  return [...new Set([...ledger.positions.keys(), ...live.map(({ intent }) => intent.ticker)])];
}

/** A board without rows, for books that hold nothing. */
export function emptyBoard(at: Millis): Board {
  return boardOfRows([], at, { lacks: new Set() });
}
