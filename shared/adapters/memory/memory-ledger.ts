import type { Book } from '../../domain/book.ts';
import type { Ledger, LedgerEntry } from '../../domain/ledger.ts';
import { emptyLedger, post } from '../../domain/ledger.ts';
import type { Millis, Usd } from '../../domain/money.ts';
import type { Trade } from '../../domain/position.ts';
import type { LedgerHead, LedgerStore } from '../../ports/store.ts';

interface BookLedger {
  ledger: Ledger;
  peak: Usd | undefined;
  readonly entries: LedgerEntry[];
  readonly ids: Set<string>;
  readonly trades: Trade[];
}

export class MemoryLedger implements LedgerStore {
  readonly #byBook = new Map<Book, BookLedger>();

  async head(book: Book): Promise<LedgerHead> {
    return headOf(this.#of(book));
  }

  async append(book: Book, entries: readonly LedgerEntry[]) {
    const kept = this.#of(book);
    const added: LedgerEntry[] = [];
    const closed: Trade[] = [];
    for (const entry of entries) {
      if (kept.ids.has(entry.id)) continue;
      const posted = post(kept.ledger, entry);
      kept.ledger = posted.ledger;
      kept.ids.add(entry.id);
      kept.entries.push(entry);
      added.push(entry);
      kept.trades.push(...posted.closed);
      closed.push(...posted.closed);
    }
    return { head: headOf(kept), added, closed };
  }

  async *entries(book: Book, since?: Millis): AsyncGenerator<LedgerEntry> {
    for (const entry of this.#of(book).entries) if (since === undefined || entry.at >= since) yield entry;
  }

  async trades(book: Book, limit: number): Promise<readonly Trade[]> {
    const { trades } = this.#of(book);
    return trades.slice(Math.max(0, trades.length - limit)).reverse();
  }

  async setPeak(book: Book, peak: Usd): Promise<void> {
    this.#of(book).peak = peak;
  }

  #of(book: Book): BookLedger {
    const known = this.#byBook.get(book);
    if (known) return known;
    const fresh: BookLedger = { ledger: emptyLedger, peak: undefined, entries: [], ids: new Set(), trades: [] };
    this.#byBook.set(book, fresh);
    return fresh;
  }
}

function headOf({ ledger, entries, peak }: BookLedger): LedgerHead {
  return { ledger, version: entries.length, ...(peak === undefined ? {} : { peak }) };
}
