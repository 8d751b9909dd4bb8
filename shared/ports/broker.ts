import type { Contracts, Millis } from '../domain/money.ts';
import type { Approved, ApprovedRepeg, OrderRecord, Receipt } from '../domain/order.ts';

/**
 * Sends what the gate approved, once. Never retries: an answer that did not come is a receipt `unknown`, not an error.
 * Paper and exchange brokers keep the same promises.
 */
export interface Broker {
  /** Sends the order under its client order id, in a group if one is named. The caller has written `sent` before. */
  submit(id: string, order: Approved, group?: string): Promise<Receipt>;
  /** Cancels; an order that is already gone is `cancelled` with what it filled. */
  cancel(order: OrderRecord, at: Millis): Promise<Receipt>;
  /**
   * Amends the price of a resting order; contracts and expiry stay, its place in the queue is lost. The caller has written
   * the re-peg before. Refused, it rests where it was: the receipt says where.
   */
  amend(order: OrderRecord, repeg: ApprovedRepeg): Promise<Receipt>;
  /** Fewer contracts, same place in the queue. */
  decrease(order: OrderRecord, to: Contracts): Promise<Receipt>;
  /** The kill switch: everything of the account that rests. */
  cancelAll(): Promise<void>;
  /** The exchange's order groups; a broker without them says why. */
  readonly groups: OrderGroups | { readonly none: string };
}

/**
 * Orders of one shard with a limit of their own: when more contracts than that match within 15 seconds the exchange
 * cancels all of them, and takes no more until the group is reset. All throw ExchangeError.
 */
export interface OrderGroups {
  /** A new group's id. Asked twice, there are two: the caller keeps what it got. */
  open(shard: number, limit: Contracts): Promise<string>;
  /** Does at once what reaching the limit would. */
  trigger(id: string, shard: number): Promise<void>;
  reset(id: string, shard: number): Promise<void>;
}
