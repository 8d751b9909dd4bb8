import type { Book } from '../domain/book.ts';
import type { Breaker, BreakerCause } from '../domain/breaker.ts';
import type { Millis } from '../domain/money.ts';
import type { Trip } from '../domain/risk/trips.ts';
import { halts } from '../domain/risk/trips.ts';
import type { Digest } from '../ports/digest.ts';
import type { Store } from '../ports/store.ts';
import { writeJournal } from './write-journal.ts';

export interface BreakerIo {
  readonly store: Store;
  readonly digest: Digest;
}

/**
 * Applies what was found to a book's breaker: a trip reduces or halts; a clean look leaves `reducing`, never `halted`.
 * Returns the change, if there was one. A lost race is read again: the graver state stands.
 */
export async function applyTrip(io: BreakerIo, book: Book, trip: Trip | undefined, at: Millis): Promise<Breaker | undefined> {
  for (;;) {
    const before = await io.store.breakers.read(book);
    const next = nextBreaker(before, trip, at);
    if (next === undefined) return undefined;
    if (!(await io.store.breakers.write(book, next, before.version))) continue;
    await writeJournal({ journal: io.store.journal, digest: io.digest }, book, at, [{ kind: 'breaker', subject: book, body: next }]);
    return next;
  }
}

/** A person leaves a halt, with a reason and a name; what was lost until now no longer trips. */
export async function resumeBook(
  io: BreakerIo,
  book: Book,
  by: { readonly reason: string; readonly name: string },
  at: Millis,
): Promise<Breaker> {
  for (;;) {
    const before = await io.store.breakers.read(book);
    const next: Breaker = { state: 'active', detail: by.reason, since: at, by: by.name, resumedAt: at, version: before.version + 1 };
    if (!(await io.store.breakers.write(book, next, before.version))) continue;
    await writeJournal({ journal: io.store.journal, digest: io.digest }, book, at, [{ kind: 'breaker', subject: book, body: next }]);
    return next;
  }
}

/** Pausing by hand is left by hand too, so one clean look does not end it. */
const leftByHand: ReadonlySet<BreakerCause> = new Set(['paused-by-hand']);

function nextBreaker(before: Breaker, trip: Trip | undefined, at: Millis): Breaker | undefined {
  if (before.state === 'halted') return undefined;
  const kept = before.resumedAt === undefined ? {} : { resumedAt: before.resumedAt };
  if (trip === undefined) {
    if (before.state === 'active' || (before.cause !== undefined && leftByHand.has(before.cause))) return undefined;
    return { state: 'active', since: at, by: 'clean sync', version: before.version + 1, ...kept };
  }
  const state = halts(trip.cause) ? 'halted' : 'reducing';
  if (before.state === state && (before.cause === trip.cause || leftByHand.has(before.cause ?? 'gap'))) return undefined;
  return { state, cause: trip.cause, detail: trip.detail, since: at, by: 'breaker', version: before.version + 1, ...kept };
}
