import type { Contracts, Millis, Price } from '../../domain/money.ts';
import type { Approved, Receipt } from '../../domain/order.ts';
import type { ExchangeOrder } from '../../ports/exchange.ts';
import type { ExchangeError } from '../../ports/exchange-error.ts';

/** What the exchange acknowledged: a cancel with how much it took off, some other change, or that the order is no more. */
export type Change =
  | { readonly state: 'cancelled'; readonly reducedBy: Contracts }
  | { readonly state: 'changed'; readonly price?: Price }
  | { readonly state: 'gone' };

/** What the answer to a submit says of the order. */
export interface SubmitAnswer {
  readonly order_id: string;
  readonly fill_count: Contracts | undefined;
  readonly remaining_count: Contracts | undefined;
  readonly ts_ms: Millis | undefined;
}

/**
 * Filled when all of it is; resting when some remains and the order may rest; else cancelled: the rest of an IOC, a
 * self-trade, a post-only order that would have crossed.
 */
export function submitted(order: Approved, { order_id, fill_count, remaining_count, ts_ms }: SubmitAnswer, now: Millis): Receipt {
  const at = ts_ms ?? now;
  if (fill_count === undefined || remaining_count === undefined)
    return unknown(`order ${order_id} was taken, but not how much of it filled`, at);
  const made = { orderId: order_id, filled: fill_count, at };
  if (fill_count >= order.count) return { ...made, state: 'filled' };
  if (remaining_count > 0 && order.timeInForce === 'good_till_canceled') return { ...made, state: 'resting' };
  if (order.postOnly && fill_count === 0) return { ...made, state: 'cancelled', detail: 'post_only_cross: it would have traded at once' };
  return {
    ...made,
    state: 'cancelled',
    ...(order.timeInForce === 'good_till_canceled' ? { detail: 'self-trade: the rest was taken off' } : {}),
  };
}

/**
 * What a read of the order and the acknowledged change say together. Right after a cancel the read may be older than the
 * cancel: then it still shows all that rested, and what the cancel took off tells what had filled.
 */
export function receiptOf(order: ExchangeOrder, change: Change, at: Millis, refused?: string): Receipt {
  const detail = refused === undefined ? {} : { detail: refused };
  const made = { orderId: order.orderId, at, ...detail };
  if (order.status === 'executed') return { ...made, state: 'filled', filled: order.filled };
  if (order.status === 'canceled') return { ...made, state: 'cancelled', filled: order.filled };
  if (change.state === 'gone') return unknown(`order ${order.orderId} is gone, but what was read is older: it may have filled further`, at);
  if (change.state === 'changed')
    return { ...made, state: 'resting', filled: order.filled, ...(change.price === undefined ? {} : { price: change.price }) };
  const filled = (order.filled + order.remaining - change.reducedBy) as Contracts;
  if (filled < order.filled)
    return unknown(`order ${order.orderId}: ${change.reducedBy} taken off is more than the ${order.remaining} that rested`, at);
  return { ...made, state: 'cancelled', filled };
}

export function rejected({ code, message, fix }: ExchangeError, at: Millis): Receipt {
  return { state: 'rejected', code, detail: message.replace(/ Fix: .*$/s, ''), fix, at };
}

export function unknown(detail: string, at: Millis): Receipt {
  return { state: 'unknown', detail, at };
}
