import type { Quote } from '../board.ts';
import type { Contracts, Millis, Price, Role } from '../money.ts';
import type { OrderIntent } from '../order.ts';

/** What a quote lets a paper order fill. */
export interface PaperFill {
  readonly price: Price;
  readonly count: Contracts;
  readonly role: Role;
}

type Order = Pick<OrderIntent, 'action' | 'price' | 'count' | 'postOnly' | 'timeInForce'>;

/** The price a taker gets now, if the limit reaches it. */
function opposite({ action }: Order, quote: Quote): { price: Price | undefined; size: Contracts | undefined } {
  return action === 'buy' ? { price: quote.ask, size: quote.askSize } : { price: quote.bid, size: quote.bidSize };
}

/** Whether an order would trade at once. */
export function crosses(order: Order, quote: Quote): boolean {
  const { price } = opposite(order, quote);
  if (price === undefined) return false;
  return order.action === 'buy' ? order.price >= price : order.price <= price;
}

/**
 * A taker fills at the quote, up to the size displayed; where sizes are not recorded, whole. Fill or kill is all or
 * nothing. Undefined when nothing fills.
 */
export function takerFill(order: Order, quote: Quote, sizesRecorded: boolean): PaperFill | undefined {
  const { price, size } = opposite(order, quote);
  if (price === undefined || !crosses(order, quote)) return undefined;
  const count = (sizesRecorded ? Math.min(order.count, size ?? 0) : order.count) as Contracts;
  if (count === 0 || (order.timeInForce === 'fill_or_kill' && count < order.count)) return undefined;
  return { price, count, role: 'taker' };
}

/**
 * A resting order fills, whole and at its limit, only when a later quote has traded through it: the opposite quote is
 * strictly beyond the limit. Touching is not enough: others may stand in front.
 */
export function makerFill(order: Order & { readonly placedAt: Millis }, quote: Quote): PaperFill | undefined {
  const { price } = opposite(order, quote);
  if (price === undefined || quote.at <= order.placedAt) return undefined;
  const through = order.action === 'buy' ? price < order.price : price > order.price;
  return through ? { price: order.price, count: order.count, role: 'maker' } : undefined;
}
