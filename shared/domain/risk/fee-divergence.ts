import type { Fill } from '../fill.ts';
import type { Millis, Usd } from '../money.ts';
import { usdText } from '../money.ts';

/** Most that an order may be charged more or less than computed: a cent. Source: algorithms B1. */
const TOLERANCE = 10_000;

/** The first order whose fills after `since` cost other fees than computed, in words; fills by hand are not computed. */
export function feeDivergence(fills: readonly Fill[], since: Millis): string | undefined {
  const ours = fills.filter(({ at, feePredicted }) => at > since && feePredicted !== undefined);
  for (const [orderId, parts] of Map.groupBy(ours, (fill) => fill.orderId)) {
    const charged = parts.reduce((sum, { fee }) => sum + fee, 0);
    const computed = parts.reduce((sum, { fee, feePredicted = fee }) => sum + feePredicted, 0);
    if (Math.abs(charged - computed) > TOLERANCE) {
      return `${parts[0]?.ticker}: order ${orderId} was charged $${usdText(charged as Usd)}, computed $${usdText(computed as Usd)}`;
    }
  }
  return undefined;
}
