import type { Book } from '../../domain/book.ts';
import type { LedgerEntry } from '../../domain/ledger.ts';
import { post } from '../../domain/ledger.ts';
import type { Millis, Usd } from '../../domain/money.ts';
import type { Trade } from '../../domain/position.ts';
import type { LedgerHead, LedgerStore } from '../../ports/store.ts';
import { expression } from './expression.ts';
import { at, entriesOf, sortable, tradesOf } from './keys.ts';
import { headIn, headSetting, type StoredHead } from './ledger-head.ts';
import { type Pause, race } from './retry.ts';
import type { Table, Write } from './table.ts';

/** An entry is up to four items (itself, its id, two trades it closes); a transaction has room for 100 with the head. */
const CHUNK = 24;

export class DynamoLedger implements LedgerStore {
  readonly #table: Table;
  readonly #pause: Pause;

  constructor(table: Table, pause: Pause) {
    this.#table = table;
    this.#pause = pause;
  }

  async head(book: Book): Promise<LedgerHead> {
    return (await this.#head(book)).head;
  }

  async append(book: Book, entries: readonly LedgerEntry[]) {
    const added: LedgerEntry[] = [];
    const closed: Trade[] = [];
    let head: LedgerHead | undefined;
    for (let start = 0; start < entries.length; start += CHUNK) {
      const booked = await race(`booking in ${book}`, () => this.#book(book, entries.slice(start, start + CHUNK)), this.#pause);
      head = booked.head;
      added.push(...booked.added);
      closed.push(...booked.closed);
    }
    return { head: head ?? (await this.head(book)), added, closed };
  }

  async *entries(book: Book, since?: Millis): AsyncGenerator<LedgerEntry> {
    const from = since === undefined ? undefined : sortable(since);
    for await (const { entry } of this.#table.query(entriesOf(book), { from })) {
      const booked = JSON.parse(String(entry)) as LedgerEntry;
      if (since === undefined || booked.at >= since) yield booked;
    }
  }

  async trades(book: Book, limit: number): Promise<readonly Trade[]> {
    const trades: Trade[] = [];
    for await (const { trade } of this.#table.query(tradesOf(book), { newestFirst: true, page: limit })) {
      if (trades.push(JSON.parse(String(trade)) as Trade) >= limit) break;
    }
    return trades;
  }

  async setPeak(book: Book, peak: Usd): Promise<void> {
    await this.#table.update(at.ledger(book), expression('#peak = :peak', { peak }));
  }

  async #head(book: Book): Promise<StoredHead> {
    return headIn(await this.#table.get(at.ledger(book)));
  }

  /** Books what is new of at most CHUNK entries in one transaction on the head as read; undefined when that has moved. */
  async #book(book: Book, entries: readonly LedgerEntry[]): Promise<{ readonly won: Booked } | undefined> {
    const before = await this.#head(book);
    const fresh = await this.#unbooked(book, entries);
    if (fresh.length === 0) return { won: { head: before.head, added: [], closed: [] } };
    const { after, writes, closed } = fold(book, before, fresh);
    const headWrite = { update: at.ledger(book), ...headSetting(after, before.head.version) };
    const refused = await this.#table.commit([headWrite, ...writes]);
    return refused ? undefined : { won: { head: after.head, added: fresh, closed } };
  }

  async #unbooked(book: Book, entries: readonly LedgerEntry[]): Promise<readonly LedgerEntry[]> {
    const unbooked = new Set(entries.map(({ id }) => id));
    for (const { id } of await this.#table.getAll([...unbooked].map((id) => at.entryId(book, id)))) unbooked.delete(String(id));
    return entries.filter(({ id }) => unbooked.delete(id));
  }
}

interface Booked {
  readonly head: LedgerHead;
  readonly added: readonly LedgerEntry[];
  readonly closed: readonly Trade[];
}

/** What these entries make of the head, and what is written beside it. */
function fold(book: Book, before: StoredHead, entries: readonly LedgerEntry[]) {
  let { ledger, version } = before.head;
  let { through } = before;
  const writes: Write[] = [];
  const closed: Trade[] = [];
  for (const entry of entries) {
    const posted = post(ledger, entry);
    ledger = posted.ledger;
    version += 1;
    through = Math.max(through, entry.at);
    writes.push({ put: at.entry(book, through, version), item: { entry: JSON.stringify(entry) } });
    writes.push({ put: at.entryId(book, entry.id), item: { id: entry.id, seq: version }, when: expression('attribute_not_exists(#v)') });
    for (const [part, trade] of posted.closed.entries()) {
      writes.push({ put: at.trade(book, version, part), item: { trade: JSON.stringify(trade) } });
    }
    closed.push(...posted.closed);
  }
  return { after: { head: { ...before.head, ledger, version }, through }, writes, closed };
}
