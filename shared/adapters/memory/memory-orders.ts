import type { Book } from '../../domain/book.ts';
import type { CounterLimit, CounterScope, Counters, Held } from '../../domain/counters.ts';
import { countersOf, heldByOrders, lower, overLimit, raise } from '../../domain/counters.ts';
import type { Millis, Usd } from '../../domain/money.ts';
import type { Approved, ApprovedRepeg, OrderRecord, Receipt } from '../../domain/order.ts';
import { isLive } from '../../domain/order.ts';
import type { Change } from '../../domain/order-machine.ts';
import { abandoned, missed, repegSent, reserved, sent, settled } from '../../domain/order-machine.ts';
import type { Lease, OrderStore, Repegged, Reserved } from '../../ports/store.ts';
import type { MemoryBreakers } from './memory-breakers.ts';
import type { MemoryLeases } from './memory-leases.ts';

interface Listed {
  readonly id: string;
  readonly decidedAt: Millis;
}

interface BookOrders {
  /** By decision time, then id; nearly always added at the end. */
  readonly byTime: Listed[];
  /** The one live order of each market. */
  readonly live: Map<string, string>;
  counters: Counters;
}

export class MemoryOrders implements OrderStore {
  readonly #leases: MemoryLeases;
  readonly #breakers: MemoryBreakers;
  readonly #byId = new Map<string, OrderRecord>();
  readonly #byBook = new Map<Book, BookOrders>();

  constructor(leases: MemoryLeases, breakers: MemoryBreakers) {
    this.#leases = leases;
    this.#breakers = breakers;
  }

  async reserve(id: string, intent: Approved, lease: Lease, limits: readonly CounterLimit[], at: Millis): Promise<Reserved> {
    const existing = this.#byId.get(id);
    if (existing) return { ok: false, why: 'exists', record: existing };
    const orders = this.#of(intent.book);
    const refusal = this.#refusal(intent, lease, limits, at);
    if (refusal) return refusal;
    const record = reserved(id, intent, lease.token, at);
    this.#byId.set(id, record);
    insert(orders.byTime, { id, decidedAt: intent.decidedAt });
    orders.live.set(intent.ticker, id);
    if (intent.purpose === 'entry') this.#count(intent.book, raise(orders.counters.held, countersOf(intent), record.held));
    return { ok: true, record };
  }

  async markSent(id: string, at: Millis): Promise<boolean> {
    const record = this.#byId.get(id);
    const next = record && sent(record, at);
    if (next) this.#byId.set(id, next);
    return next !== undefined;
  }

  async repeg({ id, book, to }: ApprovedRepeg, lease: Lease, at: Millis): Promise<Repegged> {
    const record = this.#byId.get(id);
    const next = record && repegSent(record, to, at);
    if (!next) return { ok: false, why: 'moved', detail: `order ${id} may not be re-pegged, it is ${record?.state ?? 'unknown'}` };
    if (!this.#leases.holds(lease, at))
      return { ok: false, why: 'lease', detail: `${lease.name} is no longer held under token ${lease.token}` };
    const breaker = this.#breakers.current(book);
    if (breaker.state !== 'active') return { ok: false, why: 'breaker', detail: `${book} is ${breaker.state}` };
    this.#byId.set(id, next);
    return { ok: true, record: next };
  }

  async settle(id: string, receipt: Receipt): Promise<boolean> {
    const record = this.#byId.get(id);
    return this.#apply(record && settled(record, receipt));
  }

  async abandon(id: string, detail: string, at: Millis): Promise<boolean> {
    const record = this.#byId.get(id);
    return this.#apply(record && abandoned(record, detail, at));
  }

  async miss(id: string, at: Millis): Promise<void> {
    const record = this.#byId.get(id);
    const next = record && missed(record, at);
    if (next) this.#byId.set(id, next);
  }

  async release(book: Book, scope: CounterScope, amount: Usd): Promise<void> {
    const { counters } = this.#of(book);
    this.#count(book, lower(counters.held, countersOf(scope), amount, heldByOrders(this.#live(book))));
  }

  async recount(book: Book, held: Held, expected: number): Promise<boolean> {
    if (this.#of(book).counters.version !== expected) return false;
    this.#count(book, new Map([...held].filter(([, amount]) => amount > 0)));
    return true;
  }

  async get(id: string): Promise<OrderRecord | undefined> {
    return this.#byId.get(id);
  }

  async live(book: Book): Promise<readonly OrderRecord[]> {
    return this.#live(book);
  }

  async recent(book: Book, limit: number, since = Number.NEGATIVE_INFINITY): Promise<readonly OrderRecord[]> {
    const byTime = this.#of(book).byTime.filter(({ decidedAt }) => decidedAt >= since);
    const newest = byTime.slice(Math.max(0, byTime.length - limit)).reverse();
    return this.#records(newest.map(({ id }) => id));
  }

  async counters(book: Book): Promise<Counters> {
    return this.#of(book).counters;
  }

  #refusal(intent: Approved, lease: Lease, limits: readonly CounterLimit[], at: Millis): Reserved | undefined {
    const refuse = (why: 'breaker' | 'lease' | 'market-busy' | 'over-limit', detail: string) => ({ ok: false, why, detail }) as const;
    if (!this.#leases.holds(lease, at)) return refuse('lease', `${lease.name} is no longer held under token ${lease.token}`);
    const entry = intent.purpose === 'entry';
    const breaker = this.#breakers.current(intent.book);
    if (entry && breaker.state !== 'active') return refuse('breaker', `${intent.book} is ${breaker.state}`);
    const { live, counters } = this.#of(intent.book);
    const busy = live.get(intent.ticker);
    if (busy !== undefined) return refuse('market-busy', `order ${busy} of ${intent.ticker} is live`);
    const over = entry ? overLimit(counters.held, limits, intent.risk) : undefined;
    return over === undefined ? undefined : refuse('over-limit', over);
  }

  #apply(change: Change | undefined): boolean {
    if (!change) return false;
    const { record, freed } = change;
    const { book, ticker } = record.intent;
    const orders = this.#of(book);
    this.#byId.set(record.id, record);
    if (!isLive(record.state)) orders.live.delete(ticker);
    if (freed > 0) this.#count(book, lower(orders.counters.held, countersOf(record.intent), freed));
    return true;
  }

  #count(book: Book, held: Held): void {
    const orders = this.#of(book);
    orders.counters = { held, version: orders.counters.version + 1 };
  }

  #live(book: Book): OrderRecord[] {
    const { live } = this.#of(book);
    return this.#records([...live.keys()].sort().map((ticker) => live.get(ticker)));
  }

  #records(ids: readonly (string | undefined)[]): OrderRecord[] {
    return ids.flatMap((id) => (id === undefined ? [] : (this.#byId.get(id) ?? [])));
  }

  #of(book: Book): BookOrders {
    const known = this.#byBook.get(book);
    if (known) return known;
    const fresh: BookOrders = { byTime: [], live: new Map(), counters: { held: new Map(), version: 0 } };
    this.#byBook.set(book, fresh);
    return fresh;
  }
}

/** Puts an order in its place, looking from the end. */
function insert(byTime: Listed[], order: Listed): void {
  let place = byTime.length;
  for (let before = byTime[place - 1]; before && isLater(before, order); before = byTime[place - 1]) place -= 1;
  byTime.splice(place, 0, order);
}

function isLater(a: Listed, b: Listed): boolean {
  return a.decidedAt === b.decidedAt ? a.id > b.id : a.decidedAt > b.decidedAt;
}
