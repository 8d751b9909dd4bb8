import type { Contracts, Millis } from '../domain/money.ts';
import type { Approved, ApprovedRepeg, OrderRecord, Receipt } from '../domain/order.ts';

/**
 * Sends what the gate approved, once. Never retries: an answer that did not come is a receipt `unknown`, not an error.
 * Paper and exchange brokers keep the same promises.
 */
export interface Broker {
  /** Sends the order under its client order id. The caller has written `sent` before. */
  submit(id: string, order: Approved): Promise<Receipt>;
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
}
