import type { Book } from '../../domain/book.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import { continues } from '../../domain/journal.ts';
import type { JournalStore } from '../../ports/store.ts';

export class MemoryJournal implements JournalStore {
  readonly #byBook = new Map<Book, JournalEntry[]>();

  async last(book: Book): Promise<JournalEntry | undefined> {
    return this.#of(book).at(-1);
  }

  async append(book: Book, entries: readonly JournalEntry[]): Promise<boolean> {
    const kept = this.#of(book);
    if (!continues(kept.at(-1), entries)) return false;
    for (const entry of entries) kept.push(entry);
    return true;
  }

  async *read(book: Book, options: { readonly subject?: string; readonly from?: number; readonly limit?: number } = {}) {
    const { subject, from = 1, limit = Number.POSITIVE_INFINITY } = options;
    let read = 0;
    for (const entry of this.#of(book)) {
      if (read >= limit) return;
      if (entry.seq < from || (subject !== undefined && entry.subject !== subject)) continue;
      read += 1;
      yield entry;
    }
  }

  #of(book: Book): JournalEntry[] {
    const known = this.#byBook.get(book);
    if (known) return known;
    const fresh: JournalEntry[] = [];
    this.#byBook.set(book, fresh);
    return fresh;
  }
}
