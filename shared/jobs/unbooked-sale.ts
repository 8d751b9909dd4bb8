import type { Approved } from '../domain/order.ts';
import type { Store } from '../ports/store.ts';
import { lastSync } from './last-sync.ts';

/** Exits are few, and only those since the last sync matter. */
const RECENT = 50;

/**
 * The exit that has sold in this market and is not in the ledger yet: until a sync has booked it, the ledger shows contracts
 * that are sold, and selling them again would sell what somebody else bought there by hand. Undefined when there is none.
 */
export async function unbookedSale(
  store: Pick<Store, 'orders' | 'records'>,
  { book, ticker }: Pick<Approved, 'book' | 'ticker'>,
): Promise<string | undefined> {
  const [recent, last] = await Promise.all([store.orders.recent(book, RECENT), lastSync(store, book)]);
  const booked = last?.asOf ?? last?.at ?? 0;
  const sale = recent.find(
    ({ intent, filled, updatedAt }) => intent.purpose === 'exit' && intent.ticker === ticker && filled > 0 && updatedAt >= booked,
  );
  return sale?.id;
}
