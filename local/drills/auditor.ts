import type { Breaker } from '../../shared/domain/breaker.ts';
import type { CounterLimit } from '../../shared/domain/counters.ts';
import { countersOf } from '../../shared/domain/counters.ts';
import type { Millis } from '../../shared/domain/money.ts';
import type { Approved, Receipt } from '../../shared/domain/order.ts';
import { unfilledRisk } from '../../shared/domain/order-machine.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Lease, Reserved, Store } from '../../shared/ports/store.ts';
import type { Account } from '../exchange/matching/account.ts';
import type { Order } from '../exchange/matching/order.ts';

/** A promise that was broken, in words. */
export type Violation = string;

/**
 * Watches everything that is written and sent, from outside: it believes the exchange's own books, not what reads say,
 * and computes exposure by itself.
 */
export class Auditor {
  readonly violations: Violation[] = [];
  readonly posted = new Set<string>();
  readonly intents = new Map<string, Approved>();
  /** Whether one process runs and no other. */
  alone = true;
  /** What is ours by market and side, from so many of the account's fills. */
  readonly #own = new Map<string, number>();
  #counted = 0;
  /** Orders that were written down as never placed. */
  readonly #givenUp = new Set<string>();
  readonly #leases = new Map<string, Lease>();
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #account: Account;
  #breaker: Breaker | undefined;

  constructor(store: Store, clock: Clock, account: Account) {
    this.#store = store;
    this.#clock = clock;
    this.#account = account;
  }

  /** What a store call did. */
  heard(name: string, args: readonly unknown[], answer: unknown): void {
    if (name === 'leases.acquire' && answer) this.#leases.set((answer as Lease).name, answer as Lease);
    if (name === 'leases.release') this.#released(args[0] as Lease);
    if (name === 'breakers.write' && answer === true) this.#breaker = args[1] as Breaker;
    if (name === 'orders.settle' && answer === true && (args[1] as Receipt).state === 'rejected') this.#givenUp.add(String(args[0]));
    if (name === 'orders.abandon' && answer === true) this.#givenUp.add(String(args[0]));
    if (name === 'orders.reserve') this.#answered(args as readonly [string, Approved, Lease, readonly CounterLimit[]], answer as Reserved);
  }

  /** An order on its way to the exchange: it must be written as sent, once, and be one that was reserved. */
  async sending(id: string): Promise<void> {
    if (this.posted.has(id)) this.violations.push(`order ${id} was sent twice`);
    this.posted.add(id);
    const record = await this.#store.orders.get(id);
    if (!record) this.violations.push(`order ${id} was sent and never reserved`);
    else if (record.sentAt === undefined)
      this.violations.push(`order ${id} was sent and is ${record.state}: not written before the socket`);
  }

  /** Orders of ours on the exchange, by client id. */
  ours(): ReadonlyMap<string, readonly Order[]> {
    const orders = [...this.#account.orders.values()].filter(({ state }) => state.clientOrderId.startsWith('k1-'));
    return Map.groupBy(orders, ({ state }) => state.clientOrderId);
  }

  /** What must hold whenever nothing runs. */
  quiet(): void {
    const resting = new Map<string, number>();
    for (const [id, orders] of this.ours()) {
      const intent = this.intents.get(id);
      const filled = orders.reduce((sum, { state }) => sum + state.filled, 0);
      if (this.#givenUp.has(id)) this.violations.push(`order ${id} was given up, and the exchange has it`);
      if (orders.length > 1) this.violations.push(`decision ${id} has ${orders.length} orders`);
      if (!intent) this.violations.push(`order ${id} was never reserved`);
      else if (filled > intent.count) this.violations.push(`decision ${id} filled ${filled} of ${intent.count}`);
      for (const order of orders) if (order.resting) resting.set(order.market.ticker, (resting.get(order.market.ticker) ?? 0) + 1);
    }
    this.violations.push(...this.#soldBeyondOurs());
    for (const [ticker, count] of resting) if (count > 1) this.violations.push(`${count} orders rest in ${ticker}`);
    const { cause, detail } = this.#breaker ?? {};
    if (cause === 'reconciliation' || cause === 'fee-divergence') this.violations.push(`${cause} without a reason: ${detail}`);
  }

  /** Exits sell what entries have bought, and nothing that somebody else has. */
  #soldBeyondOurs(): readonly Violation[] {
    return [...this.#ownCounts()].flatMap(([held, left]) => (left < 0 ? [`${-left} of ${held} were sold that we had not bought`] : []));
  }

  /** Contracts that entries of ours have bought less those that exits have sold, by market and side; what a hand sold of them is gone. */
  #ownCounts(): ReadonlyMap<string, number> {
    const { fills } = this.#account;
    for (; this.#counted < fills.length; this.#counted++) {
      const fill = fills[this.#counted];
      if (!fill) continue;
      const intent = this.intents.get(fill.order.state.clientOrderId);
      if (!intent) {
        this.#atMost(`${fill.order.market.ticker} yes`, fill.positionAfter);
        this.#atMost(`${fill.order.market.ticker} no`, -fill.positionAfter);
        continue;
      }
      const held = `${intent.ticker} ${intent.side}`;
      this.#own.set(held, (this.#own.get(held) ?? 0) + (intent.purpose === 'entry' ? fill.count : -fill.count));
    }
    return this.#own;
  }

  #atMost(held: string, position: number): void {
    const own = this.#own.get(held);
    if (own !== undefined) this.#own.set(held, Math.min(own, Math.max(0, position)));
  }

  get breaker(): Breaker | undefined {
    return this.#breaker;
  }

  /** With nobody else about, the store has nothing to refuse: the gate has counted every approval before. */
  #answered([id, intent, lease, limits]: readonly [string, Approved, Lease, readonly CounterLimit[]], answer: Reserved): void {
    if (answer.ok) this.#reserved(id, intent, lease, limits);
    else if (this.alone && answer.why === 'over-limit') this.violations.push(`${id} was approved beyond its caps: ${answer.detail}`);
  }

  #released({ name, token }: Lease): void {
    if (this.#leases.get(name)?.token === token) this.#leases.delete(name);
  }

  #reserved(id: string, intent: Approved, lease: Lease, limits: readonly CounterLimit[]): void {
    if (this.intents.has(id)) this.violations.push(`decision ${id} was reserved twice`);
    this.intents.set(id, intent);
    const held = this.#leases.get(lease.name);
    const now: Millis = this.#clock.now();
    if (held?.token !== lease.token || held.until <= now) this.violations.push(`order ${id} was reserved without the lease`);
    if (intent.purpose === 'exit') return;
    const state = this.#breaker?.state ?? 'active';
    if (state !== 'active') this.violations.push(`entry ${id} was reserved while ${state}`);
    const exposure = this.#exposure(id);
    for (const { counter, limit } of limits) {
      const risk = exposure.get(counter) ?? 0;
      if (risk > limit) this.violations.push(`${counter} is exposed to ${risk} of ${limit} with ${id}`);
    }
    if (limits.length < 4) this.violations.push(`entry ${id} was reserved under ${limits.length} caps`);
  }

  /** Money at risk by counter, from the exchange's books: what is ours of positions at cost, and what live orders of ours can still cost. */
  #exposure(reserved: string): ReadonlyMap<string, number> {
    const exposure = new Map<string, number>();
    const ours = this.ours();
    const scopes = new Map([...this.intents.values()].map((intent) => [intent.ticker, intent]));
    const add = (intent: Approved, amount: number) => {
      for (const name of countersOf(intent)) exposure.set(name, (exposure.get(name) ?? 0) + amount);
    };
    const own = this.#ownCounts();
    for (const { market, seen } of this.#account.holdings.values()) {
      const intent = scopes.get(market.ticker);
      const { yes = 0, cost = 0 } = seen.latest ?? {};
      const ours = own.get(`${market.ticker} ${yes > 0 ? 'yes' : 'no'}`) ?? 0;
      if (intent && yes !== 0) add(intent, cost * Math.min(1, ours / Math.abs(yes)));
    }
    for (const [id, intent] of this.intents) {
      const order = ours.get(id)?.[0];
      const open = order ? order.resting : id === reserved;
      if (open && intent.purpose === 'entry') add(intent, unfilledRisk(intent, order?.state.filled ?? 0));
    }
    return exposure;
  }
}
