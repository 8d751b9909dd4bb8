import { createHash } from 'node:crypto';
import type { FeeTerms } from '../../domain/fees.ts';
import type { MarketRules, MarketTerms, PriceRange } from '../../domain/market.ts';
import { scaledDecimal } from './decimal.ts';
import { utcMillis } from './timestamp.ts';

/** A market as it came, not yet believed. */
export type RawMarket = Readonly<Record<string, unknown>>;

/** What a market's event and series say of it. */
export interface MarketFacts {
  readonly series: string;
  readonly category: string | undefined;
  readonly fee: FeeTerms | undefined;
  readonly mutuallyExclusive: boolean | undefined;
  readonly prohibitions: readonly string[] | undefined;
  /** Names of who is believed about the outcome. */
  readonly sources: string | undefined;
  /** The event's shard, for markets that do not name their own. */
  readonly shard: number | undefined;
}

/** What an order needs to know beyond the quote. Without facts, fee, category and exclusivity are unknown. */
export function termsOf(market: RawMarket, facts: MarketFacts | undefined): MarketTerms {
  const title = text(market.title) ?? text(market.yes_sub_title);
  const openTime = utcMillis(market.open_time);
  const expectedExpiration = utcMillis(market.expected_expiration_time);
  const rules = rulesOf(market, facts);
  return {
    fee: facts?.fee,
    priceRanges: priceRanges(market.price_ranges),
    shard: Number.isSafeInteger(market.exchange_index) ? (market.exchange_index as number) : facts?.shard,
    mutuallyExclusive: facts?.mutuallyExclusive,
    ...(title === undefined ? {} : { title }),
    ...(facts?.category === undefined ? {} : { category: facts.category }),
    ...(facts?.prohibitions === undefined ? {} : { prohibitions: facts.prohibitions }),
    ...(rules === undefined ? {} : { rules, rulesHash: hashOf(rules) }),
    ...(Number.isNaN(expectedExpiration) ? {} : { expectedExpiration }),
    ...(Number.isNaN(openTime) ? {} : { openTime }),
  };
}

function rulesOf(market: RawMarket, facts: MarketFacts | undefined): MarketRules | undefined {
  const [primary, secondary] = [text(market.rules_primary), text(market.rules_secondary)];
  if (primary === undefined) return undefined;
  return { primary, ...(secondary === undefined ? {} : { secondary }), ...(facts?.sources === undefined ? {} : { source: facts.sources }) };
}

/** The same markets are looked at again and again, and rules hardly ever change. */
const hashes = new Map<string, string>();
const REMEMBERED = 500;

function hashOf({ primary, secondary }: MarketRules): string {
  const rules = [primary, secondary].join('\n');
  const known = hashes.get(rules);
  if (known !== undefined) return known;
  if (hashes.size >= REMEMBERED) hashes.clear();
  const hash = createHash('sha256').update(rules).digest('hex');
  hashes.set(rules, hash);
  return hash;
}

/** The price bands; undefined when one of them cannot be read, since a guessed grid is worse than none. */
function priceRanges(value: unknown): readonly PriceRange[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const ranges = value.map((range: unknown) => {
    const { start, end, step } = (typeof range === 'object' && range !== null ? range : {}) as RawMarket;
    return { start: scaledDecimal(start, 4), end: scaledDecimal(end, 4), step: scaledDecimal(step, 4) };
  });
  const valid = ranges.every(({ start, end, step }) => start >= 0 && end >= start && step > 0);
  return valid ? (ranges as unknown as readonly PriceRange[]) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
