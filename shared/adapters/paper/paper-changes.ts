import type { Board } from '../../domain/board.ts';
import { ACTIVE, heldQuote } from '../../domain/board.ts';
import type { Contracts, Millis, Price, Usd } from '../../domain/money.ts';
import { notional } from '../../domain/money.ts';
import type { OrderIntent, Receipt } from '../../domain/order.ts';
import { crosses } from '../../domain/paper/paper-fill.ts';
import type { PaperAccount, PaperOrder } from './paper-account.ts';
import { spokenFor, withEnded } from './paper-account.ts';

/** Takes an order off; one that is gone says how it ended. */
export function cancelled(account: PaperAccount, id: string, orderId: string, at: Millis): readonly [PaperAccount, Receipt] {
  const order = account.resting.find((other) => other.id === id);
  if (order) return [withEnded(account, order, 'canceled', at), { state: 'cancelled', orderId: order.orderId, filled: order.filled, at }];
  const ended = account.ended.find((other) => other.id === id);
  if (ended)
    return [account, { state: ended.status === 'executed' ? 'filled' : 'cancelled', orderId: ended.orderId, filled: ended.filled, at }];
  return [account, { state: 'unknown', detail: `no paper order ${orderId || id}`, at }];
}

/** Fewer contracts, in the same place of its queue. */
export function decreased(account: PaperAccount, id: string, to: Contracts, at: Millis): readonly [PaperAccount, Receipt] {
  const order = account.resting.find((other) => other.id === id);
  if (!order || to === 0) return cancelled(account, id, order?.orderId ?? '', at);
  const edited = { ...order, remaining: Math.min(to, order.remaining) as Contracts };
  return [withOrder(account, edited), { state: 'resting', orderId: order.orderId, filled: order.filled, at }];
}

/** Another price, at the back of its queue: what was quoted before no longer fills it. Refused as the exchange would, it stays. */
export function repriced(account: PaperAccount, id: string, to: Price, board: Board, at: Millis): readonly [PaperAccount, Receipt] {
  const order = account.resting.find((other) => other.id === id);
  if (!order) return cancelled(account, id, '', at);
  const { intent, orderId, filled, remaining } = order;
  const intended = { ...intent, price: to };
  const refusal = repriceRefusal(account, intended, notional((to - intent.price) as Price, remaining), board);
  const said = { state: 'resting', orderId, filled, at } as const;
  if (refusal !== undefined) return [account, { ...said, price: intent.price, detail: refusal }];
  const edited = { ...order, intent: intended, placedAt: at };
  return [withOrder(account, edited), { ...said, price: to }];
}

function repriceRefusal(account: PaperAccount, order: OrderIntent, more: Usd, board: Board): string | undefined {
  const row = board.rowOf(order.ticker);
  if (row === undefined || board.status[row] !== ACTIVE) return 'market_inactive: the market takes no orders';
  if (order.postOnly && crosses(order, heldQuote(board, row, order.side))) return 'post_only_cross: it would trade at once';
  return more > account.cash - spokenFor(account) ? 'insufficient_balance: not enough paper cash' : undefined;
}

function withOrder(account: PaperAccount, edited: PaperOrder): PaperAccount {
  return { ...account, resting: account.resting.map((other) => (other.id === edited.id ? edited : other)) };
}
