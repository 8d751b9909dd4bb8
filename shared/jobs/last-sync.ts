import type { Book } from '../domain/book.ts';
import type { Millis, Usd } from '../domain/money.ts';
import type { Difference } from '../domain/reconcile.ts';
import type { RecordStore } from '../ports/store.ts';

/** When a book was last compared with the exchange, and where they disagreed. */
export interface LastSync {
  readonly at: Millis;
  /** How fresh what it read was at least. */
  readonly asOf?: Millis;
  readonly differences: readonly Difference[];
  /** Cash as the exchange showed it, and the most that resting orders held beside it. */
  readonly account?: { readonly cash: Usd; readonly held: Usd };
}

interface LastSyncIo {
  readonly records: RecordStore;
}

export async function keepSync({ records }: LastSyncIo, book: Book, sync: LastSync): Promise<void> {
  await records.put('sync-latest', book, sync);
}

/** Undefined before the first sync. */
export async function lastSync({ records }: LastSyncIo, book: Book): Promise<LastSync | undefined> {
  return (await records.get('sync-latest', book)) as LastSync | undefined;
}
