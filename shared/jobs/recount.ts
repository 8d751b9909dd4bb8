import type { Book } from '../domain/book.ts';
import { countersOf, heldByOrders, raise } from '../domain/counters.ts';
import type { Usd } from '../domain/money.ts';
import type { OrderRecord } from '../domain/order.ts';
import { unfilledRisk } from '../domain/order-machine.ts';
import type { Store } from '../ports/store.ts';
import type { AccountView } from './read-account.ts';

/**
 * Sets the counters to what positions cost, live orders may cost, and fills cost that orders report but the ledger has
 * not been told of yet. Counts again when anybody wrote meanwhile.
 */
export async function recount(store: Store, book: Book, view: AccountView): Promise<void> {
  for (;;) {
    const { version } = await store.orders.counters(book);
    const [{ ledger }, live, recent] = await Promise.all([
      store.ledger.head(book),
      store.orders.live(book),
      store.orders.recent(book, RECENT, view.since - UNSENT),
    ]);
    let held = heldByOrders(live);
    for (const position of ledger.positions.values()) held = raise(held, countersOf(position), (position.cost + position.fees) as Usd);
    for (const { intent, cost } of unbooked([...live, ...recent], view)) held = raise(held, countersOf(intent), cost);
    if (await store.orders.recount(book, held, version)) return;
  }
}

/** Entries that have filled further than the fills that were read say, and what that part costs at most. */
function unbooked(records: readonly OrderRecord[], { fills, since }: AccountView) {
  const booked = new Map<string, number>();
  for (const { orderId, count } of fills) booked.set(orderId, (booked.get(orderId) ?? 0) + count);
  const unique = new Map(records.map((record) => [record.id, record]));
  return [...unique.values()].flatMap(({ intent, orderId, filled, sentAt }) => {
    if (orderId === undefined || sentAt === undefined || sentAt < since || intent.purpose === 'exit') return [];
    const seen = Math.min(booked.get(orderId) ?? 0, filled);
    return seen === filled ? [] : [{ intent, cost: (unfilledRisk(intent, seen) - unfilledRisk(intent, filled)) as Usd }];
  });
}

const RECENT = 300;
/** An order is decided this long before it is sent, at most. */
const UNSENT = 3_600_000;
