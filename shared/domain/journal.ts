import type { Millis } from './money.ts';
import { InvalidValue } from './money.ts';

/** One link of the append-only, hash-chained journal of a book. */
export interface JournalEntry {
  /** From 1, without gaps. */
  readonly seq: number;
  readonly at: Millis;
  readonly kind: string;
  /** Decision or order the entry belongs to; `pilot why` follows it. */
  readonly subject: string;
  readonly body: unknown;
  /** Hash of the entry before this one. */
  readonly previous: string;
  readonly hash: string;
}

/**
 * Whether these entries continue the journal: false when somebody appended meanwhile. Throws InvalidValue when they could
 * never have: a gap, or a link to a hash that is not the one before.
 */
export function continues(last: JournalEntry | undefined, entries: readonly JournalEntry[]): boolean {
  const first = entries[0];
  if (first && last && first.seq <= last.seq) return false;
  let before = last;
  for (const entry of entries) {
    const seq = (before?.seq ?? 0) + 1;
    if (entry.seq !== seq) throw new InvalidValue('journal.seq', entry.seq, `number the entry ${seq}`);
    if (before && entry.previous !== before.hash) {
      throw new InvalidValue('journal.previous', entry.previous, `link entry ${seq} to the hash of the one before`);
    }
    before = entry;
  }
  return true;
}
