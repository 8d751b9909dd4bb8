import type { Book } from '../../domain/book.ts';
import { breakerAlert } from '../../domain/watch/book-watch.ts';
import type { Alert, Moment } from '../../domain/words/alert.ts';
import type { Store } from '../../ports/store.ts';
import type { AlertIo } from './raise-alerts.ts';
import { alertNow } from './raise-alerts.ts';

const RECENT_ORDERS = 100;

/** Tells at once that a book has stopped: called when its breaker has changed. */
export async function alertBreaker(io: AlertIo & { readonly store: Store }, book: Book): Promise<void> {
  const alert = await breakerAlertOf(io.store, { at: io.clock.now(), book });
  if (alert) await alertNow(io, [alert]);
}

/** What the breaker says now, with what its stop left behind; nothing while it is active. */
export async function breakerAlertOf(store: Store, moment: Moment): Promise<Alert | undefined> {
  const { book } = moment;
  const breaker = await store.breakers.read(book);
  if (breaker.state === 'active') return undefined;
  const [{ ledger }, recent] = await Promise.all([store.ledger.head(book), store.orders.recent(book, RECENT_ORDERS)]);
  const cancelled = recent.filter(({ state, updatedAt }) => state === 'cancelled' && updatedAt >= breaker.since).length;
  return breakerAlert(moment, breaker, { cancelled, positions: ledger.positions.size });
}
