import type { Millis, Price } from '../domain/money.ts';
import type { OrderRecord, Receipt } from '../domain/order.ts';
import type { Difference } from '../domain/reconcile.ts';
import type { ExchangeOrder } from '../ports/exchange.ts';
import type { Store } from '../ports/store.ts';
import { LEASE_MS } from './execute.ts';
import type { AccountView } from './read-account.ts';

/** An order that was never found counts as never placed after so many looks over so long. Source: protocol B18. */
const MISSES = 5;
const MISSING_FOR: Millis = 60_000;

/** Tells each live order what the exchange says of it; one that is not listed is left to `resolveMissing`. */
export async function settleListed(store: Store, { orders, asOf }: AccountView, live: readonly OrderRecord[], now: Millis): Promise<void> {
  const listed = new Map(orders.map((order) => [order.clientOrderId, order]));
  for (const record of live) {
    const order = listed.get(record.id);
    if (!order) continue;
    const price = restsAt(order, record, asOf);
    if (saysMore(order, record, price)) await store.orders.settle(record.id, receiptOf(order, price, now));
  }
}

/**
 * Settles what the exchange does not list: an order that was reserved under a lease that is over is given up; one that
 * was sent is looked for until nothing of it can still show. Nothing is ever sent again. True while some are open.
 */
export async function resolveMissing(
  store: Store,
  view: AccountView,
  live: readonly OrderRecord[],
  differences: readonly Difference[],
  now: Millis,
): Promise<boolean> {
  const listed = new Set(view.orders.map(({ clientOrderId }) => clientOrderId));
  let open = false;
  for (const record of live) {
    if (listed.has(record.id) || record.state === 'resting') continue;
    if (record.state === 'reserved') await giveUp(store, record, now);
    else if (record.orderId === undefined && mustShow(record, view)) open = !(await lookedInVain(store, record, differences, now)) || open;
  }
  return open;
}

function saysMore({ status, orderId, filled }: ExchangeOrder, record: OrderRecord, price: Price | undefined): boolean {
  return status !== 'resting' || record.state !== 'resting' || record.orderId !== orderId || record.filled < filled || price !== undefined;
}

/** What became of a re-peg that is under way: it shows, or what was read is so new that it would. Else nobody can say yet. */
function restsAt({ price }: ExchangeOrder, { repegs }: OrderRecord, asOf: Millis): Price | undefined {
  if (repegs?.pending === undefined) return undefined;
  return price === repegs.pending || asOf >= repegs.at + LEASE_MS ? price : undefined;
}

function receiptOf({ status, orderId, filled }: ExchangeOrder, price: Price | undefined, at: Millis): Receipt {
  const state = status === 'resting' ? 'resting' : status === 'executed' ? 'filled' : 'cancelled';
  return { state, orderId, filled, at, ...(price === undefined ? {} : { price }) };
}

async function giveUp(store: Store, { id, updatedAt }: OrderRecord, now: Millis): Promise<void> {
  if (now - updatedAt >= LEASE_MS) await store.orders.abandon(id, 'reserved, but its run ended before it was sent', now);
}

/** Whoever sent it has lost the lease by then, and what reads tell is newer than that. */
function mustShow({ sentAt, updatedAt }: OrderRecord, { asOf }: AccountView): boolean {
  return asOf >= (sentAt ?? updatedAt) + LEASE_MS;
}

/** Counts one more miss; true once the order is settled as never placed. A position that it would explain forbids that. */
async function lookedInVain(store: Store, { id, intent }: OrderRecord, differences: readonly Difference[], now: Millis): Promise<boolean> {
  await store.orders.miss(id, now);
  const looked = await store.orders.get(id);
  const { misses = 0, firstMissAt = now } = looked ?? {};
  if (misses < MISSES || now - firstMissAt < MISSING_FOR || differences.some(({ ticker }) => ticker === intent.ticker)) return false;
  const detail = `not found in ${misses} looks over ${Math.round((now - firstMissAt) / 1000)} s`;
  return store.orders.settle(id, { state: 'rejected', code: 'not_placed', detail, fix: 'nothing: it was never placed.', at: now });
}
