import type { Usd } from '../../../shared/domain/money.ts';
import { opposite, PAYOUT } from '../../../shared/domain/money.ts';
import type { Order } from './order.ts';

type Working = Pick<Order, 'side' | 'price' | 'remaining'>;

/**
 * Collateral that working orders of one market need. A bid pays its price, an ask one dollar less its price; what only closes the
 * position held needs none, its fee comes out of the proceeds. Both sides count in full, since either may fill. With it goes the most
 * that can be charged in fees.
 */
export function reserveOf(yes: number, orders: readonly Working[]): Usd {
  const bids = orders.filter(({ side }) => side === 'bid').toSorted((a, b) => b.price - a.price);
  const asks = orders.filter(({ side }) => side === 'ask').toSorted((a, b) => a.price - b.price);
  return (sideReserve(bids, Math.max(0, -yes)) + sideReserve(asks, Math.max(0, yes))) as Usd;
}

function sideReserve(orders: readonly Working[], closes: number): number {
  let covered = closes;
  return orders.reduce((total, { side, price, remaining }) => {
    const closing = Math.min(covered, remaining);
    covered -= closing;
    const paid = side === 'bid' ? price : opposite(price);
    return total + (remaining - closing) * paid + feeBound(price, remaining - closing);
  }, 0);
}

/** Taker fee at the limit, rounded up to what cash moves in. At a better price, price and fee together are less. */
function feeBound(price: number, count: number): number {
  if (count === 0) return 0;
  const share = price / PAYOUT;
  return Math.ceil((700 * share * (1 - share) * count + 1) / 100) * 100 + 100;
}
