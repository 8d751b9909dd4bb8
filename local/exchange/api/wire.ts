import type { PriceRange } from '../../../shared/domain/market.ts';
import type { Contracts, Millis, Price, Usd } from '../../../shared/domain/money.ts';
import { contractsText, opposite, priceText, usdText } from '../../../shared/domain/money.ts';
import type { Ladder } from '../world/world.ts';

/** Most times that are told are those of markets, told again and again. */
const texts = new Map<Millis, string>();
const REMEMBERED = 10_000;

/** RFC 3339. */
export function time(at: Millis): string {
  const known = texts.get(at);
  if (known !== undefined) return known;
  if (texts.size > REMEMBERED) texts.clear();
  const text = new Date(at).toISOString();
  texts.set(at, text);
  return text;
}

export function seconds(at: Millis): number {
  return Math.floor(at / 1000);
}

/** Whole cents, the rest cut off. */
export function cents(amount: Usd): number {
  return Math.floor(amount / 10_000);
}

/** A signed count. */
export function signedCount(count: number): string {
  return contractsText(count as Contracts);
}

export function rangesJson(ranges: readonly PriceRange[]) {
  return ranges.map(({ start, end, step }) => ({ start: priceText(start), end: priceText(end), step: priceText(step) }));
}

/** Bids only, ascending, so the best is last; asks of YES are bids of NO. */
export function orderbookJson({ bids, asks }: Ladder) {
  return {
    yes_dollars: bids.toReversed().map(({ price, count }) => [priceText(price), contractsText(count)]),
    no_dollars: asks.toReversed().map(({ price, count }) => [priceText(opposite(price)), contractsText(count)]),
  };
}

export { contractsText as count, priceText as dollars, usdText as money };

/** Both prices of a trade. */
export function bothPrices(price: Price) {
  return { yes_price_dollars: priceText(price), no_price_dollars: priceText(opposite(price)) };
}
