import { effectiveFeeTerms, type FeeTerms } from '../../../shared/domain/fees.ts';
import type { MarketResult, MarketStatus } from '../../../shared/domain/market.ts';
import type { Millis, Price } from '../../../shared/domain/money.ts';
import type { EventFacts, MarketFacts } from './world.ts';

/** Where a market is in its life. */
export function statusAt(market: MarketFacts, at: Millis): MarketStatus {
  const { openAt, endsAt, determinedAt, settledAt, pause, dispute } = market;
  if (at < openAt) return 'initialized';
  if (at < endsAt) return pause && at >= pause.from && at < pause.to ? 'inactive' : 'active';
  if (at < determinedAt) return 'closed';
  if (at >= settledAt) return 'finalized';
  if (!dispute || at < dispute.from) return 'determined';
  return at < dispute.amendedAt ? 'disputed' : 'amended';
}

/** What the exchange says the market came to; undefined before it is determined. A contested market is first said wrong. */
export function resultAt(market: MarketFacts, at: Millis): { readonly result: MarketResult; readonly yesValue: Price } | undefined {
  const { outcome, dispute, determinedAt } = market;
  if (at < determinedAt) return undefined;
  if (!dispute || at >= dispute.amendedAt) return outcome;
  return outcome.result === 'no' ? { result: 'yes', yesValue: 10_000 as Price } : { result: 'no', yesValue: 0 as Price };
}

/** When a market's state changes, in order. */
export function edgesOf(market: MarketFacts): readonly Millis[] {
  const { openAt, endsAt, determinedAt, settledAt, pause, dispute } = market;
  const edges = [openAt, endsAt, determinedAt, settledAt, pause?.from, pause?.to, dispute?.from, dispute?.amendedAt];
  return edges.filter((edge) => edge !== undefined).toSorted((a, b) => a - b);
}

/** The scheduled close as it is known at `at`: moved up once trading has ended early. */
export function closeTimeAt(market: MarketFacts, at: Millis): Millis {
  return at >= market.endsAt ? market.endsAt : market.closeAt;
}

/** Fee type and multiplier charged in an event; undefined for a type that has no formula. */
export function feeTermsAt({ series, feeOverride }: EventFacts, at: Millis): FeeTerms | undefined {
  const change = (from: Millis, terms: { readonly feeType: string; readonly feeMultiplier: number }) => ({
    at: from,
    type: terms.feeType,
    multiplier: terms.feeMultiplier,
  });
  return effectiveFeeTerms(
    change(0, series),
    series.feeChanges.map((terms) => change(terms.at, terms)),
    feeOverride ? [change(0, feeOverride)] : [],
    at,
  );
}
