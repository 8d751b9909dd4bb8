import type { Book } from '../../domain/book.ts';
import type { CounterLimit, CounterScope, Counters, Held } from '../../domain/counters.ts';
import { countersOf, heldByOrders, lower } from '../../domain/counters.ts';
import type { Millis, Usd } from '../../domain/money.ts';
import type { Approved, ApprovedRepeg, OrderRecord, Receipt } from '../../domain/order.ts';
import { isLive } from '../../domain/order.ts';
import type { Change } from '../../domain/order-machine.ts';
import { abandoned, missed, repegSent, reserved, settled } from '../../domain/order-machine.ts';
import type { Lease, OrderStore, Repegged, Reserved } from '../../ports/store.ts';
import { expression } from './expression.ts';
import { at, liveOf, ordersOf, sortable } from './keys.ts';
import { countersIn, countersItem, orderItem, orderRecord } from './order-items.ts';
import { activeBreaker, heldLease, refusalOf, writesOf } from './reservation.ts';
import { type Pause, race } from './retry.ts';
import type { Key, Table, Write } from './table.ts';

export class DynamoOrders implements OrderStore {
  readonly #table: Table;
  readonly #pause: Pause;

  constructor(table: Table, pause: Pause) {
    this.#table = table;
    this.#pause = pause;
  }

  async reserve(id: string, intent: Approved, lease: Lease, limits: readonly CounterLimit[], now: Millis): Promise<Reserved> {
    const reservation = { record: reserved(id, intent, lease.token, now), lease, limits, at: now };
    const refused = await this.#table.commit(writesOf(reservation));
    return (refused && refusalOf(reservation, refused)) ?? { ok: true, record: reservation.record };
  }

  async markSent(id: string, now: Millis): Promise<boolean> {
    const set = expression('#state = :sent, #sentAt = :now, #updatedAt = :now, #rev = #rev + :one', { sent: 'sent', now, one: 1 });
    const refused = await this.#table.commit([
      { update: at.order(id), set, when: expression('#state = :reserved', { reserved: 'reserved' }) },
    ]);
    return refused === undefined;
  }

  repeg({ id, to }: ApprovedRepeg, lease: Lease, now: Millis): Promise<Repegged> {
    return race(
      `re-pegging order ${id}`,
      async () => {
        const item = await this.#table.get(at.order(id));
        const record = item && orderRecord(item);
        const next = record && repegSent(record, to, now);
        if (!next)
          return { won: { ok: false, why: 'moved', detail: `order ${id} may not be re-pegged, it is ${record?.state ?? 'unknown'}` } };
        const answer = await this.#commitRepeg(next, Number(item.rev), lease, now);
        return answer && { won: answer };
      },
      this.#pause,
    );
  }

  /** Undefined for a race lost. */
  async #commitRepeg(next: OrderRecord, rev: number, lease: Lease, now: Millis): Promise<Repegged | undefined> {
    const guards = [heldLease(lease, now), activeBreaker(next.intent.book)];
    const put = { put: at.order(next.id), item: orderItem(next, rev + 1), when: expression('#rev = :rev', { rev }) };
    const refused = await this.#table.commit([...guards.map(({ write }) => write), put]);
    if (!refused) return { ok: true, record: next };
    const first = Math.min(...refused.keys());
    return guards[first]?.refusal(refused.get(first) ?? {});
  }

  settle(id: string, receipt: Receipt): Promise<boolean> {
    return this.#change(id, (record) => settled(record, receipt));
  }

  abandon(id: string, detail: string, now: Millis): Promise<boolean> {
    return this.#change(id, (record) => abandoned(record, detail, now));
  }

  async miss(id: string, now: Millis): Promise<void> {
    await this.#change(id, (record) => {
      const looked = missed(record, now);
      return looked && { record: looked, freed: 0 as Usd };
    });
  }

  async release(book: Book, scope: CounterScope, amount: Usd): Promise<void> {
    await race(
      `releasing ${scope.ticker}`,
      async () => {
        // The counters first: whatever changes an order's hold after that changes their version.
        const { held, version } = await this.counters(book);
        const floor = heldByOrders(await this.live(book));
        const refused = await this.#table.commit([counted(book, lower(held, countersOf(scope), amount, floor), version)]);
        return refused ? undefined : { won: true };
      },
      this.#pause,
    );
  }

  async recount(book: Book, held: Held, expected: number): Promise<boolean> {
    const positive = new Map([...held].filter(([, amount]) => amount > 0));
    return (await this.#table.commit([counted(book, positive, expected)])) === undefined;
  }

  async get(id: string): Promise<OrderRecord | undefined> {
    const item = await this.#table.get(at.order(id));
    return item && orderRecord(item);
  }

  async live(book: Book): Promise<readonly OrderRecord[]> {
    const ids: string[] = [];
    for await (const { id } of this.#table.query(liveOf(book))) ids.push(String(id));
    return (await this.#records(ids)).filter(({ state }) => isLive(state));
  }

  async recent(book: Book, limit: number, since?: Millis): Promise<readonly OrderRecord[]> {
    const ids: string[] = [];
    const from = since === undefined ? undefined : sortable(since);
    for await (const { id } of this.#table.query(ordersOf(book), { from, newestFirst: true, page: limit })) {
      if (ids.push(String(id)) >= limit) break;
    }
    return this.#records(ids);
  }

  async counters(book: Book): Promise<Counters> {
    return countersIn(await this.#table.get(at.counters(book)));
  }

  /** Applies a change to an order as it is, and in the same transaction to what it holds. False when there is none. */
  #change(id: string, decide: (record: OrderRecord) => Change | undefined): Promise<boolean> {
    return race(
      `changing order ${id}`,
      async () => {
        const item = await this.#table.get(at.order(id));
        const change = item && decide(orderRecord(item));
        if (!change) return { won: false };
        const refused = await this.#table.commit(await this.#writesOf(change, Number(item.rev)));
        return refused ? undefined : { won: true };
      },
      this.#pause,
    );
  }

  async #writesOf({ record, freed }: Change, rev: number): Promise<readonly Write[]> {
    const { id, intent, state } = record;
    const writes: Write[] = [{ put: at.order(id), item: orderItem(record, rev + 1), when: expression('#rev = :rev', { rev }) }];
    if (!isLive(state)) {
      writes.push({ remove: at.market(intent.book, intent.ticker), when: expression('attribute_not_exists(#v) OR #id = :id', { id }) });
    }
    if (freed > 0) {
      const { held, version } = await this.counters(intent.book);
      writes.push(counted(intent.book, lower(held, countersOf(intent), freed), version));
    }
    return writes;
  }

  /** In the order of the ids. */
  async #records(ids: readonly string[]): Promise<readonly OrderRecord[]> {
    const items = await this.#table.getAll(ids.map((id): Key => at.order(id)));
    const records = new Map(items.map((item) => [String(item.id), orderRecord(item)]));
    return ids.flatMap((id) => records.get(id) ?? []);
  }
}

/** The counters as counted from a reading of that version. */
function counted(book: Book, held: Held, version: number): Write {
  const unmoved = version === 0 ? expression('attribute_not_exists(#v)') : expression('#version = :version', { version });
  return { put: at.counters(book), item: countersItem(held, version + 1), when: unmoved };
}
