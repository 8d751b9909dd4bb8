import type { Book } from '../domain/book.ts';
import type { Breaker, BreakerCause, TradingState } from '../domain/breaker.ts';
import type { Millis } from '../domain/money.ts';
import type { Broker } from '../ports/broker.ts';
import type { Clock } from '../ports/clock.ts';
import type { CancelIo } from './cancel-orders.ts';
import { cancelEntries } from './cancel-orders.ts';
import { closeGroups, letGroupsReset } from './order-groups.ts';
import type { BreakerIo } from './trip-breaker.ts';
import { resumeBook } from './trip-breaker.ts';
import { writeJournal } from './write-journal.ts';

export interface ControlIo extends BreakerIo, CancelIo {
  readonly store: BreakerIo['store'];
  readonly clock: Clock;
  readonly brokers: ReadonlyMap<Book, Broker>;
}

/** Who did it and why: both are asked for, both are kept. */
export interface ByHand {
  readonly name: string;
  readonly reason: string;
}

/** No new entries until a person resumes; exits and cancels run. A halted book stays halted. */
export function pause(io: ControlIo, book: Book, by: ByHand): Promise<Breaker> {
  return stopByHand(io, book, { state: 'reducing', cause: 'paused-by-hand' }, by);
}

/** Stops the book until a person resumes, and cancels its resting entries. */
export async function halt(io: ControlIo, book: Book, by: ByHand): Promise<{ readonly breaker: Breaker; readonly cancelled: number }> {
  const breaker = await stopByHand(io, book, { state: 'halted', cause: 'by-hand' }, by);
  const broker = io.brokers.get(book);
  if (broker) await closeGroups({ records: io.store.records, broker }, book);
  const cancelled = broker ? await cancelEntries(io, broker, await io.store.orders.live(book)) : [];
  return { breaker, cancelled: cancelled.length };
}

/** A person leaves a pause or a halt. Throws without a reason or a name. */
export async function resume(io: ControlIo, book: Book, by: ByHand): Promise<Breaker> {
  if (by.reason.trim() === '' || by.name.trim() === '') throw new Error('resume: reason or name is missing. Fix: give --reason TEXT');
  await letGroupsReset(io.store, book);
  return resumeBook(io, book, by, io.clock.now());
}

/** The exchange's kill switch: everything of the account that rests, ours or not. Sync then books what became of it. */
export async function cancelAll(io: ControlIo, book: Book, by: ByHand): Promise<void> {
  const { store, clock, digest } = io;
  const broker = io.brokers.get(book);
  if (!broker) throw new Error(`the ${book} book does not trade here. Fix: choose one of ${[...io.brokers.keys()].join(', ')}`);
  const at: Millis = clock.now();
  await writeJournal({ journal: store.journal, digest }, book, at, [{ kind: 'cancel-all', subject: book, body: by }]);
  await broker.cancelAll();
}

async function stopByHand(
  { store, clock, digest }: ControlIo,
  book: Book,
  to: { readonly state: TradingState; readonly cause: BreakerCause },
  { name, reason }: ByHand,
): Promise<Breaker> {
  for (;;) {
    const before = await store.breakers.read(book);
    if (before.state === 'halted') return before;
    const kept = before.resumedAt === undefined ? {} : { resumedAt: before.resumedAt };
    const next: Breaker = { ...to, detail: reason, since: clock.now(), by: name, version: before.version + 1, ...kept };
    if (!(await store.breakers.write(book, next, before.version))) continue;
    await writeJournal({ journal: store.journal, digest }, book, next.since, [{ kind: 'breaker', subject: book, body: next }]);
    return next;
  }
}
