import type { Book } from '../domain/book.ts';
import { canonicalJson } from '../domain/canonical-json.ts';
import type { JournalEntry } from '../domain/journal.ts';
import type { Millis } from '../domain/money.ts';
import type { Digest } from '../ports/digest.ts';
import type { JournalStore } from '../ports/store.ts';

/** Something to remember: what it is, whom it concerns, and the facts. */
export interface Note {
  readonly kind: string;
  /** Client order id, market or run that `pilot why` asks for. */
  readonly subject: string;
  readonly body: unknown;
}

export interface JournalIo {
  readonly journal: JournalStore;
  readonly digest: Digest;
}

const ATTEMPTS = 8;

/** Appends notes to a book's chain. Each hash covers the note and the hash before it. */
export async function writeJournal({ journal, digest }: JournalIo, book: Book, at: Millis, notes: readonly Note[]): Promise<void> {
  if (notes.length === 0) return;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const last = await journal.last(book);
    if (await journal.append(book, chain(notes, last, at, digest))) return;
  }
  throw new Error(`journal of the ${book} book was written to ${ATTEMPTS} times meanwhile. Fix: run one job of a book at a time`);
}

/** Whether an entry says what it said when it was written. */
export function isIntact(entry: JournalEntry, digest: Digest): boolean {
  return entry.hash === hashOf(entry, digest);
}

function chain(notes: readonly Note[], last: JournalEntry | undefined, at: Millis, digest: Digest): readonly JournalEntry[] {
  const entries: JournalEntry[] = [];
  for (const { kind, subject, body } of notes) {
    const before = entries.at(-1) ?? last;
    const entry = { seq: (before?.seq ?? 0) + 1, at, kind, subject, body, previous: before?.hash ?? '' };
    entries.push({ ...entry, hash: hashOf(entry, digest) });
  }
  return entries;
}

function hashOf({ seq, at, kind, subject, body, previous }: Omit<JournalEntry, 'hash'>, digest: Digest): string {
  return digest(JSON.stringify([previous, seq, at, kind, subject, canonicalJson(body)]));
}
