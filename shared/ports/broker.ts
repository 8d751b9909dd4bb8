import type { Contracts, Millis, Price } from '../domain/money.ts';
import type { Approved, OrderRecord, Receipt } from '../domain/order.ts';

/**
 * Sends what the gate approved, once. Never retries: an answer that did not come is a receipt `unknown`, not an error.
 * Paper and exchange brokers keep the same promises.
 */
export interface Broker {
  /** Sends the order under its client order id. The caller has written `sent` before. */
  submit(id: string, order: Approved): Promise<Receipt>;
  /** Cancels; an order that is already gone is `cancelled` with what it filled. */
  cancel(order: OrderRecord, at: Millis): Promise<Receipt>;
  /** New price and total count of a resting order; price or increase loses its place in the queue. */
  amend(order: OrderRecord, change: { readonly price: Price; readonly count: Contracts; readonly expiresAt?: Millis }): Promise<Receipt>;
  /** Fewer contracts, same place in the queue. */
  decrease(order: OrderRecord, to: Contracts): Promise<Receipt>;
  /** The kill switch: everything of the account that rests. */
  cancelAll(): Promise<void>;
}
