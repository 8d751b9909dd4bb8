import type { Contracts, Millis, Price, Usd } from '../../../shared/domain/money.ts';
import type { TimeInForce } from '../../../shared/domain/order.ts';
import type { MarketFacts } from '../world/world.ts';
import type { Account } from './account.ts';
import type { BookSide } from './order-book.ts';
import { Timeline } from './timeline.ts';

export type OrderStatus = 'resting' | 'canceled' | 'executed';

/** Why an order last changed, where the exchange has a word for it: `''` for new orders and for cancels by request or with the market. */
export type UpdateReason = '' | 'Decrease' | 'Amend' | 'SelfTradeCancel' | 'ExpiryCancel' | 'Trade' | 'ReduceOnlyCancel';

export type SelfTradePrevention = 'taker_at_cross' | 'maker';

/** What a member asks for. Price is of YES; expiry in ms. */
export interface OrderRequest {
  readonly side: BookSide;
  readonly price: Price;
  readonly count: Contracts;
  readonly timeInForce: TimeInForce;
  readonly selfTrade: SelfTradePrevention;
  readonly clientOrderId?: string | undefined;
  readonly expiresAt?: Millis | undefined;
  readonly postOnly: boolean;
  readonly reduceOnly: boolean;
  readonly cancelOnPause: boolean;
  readonly group?: string | undefined;
}

/** An order as readers see it. */
export interface OrderState {
  readonly clientOrderId: string;
  readonly price: Price;
  readonly initial: Contracts;
  readonly filled: Contracts;
  readonly remaining: Contracts;
  readonly status: OrderStatus;
  readonly expiresAt: Millis | undefined;
  readonly takerCost: Usd;
  readonly makerCost: Usd;
  readonly takerFees: Usd;
  readonly makerFees: Usd;
  readonly updatedAt: Millis;
  readonly reason: UpdateReason;
}

/** An order's life on the exchange. `state` is the truth; `seen` what reads are answered from. */
export class Order {
  readonly id: string;
  readonly account: Account;
  readonly market: MarketFacts;
  readonly side: BookSide;
  readonly selfTrade: SelfTradePrevention;
  readonly postOnly: boolean;
  readonly cancelOnPause: boolean;
  readonly group: string | undefined;
  readonly createdAt: Millis;
  readonly seen = new Timeline<OrderState>();
  /** Every client order id it has had. */
  readonly names: string[] = [];
  /** Rounding charged and not yet given back. */
  rounding = 0 as Usd;
  #state: OrderState;

  constructor(id: string, account: Account, market: MarketFacts, request: OrderRequest, at: Millis) {
    this.id = id;
    this.account = account;
    this.market = market;
    this.side = request.side;
    this.selfTrade = request.selfTrade;
    this.postOnly = request.postOnly;
    this.cancelOnPause = request.cancelOnPause;
    this.group = request.group;
    this.createdAt = at;
    const nothing = 0 as Usd;
    this.#state = {
      clientOrderId: request.clientOrderId ?? '',
      price: request.price,
      initial: request.count,
      filled: 0 as Contracts,
      remaining: request.count,
      status: 'resting',
      expiresAt: request.expiresAt,
      takerCost: nothing,
      makerCost: nothing,
      takerFees: nothing,
      makerFees: nothing,
      updatedAt: at,
      reason: '',
    };
  }

  get state(): OrderState {
    return this.#state;
  }
  get price(): Price {
    return this.#state.price;
  }
  get remaining(): Contracts {
    return this.#state.remaining;
  }
  get resting(): boolean {
    return this.#state.status === 'resting';
  }

  change(at: Millis, change: Partial<OrderState>): void {
    this.#state = { ...this.#state, ...change, updatedAt: at };
  }
}
