import { type Account as AccountKind, chargeFee } from '../../../shared/domain/fees.ts';
import type { Contracts, Millis, Price, Usd } from '../../../shared/domain/money.ts';
import { notional } from '../../../shared/domain/money.ts';
import { uuid } from '../world/chance.ts';
import { feeTermsAt } from '../world/market-state.ts';
import type { MarketFacts, World } from '../world/world.ts';
import type { Account } from './account.ts';
import type { Print, Tell } from './happening.ts';
import { LiveMarket } from './live-market.ts';
import type { Order, UpdateReason } from './order.ts';
import type { BookSide } from './order-book.ts';
import type { OrderGroups } from './order-groups.ts';

/** Someone who takes: a member's order, or others. */
export interface Taker {
  readonly order?: Order;
  readonly side: BookSide;
  readonly limit: Price;
  readonly count: number;
  /** What others' trade is called on the tape. */
  readonly tradeId?: string;
}

/** Where orders meet. Markets are live here as long as a member has an interest in them; all others exist in the world only. */
export class Floor {
  readonly world: World;
  readonly tell: Tell;
  readonly accounts = new Map<string, Account>();
  readonly live = new Map<string, LiveMarket>();
  readonly feeAccount: AccountKind;
  readonly groups: OrderGroups;
  readonly #seed: number;
  #made: number;

  constructor(options: {
    readonly world: World;
    readonly tell: Tell;
    readonly feeAccount: AccountKind;
    readonly groups: OrderGroups;
    readonly seed: number;
    /** Identifiers given out before. */
    readonly made?: number;
  }) {
    this.world = options.world;
    this.tell = options.tell;
    this.feeAccount = options.feeAccount;
    this.groups = options.groups;
    this.#seed = options.seed;
    this.#made = options.made ?? 0;
  }

  /** Identifiers given out so far. */
  get made(): number {
    return this.#made;
  }

  nextId(): string {
    this.#made += 1;
    return uuid(this.#seed, this.#made);
  }

  /** The live form of a market, made now if it is not live yet. */
  marketAt(market: MarketFacts, at: Millis): LiveMarket {
    const found = this.live.get(market.ticker);
    if (found) return found;
    const made = new LiveMarket(this, market, at);
    this.live.set(market.ticker, made);
    return made;
  }

  /** Lets time pass: trades of others, new quotes, expiries, and what becomes of markets. */
  advance(to: Millis): void {
    for (const live of this.live.values()) live.advance(to);
  }

  /** Meets a taker with the book. Returns the contracts taken. */
  execute(live: LiveMarket, taker: Taker, at: Millis): Contracts {
    let taken = 0;
    const allow = (maker: Order) => this.#preventSelfTrade(maker, taker.order, at);
    for (const meeting of live.book.take(taker.side, taker.limit, taker.count, allow)) {
      taken += meeting.count;
      const id = taken === meeting.count && taker.tradeId !== undefined ? taker.tradeId : this.nextId();
      const print: Print = { id, at, price: meeting.price, count: meeting.count, buy: taker.side === 'bid' };
      if (meeting.maker) this.#fill(meeting.maker, print, false);
      if (taker.order) this.#fill(taker.order, print, true);
      live.print(print);
      if (taker.order && !taker.order.resting) break;
    }
    return taken as Contracts;
  }

  /** Takes an order out of the market; it stays readable. */
  cancel(order: Order, reason: UpdateReason, at: Millis): Contracts {
    const reduced = order.remaining;
    this.live.get(order.market.ticker)?.book.remove(order);
    order.change(at, { status: 'canceled', remaining: 0 as Contracts, reason });
    this.note(order, at);
    return reduced;
  }

  /** Makes an order's change readable and tells it. */
  note(order: Order, at: Millis): void {
    if (!order.resting) order.account.close(order);
    order.seen.record(at, order.state);
    order.account.note(at);
    this.tell({ kind: 'order', at, order });
  }

  #preventSelfTrade(maker: Order, taker: Order | undefined, at: Millis): 'meet' | 'skip' | 'stop' {
    if (maker.account !== taker?.account) return 'meet';
    if (taker.selfTrade === 'taker_at_cross') return 'stop';
    this.cancel(maker, 'SelfTradeCancel', at);
    return 'skip';
  }

  #fill(order: Order, { id, at, price, count }: Print, taker: boolean): void {
    const charge = chargeFee(
      {
        count,
        price,
        role: taker ? 'taker' : 'maker',
        action: order.side === 'bid' ? 'buy' : 'sell',
        account: this.feeAccount,
        terms: feeTermsAt(order.market.event, at) ?? { type: 'quadratic', multiplier: 10_000 },
        at,
      },
      order.rounding,
    );
    order.rounding = charge.accumulated;
    const { state } = order;
    const remaining = (state.remaining - count) as Contracts;
    const cost = notional(price, count);
    order.change(at, {
      filled: (state.filled + count) as Contracts,
      remaining,
      status: remaining === 0 ? 'executed' : 'resting',
      reason: 'Trade',
      ...(taker
        ? { takerCost: (state.takerCost + cost) as Usd, takerFees: (state.takerFees + charge.fee) as Usd }
        : { makerCost: (state.makerCost + cost) as Usd, makerFees: (state.makerFees + charge.fee) as Usd }),
    });
    const position = order.account.book(order.market, order.side, price, count, charge.fee, at);
    const fill = { id, order, at, price, count, taker, fee: charge.fee, positionAfter: position.yes };
    order.account.fills.push(fill);
    this.note(order, at);
    this.tell({ kind: 'fill', at, fill });
    for (const member of this.groups.matched(order, count, at)) this.cancel(member, '', at);
  }
}
