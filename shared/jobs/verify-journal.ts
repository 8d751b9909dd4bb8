import type { Book } from '../domain/book.ts';
import type { JournalEntry } from '../domain/journal.ts';
import type { JournalIo } from './write-journal.ts';
import { isIntact } from './write-journal.ts';

/** Whether a book's journal is whole; if not, the first entry that says something else than when it was written. */
export type JournalVerdict =
  | { readonly ok: true; readonly entries: number }
  | { readonly ok: false; readonly entries: number; readonly seq: number; readonly why: string };

/** Walks a book's chain from its first entry: numbers without gaps, each linked to the one before, each as it was written. */
export async function verifyJournal({ journal, digest }: JournalIo, book: Book): Promise<JournalVerdict> {
  let before: JournalEntry | undefined;
  let entries = 0;
  for await (const entry of journal.read(book)) {
    const { seq, previous } = entry;
    const broken = (why: string): JournalVerdict => ({ ok: false, entries, seq, why });
    if (seq !== (before?.seq ?? 0) + 1) return broken(`follows entry ${before?.seq ?? 0}: something between is missing`);
    if (previous !== (before?.hash ?? '')) return broken('is not linked to the entry before it');
    if (!isIntact(entry, digest)) return broken('says something else than when it was written');
    before = entry;
    entries += 1;
  }
  return { ok: true, entries };
}
