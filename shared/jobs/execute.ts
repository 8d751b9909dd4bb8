import type { Book } from '../domain/book.ts';
import type { CounterLimit } from '../domain/counters.ts';
import { countersOf } from '../domain/counters.ts';
import type { Millis } from '../domain/money.ts';
import type { Approved, Receipt } from '../domain/order.ts';
import type { BookView } from '../domain/risk/book-view.ts';
import { bankrollOf } from '../domain/risk/book-view.ts';
import type { RiskLimits } from '../domain/risk/limits.ts';
import type { Broker } from '../ports/broker.ts';
import type { Clock } from '../ports/clock.ts';
import type { Digest } from '../ports/digest.ts';
import type { Lease, Reserved, Store } from '../ports/store.ts';
import { clientOrderId } from './client-order-id.ts';
import { unbookedSale } from './unbooked-sale.ts';
import { writeJournal } from './write-journal.ts';

export interface ExecuteIo {
  readonly store: Store;
  readonly broker: Broker;
  readonly clock: Clock;
  readonly digest: Digest;
}

/** What became of one approved order. */
export type Executed =
  | { readonly id: string; readonly order: Approved; readonly receipt: Receipt }
  | { readonly id: string; readonly order: Approved; readonly notReserved: Extract<Reserved, { ok: false }> };

/**
 * One order, once: journal, reserve (one transaction), write `sent`, touch the socket, write what was said. A crash
 * anywhere leaves a record that sync resolves; nothing is ever sent again. Source: protocol B18.
 */
export async function execute(
  io: ExecuteIo,
  order: Approved,
  lease: Lease,
  { limits, group }: { readonly limits: readonly CounterLimit[]; readonly group?: string | undefined },
): Promise<Executed> {
  const { store, broker, clock, digest } = io;
  const id = clientOrderId(order.key, digest);
  if (endsSoon(lease, clock.now())) return { id, order, notReserved: late(lease) };
  const sale = order.purpose === 'exit' ? await unbookedSale(store, order) : undefined;
  if (sale !== undefined) return { id, order, notReserved: sold(sale) };
  const reserved = await store.orders.reserve(id, order, lease, limits, clock.now());
  if (!reserved.ok) return { id, order, notReserved: reserved };
  await writeJournal({ journal: store.journal, digest }, order.book, clock.now(), [{ kind: 'intent', subject: id, body: order }]);
  if (endsSoon(lease, clock.now())) return { id, order, notReserved: late(lease) };
  if (!(await store.orders.markSent(id, clock.now()))) {
    return { id, order, receipt: { state: 'unknown', detail: 'taken over by another run before it was sent', at: clock.now() } };
  }
  const receipt = await broker.submit(id, order, group);
  await store.orders.settle(id, receipt);
  await writeJournal({ journal: store.journal, digest }, order.book, clock.now(), [{ kind: 'receipt', subject: id, body: receipt }]);
  return { id, order, receipt };
}

/** Too close to the end of the lease to be sure that what is sent leaves under it. */
export function endsSoon({ until }: Lease, now: Millis): boolean {
  return until - now < SENDING;
}

/** Said instead of sending; what was reserved is given up by sync. */
export function late({ name }: Lease): { readonly ok: false; readonly why: 'lease'; readonly detail: string } {
  return { ok: false, why: 'lease', detail: `${name} ends too soon to send under it` };
}

/** Said instead of selling twice. */
function sold(id: string): { readonly ok: false; readonly why: 'market-busy'; readonly detail: string } {
  return { ok: false, why: 'market-busy', detail: `order ${id} has sold here and is not booked yet` };
}

/** The caps an order may bring its counters to, checked again inside the reservation. Exits have none. */
export function counterLimits(order: Approved, view: BookView, limits: RiskLimits): readonly CounterLimit[] {
  if (order.purpose === 'exit') return [];
  const bankroll = bankrollOf(view, limits);
  const caps: Readonly<Record<string, number>> = {
    total: limits.capitalMax ?? view.equityFloor,
    market: limits.perMarket * bankroll,
    event: limits.perEvent * bankroll,
    category: limits.perCategory * bankroll,
    shard: shardLimit(order, view),
  };
  return countersOf(order).flatMap((counter) => {
    const limit = caps[counter.split(':')[0] ?? ''];
    return limit === undefined || !Number.isFinite(limit) ? [] : [{ counter, limit: Math.floor(limit) as CounterLimit['limit'] }];
  });
}

/** What the shard's counter may reach: what it holds already and the cash that is left there. No shards, no limit. */
function shardLimit({ shard }: Approved, { shardCash, exposure }: BookView): number {
  if (shardCash === undefined) return Number.POSITIVE_INFINITY;
  const cash = shard === undefined ? undefined : shardCash.get(shard);
  return cash === undefined ? 0 : cash + (exposure.get(`shard:${shard}`) ?? 0);
}

/** The lease under which a book is traded: one run at a time. */
export function tradeLease(book: Book): string {
  return `trade:${book}`;
}

/** How long a lease outlives its run at most. */
export const LEASE_MS: Millis = 150_000;
/** What the lease must still last for an order to be sent: more than a request may take. */
const SENDING: Millis = 20_000;
