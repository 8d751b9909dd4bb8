import type { FeeTerms } from './fees.ts';
import type { Contracts, Millis, Price, Side, Usd } from './money.ts';
import { opposite, PAYOUT } from './money.ts';

/** The exchange's own words for where a market is in its life; anything else is refused at the edge. */
export const marketStatuses = ['initialized', 'inactive', 'active', 'closed', 'determined', 'disputed', 'amended', 'finalized'] as const;
export type MarketStatus = (typeof marketStatuses)[number];

/** Valid prices are start, start + step, … end. The only truth about ticks; the structure's name is not. */
export interface PriceRange {
  readonly start: Price;
  readonly end: Price;
  readonly step: Price;
}

/** What an order needs to know of a market beyond its quote. `undefined` is unknown, never a default. */
export interface MarketTerms {
  readonly title?: string;
  readonly category?: string;
  /** Fee type and multiplier in force; unknown means no order. */
  readonly fee: FeeTerms | undefined;
  readonly priceRanges: readonly PriceRange[] | undefined;
  /** The exchange shard whose collateral an order uses. */
  readonly shard: number | undefined;
  /** At most one market of the event resolves YES. */
  readonly mutuallyExclusive: boolean | undefined;
  /** The series' additional prohibitions, verbatim. */
  readonly prohibitions?: readonly string[];
  /** The exchange's cap on a position in this market, if it states one. */
  readonly positionLimit?: Contracts;
  readonly rulesHash?: string;
  /** What decides the outcome, verbatim: text from outside, to be quoted and never followed. */
  readonly rules?: MarketRules;
  /** When the exchange expects to know. */
  readonly expectedExpiration?: Millis;
  readonly openTime?: Millis;
}

export interface MarketRules {
  readonly primary: string;
  readonly secondary?: string;
  /** Who is believed about the outcome. */
  readonly source?: string;
}

export type MarketResult = 'yes' | 'no' | 'scalar';

/** How a market ended. `yesValue` is what one YES contract pays, in micro-dollars. */
export interface MarketOutcome {
  readonly ticker: string;
  readonly result: MarketResult;
  readonly yesValue: Usd;
  readonly settledAt: Millis;
}

/** Nearest valid price at or below `price`; undefined when the grid is unknown or has none. */
export function snapDown(price: Price, ranges: readonly PriceRange[] | undefined): Price | undefined {
  let best: number | undefined;
  for (const { start, end, step } of ranges ?? []) {
    const inside = Math.min(price, end, PAYOUT - 1);
    if (inside < start) continue;
    const snapped = start + Math.floor((inside - start) / step) * step;
    if (orderable(snapped) && (best === undefined || snapped > best)) best = snapped;
  }
  return best as Price | undefined;
}

/** Nearest valid price at or above `price`; undefined when the grid is unknown or has none. */
export function snapUp(price: Price, ranges: readonly PriceRange[] | undefined): Price | undefined {
  let best: number | undefined;
  for (const { start, end, step } of ranges ?? []) {
    if (price > end) continue;
    const inside = Math.max(price, 1);
    const snapped = start + Math.max(0, Math.ceil((inside - start) / step)) * step;
    if (snapped <= end && orderable(snapped) && (best === undefined || snapped < best)) best = snapped;
  }
  return best as Price | undefined;
}

/** Nearest valid price of `side` at or below `price`; NO's grid is YES's mirrored. */
export function snapHeldDown(price: Price, side: Side, ranges: readonly PriceRange[] | undefined): Price | undefined {
  if (side === 'yes') return snapDown(price, ranges);
  const mirrored = snapUp(opposite(price), ranges);
  return mirrored === undefined ? undefined : opposite(mirrored);
}

/** Nearest valid price of `side` at or above `price`. */
export function snapHeldUp(price: Price, side: Side, ranges: readonly PriceRange[] | undefined): Price | undefined {
  if (side === 'yes') return snapUp(price, ranges);
  const mirrored = snapDown(opposite(price), ranges);
  return mirrored === undefined ? undefined : opposite(mirrored);
}

/** The step between valid prices of `side` around `price`; undefined when the grid is unknown. */
export function tickAt(price: number, side: Side, ranges: readonly PriceRange[] | undefined): Price | undefined {
  const yes = side === 'yes' ? price : 10_000 - price;
  return ranges?.find(({ start, end }) => yes >= start && yes <= end)?.step;
}

/** The ends of a dollar stand in the ranges but take no orders. */
function orderable(price: number): boolean {
  return price > 0 && price < PAYOUT;
}
