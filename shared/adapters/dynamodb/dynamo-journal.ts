import type { Book } from '../../domain/book.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import { continues } from '../../domain/journal.ts';
import type { JournalStore } from '../../ports/store.ts';
import { expression } from './expression.ts';
import { at, journalOf, sortable, subjectOf } from './keys.ts';
import type { Attributes } from './layout.ts';
import { pack, unpack } from './packed.ts';
import type { Table } from './table.ts';

type Options = NonNullable<Parameters<JournalStore['read']>[1]>;

export class DynamoJournal implements JournalStore {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async last(book: Book): Promise<JournalEntry | undefined> {
    for await (const item of this.#table.query(journalOf(book), { newestFirst: true, page: 1 })) return entriesIn(item).at(-1);
    return undefined;
  }

  /**
   * Everything appended together is one item, so that it is there whole or not at all. The subjects are written before it:
   * one that points to nothing is harmless, an entry that no subject leads to is lost.
   */
  async append(book: Book, entries: readonly JournalEntry[]): Promise<boolean> {
    if (!continues(await this.last(book), entries)) return false;
    const [first, last] = [entries[0], entries.at(-1)];
    if (!first || !last) return true;
    const subjects = [...new Set(entries.map(({ subject }) => subject))];
    await this.#table.putAll(subjects.map((subject) => [at.subject(book, subject, last.seq), { first: first.seq }]));
    const item = { last: last.seq, hash: last.hash, entries: pack(entries) };
    return (
      (await this.#table.commit([{ put: at.journal(book, first.seq), item, when: expression('attribute_not_exists(#v)') }])) === undefined
    );
  }

  async *read(book: Book, options: Options = {}): AsyncGenerator<JournalEntry> {
    const { subject, from = 1, limit = Number.POSITIVE_INFINITY } = options;
    let read = 0;
    for await (const item of subject === undefined ? this.#from(book, from) : this.#about(book, subject, from)) {
      for (const entry of entriesIn(item)) {
        if (entry.seq < from || (subject !== undefined && entry.subject !== subject)) continue;
        if (read >= limit) return;
        read += 1;
        yield entry;
      }
    }
  }

  /** The items that hold entry `from` and those after it. */
  async *#from(book: Book, from: number): AsyncGenerator<Attributes> {
    let first = 1;
    for await (const { sk } of this.#table.query(journalOf(book), { to: sortable(from), newestFirst: true, page: 1 })) {
      first = Number(sk);
      break;
    }
    yield* this.#table.query(journalOf(book), { from: sortable(first) });
  }

  async *#about(book: Book, subject: string, from: number): AsyncGenerator<Attributes> {
    const firsts = new Set<number>();
    for await (const { first } of this.#table.query(subjectOf(book, subject), { from: sortable(from) })) firsts.add(Number(first));
    for (const first of firsts) {
      const item = await this.#table.get(at.journal(book, first));
      if (item) yield item;
    }
  }
}

function entriesIn({ entries }: Attributes): readonly JournalEntry[] {
  return unpack(entries) as readonly JournalEntry[];
}
