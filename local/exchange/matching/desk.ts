import type { Contracts, Millis, Price } from '../../../shared/domain/money.ts';
import { onGrid } from '../world/grid.ts';
import { statusAt } from '../world/market-state.ts';
import type { MarketFacts } from '../world/world.ts';
import type { Account } from './account.ts';
import type { Floor } from './floor.ts';
import { type Halts, inMaintenance } from './halts.ts';
import type { LiveMarket } from './live-market.ts';
import { Order, type OrderRequest } from './order.ts';
import { crosses, opposite } from './order-book.ts';
import { Refusal } from './refusal.ts';
import { reserveOf } from './reserve.ts';

/** When a client order id may be used again: never, or once its order has been filled. Undocumented; drills run both. */
export type IdReuse = 'never' | 'after-fill';

export interface DeskRules {
  readonly idReuse: IdReuse;
  /** The kill switch also cancels orders placed this much later. */
  readonly killSwitchTailMs: Millis;
}

/** How an order is to change; what is left out stays. `expiresAt` null lifts the expiry. */
export interface AmendRequest {
  readonly side: OrderRequest['side'];
  readonly ticker: string;
  readonly price: Price;
  /** Filled so far and what is to rest, together. */
  readonly count: Contracts;
  readonly clientOrderId?: string | undefined;
  readonly updatedClientOrderId?: string | undefined;
  readonly expiresAt?: Millis | null | undefined;
}

/** Takes members' orders and says no where the exchange would. Everything refused is a Refusal. */
export class Desk {
  readonly #floor: Floor;
  readonly #halts: Halts;
  readonly #rules: DeskRules;
  readonly #killedUntil = new Map<Account, Millis>();

  constructor(floor: Floor, halts: Halts, rules: DeskRules) {
    this.#floor = floor;
    this.#halts = halts;
    this.#rules = rules;
  }

  place(account: Account, market: MarketFacts, asked: OrderRequest, at: Millis): Order {
    this.#mustTrade(market, at);
    mustFit(asked, market, at);
    this.#mustBeNewId(account, asked.clientOrderId);
    this.#mustHaveOpenGroup(account, market, asked.group);
    const request = asked.reduceOnly ? reduced(asked, account.position(market).yes) : asked;
    const live = this.#floor.marketAt(market, at);
    mustNotCross(live, request);
    mustAfford(account, market, request, []);
    if (request.timeInForce === 'fill_or_kill' && live.book.available(request.side, request.price) < request.count) {
      throw new Refusal(409, 'fill_or_kill_insufficient_resting_volume', 'fill or kill insufficient resting volume');
    }
    const order = new Order(this.#floor.nextId(), account, market, request, at);
    if (asked.clientOrderId) account.name(order, asked.clientOrderId);
    account.open(order);
    this.#work(live, order, request.timeInForce === 'good_till_canceled', at);
    if (asked.reduceOnly && request.count === 0) this.#floor.cancel(order, 'ReduceOnlyCancel', at);
    if (order.resting && at < (this.#killedUntil.get(account) ?? 0)) this.#floor.cancel(order, '', at);
    return order;
  }

  /** Contracts taken off. */
  cancel(account: Account, id: string, shard: number, at: Millis): Contracts {
    const order = this.#restingOrder(account, id, shard);
    this.#mustReach(this.#marketOf(order), at);
    return this.#floor.cancel(order, '', at);
  }

  /** The kill switch: every resting order of a member, wherever the exchange can be reached. */
  cancelAll(account: Account, at: Millis): void {
    if (this.#halts.exchangeDown) throw new Refusal(503, 'exchange_paused', 'exchange is paused');
    this.#killedUntil.set(account, at + this.#rules.killSwitchTailMs);
    for (const order of account.resting()) {
      if (!this.#halts.shardsDown.has(order.market.event.series.shard)) this.#floor.cancel(order, '', at);
    }
  }

  /** Fewer contracts keep their place in the queue. */
  decrease(account: Account, id: string, shard: number, change: { readonly by?: Contracts; readonly to?: Contracts }, at: Millis): Order {
    const order = this.#restingOrder(account, id, shard);
    this.#mustReach(this.#marketOf(order), at);
    const left = (change.to ?? order.remaining - (change.by ?? 0)) as Contracts;
    if (left > order.remaining || left < 0)
      throw new Refusal(400, 'invalid_order_size', 'decrease must leave no more than is resting and no less than 0');
    if (left === 0) this.#floor.cancel(order, 'Decrease', at);
    else this.#shrink(order, left, 'Decrease', at);
    return order;
  }

  /** A lower count or another expiry keeps the place in the queue; another price or more contracts lose it. */
  amend(account: Account, id: string, shard: number, to: AmendRequest, at: Millis): { readonly order: Order; readonly filled: Contracts } {
    const order = this.#restingOrder(account, id, shard);
    const { state } = order;
    const market = this.#marketOf(order);
    mustMatch(order, to);
    this.#mustTrade(market, at);
    if (!onGrid(to.price, market.ranges)) throw offGrid();
    const remaining = (to.count - state.filled) as Contracts;
    if (remaining <= 0) throw new Refusal(400, 'invalid_order_size', 'count must exceed what is already filled');
    const expiresAt = to.expiresAt === undefined ? state.expiresAt : (to.expiresAt ?? undefined);
    mustExpireLater(expiresAt, at);
    const renamed = to.updatedClientOrderId;
    if (renamed !== undefined && renamed !== state.clientOrderId) this.#mustBeNewId(account, renamed);
    const live = this.#floor.marketAt(market, at);
    const wanted = { side: order.side, price: to.price, count: remaining, postOnly: order.postOnly };
    mustNotCross(live, wanted);
    mustAfford(account, market, wanted, [order]);
    if (renamed !== undefined) account.name(order, renamed);
    order.change(at, { expiresAt, ...(renamed === undefined ? undefined : { clientOrderId: renamed }) });
    if (to.price === state.price && remaining <= state.remaining) this.#shrink(order, remaining, 'Amend', at);
    else this.#requeue(live, order, to.price, remaining, at);
    return { order, filled: (order.state.filled - state.filled) as Contracts };
  }

  #shrink(order: Order, remaining: Contracts, reason: 'Amend' | 'Decrease', at: Millis): void {
    this.#floor.live.get(order.market.ticker)?.book.shrink(order, remaining);
    order.change(at, { remaining, initial: (order.state.filled + remaining) as Contracts, reason });
    this.#floor.note(order, at);
  }

  #requeue(live: LiveMarket, order: Order, price: Price, remaining: Contracts, at: Millis): void {
    live.book.remove(order);
    order.change(at, { price, remaining, initial: (order.state.filled + remaining) as Contracts, reason: 'Amend' });
    this.#work(live, order, true, at);
  }

  /** Matches, then rests what is left or cancels it. */
  #work(live: LiveMarket, order: Order, rests: boolean, at: Millis): void {
    this.#floor.execute(live, { order, side: order.side, limit: order.price, count: order.remaining }, at);
    if (!order.resting) return;
    const against = live.book.best(opposite(order.side));
    if (against !== undefined && crosses(opposite(order.side), against, order.price) && order.remaining > 0) {
      this.#floor.cancel(order, 'SelfTradeCancel', at);
    } else if (!rests) {
      this.#floor.cancel(order, order.state.reason, at);
    } else {
      live.book.rest(order);
      this.#floor.note(order, at);
    }
  }

  #restingOrder(account: Account, id: string, shard: number): Order {
    const order = account.orders.get(id);
    if (!order?.resting || order.market.event.series.shard !== shard) throw new Refusal(404, 'not_found', 'order not found');
    return order;
  }

  /** As the market is now; its facts may have been amended since the order came. */
  #marketOf({ market }: Order): MarketFacts {
    return this.#floor.world.market(market.ticker) ?? market;
  }

  /** Cancels reach a market as long as it has not closed and its shard is up. */
  #mustReach({ event, endsAt }: MarketFacts, at: Millis): void {
    if (this.#halts.exchangeDown || this.#halts.shardsDown.has(event.series.shard)) {
      throw new Refusal(503, 'exchange_paused', 'exchange is paused');
    }
    if (at >= endsAt) throw new Refusal(400, 'market_inactive', 'market is not active');
  }

  #mustTrade(market: MarketFacts, at: Millis): void {
    this.#mustReach(market, at);
    if (inMaintenance(at)) throw new Refusal(400, 'trading_paused', 'trading is paused');
    if (statusAt(market, at) !== 'active') throw new Refusal(400, 'market_inactive', 'market is not active');
  }

  #mustBeNewId(account: Account, id: string | undefined): void {
    const known = id === undefined ? undefined : account.clientIds.get(id);
    if (!known || (this.#rules.idReuse === 'after-fill' && known.state.status === 'executed')) return;
    throw new Refusal(409, 'order_already_exists', 'order already exists');
  }

  #mustHaveOpenGroup(account: Account, market: MarketFacts, id: string | undefined): void {
    if (id === undefined) return;
    const group = this.#floor.groups.get(account, id);
    if (group.shard !== market.event.series.shard) throw new Refusal(400, 'invalid_order', 'order group is on another exchange index');
    if (group.triggered) throw new Refusal(400, 'exceeded_order_group_risk_limit', 'order group has reached its contracts limit');
  }
}

function mustFit(order: OrderRequest, market: MarketFacts, at: Millis): void {
  if (!onGrid(order.price, market.ranges)) throw offGrid();
  const immediate = order.timeInForce !== 'good_till_canceled';
  if (order.reduceOnly && order.timeInForce !== 'immediate_or_cancel') {
    throw new Refusal(400, 'invalid_order', 'invalid order', 'reduce_only requires immediate_or_cancel');
  }
  if (immediate && order.expiresAt !== undefined) {
    throw new Refusal(400, 'invalid_order', 'invalid order', 'expiration_time requires good_till_canceled');
  }
  if (immediate && order.postOnly) throw new Refusal(400, 'invalid_order', 'invalid order', 'post_only requires good_till_canceled');
  mustExpireLater(order.expiresAt, at);
}

function mustExpireLater(expiresAt: Millis | undefined, at: Millis): void {
  if (expiresAt !== undefined && expiresAt <= at)
    throw new Refusal(400, 'invalid_order', 'invalid order', 'expiration_time must be in the future');
}

function mustMatch(order: Order, to: AmendRequest): void {
  if (to.ticker !== order.market.ticker) throw new Refusal(400, 'order_ticker_mismatch', 'ticker does not match the order');
  if (to.side !== order.side) throw new Refusal(400, 'order_side_mismatch', 'side does not match the order');
  if (to.clientOrderId !== undefined && to.clientOrderId !== order.state.clientOrderId) {
    throw new Refusal(400, 'order_id_and_client_order_id_mismatch', 'client_order_id does not match the order');
  }
}

function mustNotCross(live: LiveMarket, { postOnly, side, price }: Pick<OrderRequest, 'postOnly' | 'side' | 'price'>): void {
  const against = live.book.best(opposite(side));
  if (postOnly && against !== undefined && crosses(opposite(side), against, price)) {
    throw new Refusal(400, 'invalid_order', 'invalid order', 'post only cross');
  }
}

/** The order together with what already works in its market must be covered by the shard's free cash. */
function mustAfford(
  account: Account,
  market: MarketFacts,
  order: Pick<OrderRequest, 'side' | 'price' | 'count'>,
  replaced: readonly Order[],
): void {
  const working = account.working(market);
  const { yes } = account.position(market);
  const others = working.filter((other) => !replaced.includes(other));
  const more = reserveOf(yes, [...others, { ...order, remaining: order.count }]) - reserveOf(yes, working);
  if (more > account.available(market.event.series.shard) && more > 0) {
    throw new Refusal(400, 'insufficient_balance', 'insufficient balance');
  }
}

/** No more than the position held, and nothing when there is none to reduce. */
function reduced(order: OrderRequest, yes: number): OrderRequest {
  const held = order.side === 'bid' ? Math.max(0, -yes) : Math.max(0, yes);
  return { ...order, count: Math.min(order.count, held) as Contracts };
}

function offGrid(): Refusal {
  return new Refusal(400, 'invalid_price', 'invalid price', 'price is not on the price ranges of the market');
}
