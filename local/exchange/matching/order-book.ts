import type { Contracts, Price } from '../../../shared/domain/money.ts';
import type { Ladder, Level } from '../world/world.ts';
import type { Order } from './order.ts';

export type BookSide = 'bid' | 'ask';

/** A place in the queue of a price: a member's order, or what others have there. */
interface Entry {
  readonly order: Order | undefined;
  count: number;
}

/** A meeting of an incoming order with a resting one. */
export interface Meeting {
  readonly price: Price;
  readonly count: Contracts;
  /** The member's order that rested; undefined for others. */
  readonly maker: Order | undefined;
}

export type LevelChange = (side: BookSide, price: Price, delta: number, order: Order | undefined) => void;

/** Price-time priority over one market, in YES prices. Every change of a level is told. */
export class OrderBook {
  /** Grows with every change of a level. */
  version = 0;
  readonly #queues = { bid: new Map<Price, Entry[]>(), ask: new Map<Price, Entry[]>() };
  readonly #tell: LevelChange;
  /** Orders of members: mostly there are none, and they are asked for at every step. */
  #members = 0;

  constructor(tell: LevelChange) {
    this.#tell = tell;
  }

  /** Prices with something resting, best first. */
  prices(side: BookSide): readonly Price[] {
    const prices = [...this.#queues[side].keys()];
    return prices.sort((a, b) => (side === 'bid' ? b - a : a - b));
  }

  best(side: BookSide): Price | undefined {
    let best: Price | undefined;
    for (const price of this.#queues[side].keys()) if (best === undefined || (side === 'bid' ? price > best : price < best)) best = price;
    return best;
  }

  count(side: BookSide, price: Price): Contracts {
    return sum(this.#queues[side].get(price) ?? []) as Contracts;
  }

  ladder(depth = Number.POSITIVE_INFINITY): Ladder {
    const levels = (side: BookSide): readonly Level[] =>
      this.prices(side)
        .slice(0, depth)
        .map((price) => ({ price, count: this.count(side, price) }));
    return { bids: levels('bid'), asks: levels('ask') };
  }

  orders(): readonly Order[] {
    if (this.#members === 0) return [];
    const orders: Order[] = [];
    for (const side of [this.#queues.bid, this.#queues.ask])
      for (const queue of side.values()) for (const { order } of queue) if (order) orders.push(order);
    return orders;
  }

  /** Contracts that rest before this order at its price or better. */
  ahead(order: Order): Contracts {
    const better = this.prices(order.side).filter((price) => crosses(order.side, price, order.price) && price !== order.price);
    const queue = this.#queues[order.side].get(order.price) ?? [];
    const before = queue.slice(
      0,
      queue.findIndex((entry) => entry.order === order),
    );
    return (better.reduce((total, price) => total + this.count(order.side, price), 0) + sum(before)) as Contracts;
  }

  rest(order: Order): void {
    this.#join(order.side, order.price, order.remaining, order);
  }

  remove(order: Order): void {
    const queue = this.#queues[order.side].get(order.price);
    const place = queue?.findIndex((entry) => entry.order === order) ?? -1;
    if (!queue || place < 0) return;
    const [entry] = queue.splice(place, 1);
    this.#members -= 1;
    this.#tidy(order.side, order.price, queue);
    if (entry) this.#changed(order.side, order.price, -entry.count, order);
  }

  /** Fewer contracts at the same place in the queue. */
  shrink(order: Order, count: Contracts): void {
    const entry = this.#queues[order.side].get(order.price)?.find((candidate) => candidate.order === order);
    if (!entry) return;
    const delta = count - entry.count;
    entry.count = count;
    this.#changed(order.side, order.price, delta, order);
  }

  /** Contracts resting against an incoming order at its limit or better. */
  available(side: BookSide, limit: Price): Contracts {
    const against = opposite(side);
    const prices = this.prices(against).filter((price) => crosses(against, price, limit));
    return prices.reduce((total, price) => total + this.count(against, price), 0) as Contracts;
  }

  /**
   * Takes at most `count` from the other side, best price and oldest first. `allow` is asked before each meeting with a member's
   * order: `skip` takes that order out of the way first, `stop` ends the matching.
   */
  *take(side: BookSide, limit: Price, count: number, allow: (maker: Order) => 'meet' | 'skip' | 'stop'): Generator<Meeting> {
    const against = opposite(side);
    let left = count;
    while (left > 0) {
      const price = this.best(against);
      if (price === undefined || !crosses(against, price, limit)) return;
      const entry = this.#queues[against].get(price)?.[0];
      if (!entry) return;
      const verdict = entry.order ? allow(entry.order) : 'meet';
      if (verdict === 'stop') return;
      if (verdict === 'skip') continue;
      const met = Math.min(left, entry.count) as Contracts;
      this.#consume(against, price, met);
      left -= met;
      yield { price, count: met, maker: entry.order };
    }
  }

  /** Puts what others quote in place of what they quoted. They leave from the back of a queue and join at its back. */
  requote(ladder: Ladder): void {
    this.#requoteSide('bid', ladder.bids);
    this.#requoteSide('ask', ladder.asks);
  }

  #requoteSide(side: BookSide, levels: readonly Level[]): void {
    const wanted = new Map(levels.map(({ price, count }) => [price, count]));
    for (const price of new Set([...this.#queues[side].keys(), ...wanted.keys()])) {
      const queue = this.#queues[side].get(price) ?? [];
      const others = sum(queue.filter(({ order }) => order === undefined));
      const delta = (wanted.get(price) ?? 0) - others;
      if (delta > 0) this.#join(side, price, delta, undefined);
      else if (delta < 0) this.#leave(side, price, queue, -delta);
    }
  }

  #leave(side: BookSide, price: Price, queue: Entry[], count: number): void {
    let left = count;
    for (let place = queue.length - 1; place >= 0 && left > 0; place--) {
      const entry = queue[place];
      if (!entry || entry.order) continue;
      const gone = Math.min(left, entry.count);
      entry.count -= gone;
      left -= gone;
      if (entry.count === 0) queue.splice(place, 1);
    }
    this.#tidy(side, price, queue);
    this.#changed(side, price, -count, undefined);
  }

  #join(side: BookSide, price: Price, count: number, order: Order | undefined): void {
    const queue = this.#queues[side].get(price) ?? [];
    this.#queues[side].set(price, queue);
    const last = queue.at(-1);
    if (last && !last.order && !order) last.count += count;
    else queue.push({ order, count });
    if (order) this.#members += 1;
    this.#changed(side, price, count, order);
  }

  #consume(side: BookSide, price: Price, count: number): void {
    const queue = this.#queues[side].get(price);
    const entry = queue?.[0];
    if (!queue || !entry) return;
    entry.count -= count;
    if (entry.count === 0) {
      queue.shift();
      if (entry.order) this.#members -= 1;
    }
    this.#tidy(side, price, queue);
    this.#changed(side, price, -count, entry.order);
  }

  #changed(side: BookSide, price: Price, delta: number, order: Order | undefined): void {
    this.version += 1;
    this.#tell(side, price, delta, order);
  }

  #tidy(side: BookSide, price: Price, queue: readonly Entry[]): void {
    if (queue.length === 0) this.#queues[side].delete(price);
  }
}

export function opposite(side: BookSide): BookSide {
  return side === 'bid' ? 'ask' : 'bid';
}

/** Whether a price resting on `side` is at `limit` or better for whoever comes against it. */
export function crosses(side: BookSide, price: Price, limit: Price): boolean {
  return side === 'bid' ? price >= limit : price <= limit;
}

function sum(entries: readonly Entry[]): number {
  return entries.reduce((total, { count }) => total + count, 0);
}
