import type { Contracts, Millis, Price, Usd } from '../../../shared/domain/money.ts';
import { notional, opposite, PAYOUT } from '../../../shared/domain/money.ts';
import type { MarketFacts } from '../world/world.ts';
import type { Order } from './order.ts';
import type { BookSide } from './order-book.ts';
import { reserveOf } from './reserve.ts';
import { Timeline } from './timeline.ts';

/** YES positive, NO negative. `cost` is what the contracts held now were bought for. */
export interface Position {
  readonly yes: number;
  readonly cost: Usd;
  readonly traded: Usd;
  readonly realized: Usd;
  readonly fees: Usd;
  readonly at: Millis;
}

export interface Holding {
  readonly market: MarketFacts;
  readonly seen: Timeline<Position>;
}

export interface AccountFill {
  readonly id: string;
  readonly order: Order;
  readonly at: Millis;
  readonly price: Price;
  readonly count: Contracts;
  readonly taker: boolean;
  readonly fee: Usd;
  readonly positionAfter: number;
}

export interface AccountSettlement {
  readonly market: MarketFacts;
  readonly at: Millis;
  readonly position: Position;
  readonly revenue: Usd;
  readonly fee: Usd;
}

const FLAT: Position = { yes: 0, cost: 0 as Usd, traded: 0 as Usd, realized: 0 as Usd, fees: 0 as Usd, at: 0 };

/** A member's money, orders and positions. Cash is per shard and never crosses by itself. */
export class Account {
  readonly id: string;
  readonly orders = new Map<string, Order>();
  readonly clientIds = new Map<string, Order>();
  readonly fills: AccountFill[] = [];
  readonly settlements: AccountSettlement[] = [];
  /** By ticker. */
  readonly holdings = new Map<string, Holding>();
  readonly balances = new Timeline<ReadonlyMap<number, Usd>>();
  readonly #cash: Map<number, Usd>;
  readonly #working = new Map<string, Set<Order>>();

  constructor(id: string, cash: ReadonlyMap<number, Usd>, at: Millis) {
    this.id = id;
    this.#cash = new Map(cash);
    this.note(at);
  }

  /** By shard, what resting orders hold included. */
  get cash(): ReadonlyMap<number, Usd> {
    return this.#cash;
  }

  /** Orders that rest in a market. */
  working(market: MarketFacts): readonly Order[] {
    return [...(this.#working.get(market.ticker) ?? [])];
  }

  resting(): readonly Order[] {
    return [...this.#working.values()].flatMap((orders) => [...orders]);
  }

  position(market: MarketFacts): Position {
    return this.holdings.get(market.ticker)?.seen.latest ?? FLAT;
  }

  /** Cash of a shard that no resting order holds. */
  available(shard: number): Usd {
    let held = 0;
    for (const [first, ...others] of this.#working.values()) {
      if (first?.market.event.series.shard !== shard) continue;
      held += reserveOf(this.position(first.market).yes, [first, ...others]);
    }
    return ((this.#cash.get(shard) ?? 0) - held) as Usd;
  }

  /** What resting orders of a shard hold. */
  held(shard: number): Usd {
    return ((this.#cash.get(shard) ?? 0) - this.available(shard)) as Usd;
  }

  /** A client order id is taken by an order, for good even when the order gets another. */
  name(order: Order, clientOrderId: string): void {
    order.names.push(clientOrderId);
    this.clientIds.set(clientOrderId, order);
  }

  open(order: Order): void {
    const working = this.#working.get(order.market.ticker) ?? new Set();
    this.#working.set(order.market.ticker, working.add(order));
    this.orders.set(order.id, order);
  }

  close(order: Order): void {
    const working = this.#working.get(order.market.ticker);
    working?.delete(order);
    if (working?.size === 0) this.#working.delete(order.market.ticker);
  }

  /** Books a fill: what closes the position is paid out, what opens one is paid for. Returns the position after it. */
  book(market: MarketFacts, side: BookSide, price: Price, count: Contracts, fee: Usd, at: Millis): Position {
    const before = this.position(market);
    const direction = side === 'bid' ? 1 : -1;
    const closing = (Math.sign(before.yes) === -direction ? Math.min(count, Math.abs(before.yes)) : 0) as Contracts;
    const opening = (count - closing) as Contracts;
    const [paid, received] = side === 'bid' ? [price, opposite(price)] : [opposite(price), price];
    const costClosed = closing === 0 ? 0 : Math.round((before.cost * closing) / Math.abs(before.yes));
    const proceeds = notional(received, closing);
    const outlay = notional(paid, opening);
    const after: Position = {
      yes: before.yes + direction * count,
      cost: (before.cost - costClosed + outlay) as Usd,
      traded: (before.traded + proceeds + outlay) as Usd,
      realized: (before.realized + proceeds - costClosed) as Usd,
      fees: (before.fees + fee) as Usd,
      at,
    };
    this.#move(market.event.series.shard, proceeds - outlay - fee);
    this.#hold(market, after, at);
    return after;
  }

  /** Pays a settled position: YES gets `yesValue`, NO the rest, in whole cents; the broken cent is a fee. */
  settle(market: MarketFacts, yesValue: Price, at: Millis): AccountSettlement | undefined {
    const position = this.position(market);
    if (!this.holdings.has(market.ticker)) return undefined;
    const value = position.yes >= 0 ? yesValue : ((PAYOUT - yesValue) as Price);
    const exact = notional(value, Math.abs(position.yes) as Contracts);
    const revenue = (Math.floor(exact / 10_000) * 10_000) as Usd;
    const fee = (exact - revenue) as Usd;
    this.#move(market.event.series.shard, revenue);
    const realized = (position.realized + revenue - position.cost) as Usd;
    this.#hold(market, { ...position, yes: 0, cost: 0 as Usd, realized, at }, at);
    const settlement = { market, at, position, revenue, fee: (position.fees + fee) as Usd };
    this.settlements.push(settlement);
    return settlement;
  }

  /** Moves cash into (or, negative, out of) a shard. */
  pay(shard: number, amount: Usd, at: Millis): void {
    this.#move(shard, amount);
    this.note(at);
  }

  /** Makes the balance of now readable once reads have caught up. */
  note(at: Millis): void {
    this.balances.record(at, new Map([...this.#cash.keys()].map((shard) => [shard, this.available(shard)])));
  }

  #move(shard: number, amount: number): void {
    this.#cash.set(shard, ((this.#cash.get(shard) ?? 0) + amount) as Usd);
  }

  #hold(market: MarketFacts, position: Position, at: Millis): void {
    const holding = this.holdings.get(market.ticker) ?? { market, seen: new Timeline<Position>() };
    this.holdings.set(market.ticker, holding);
    holding.seen.record(at, position);
  }
}
