import type { Horizon } from '../calibration/platt.ts';
import type { Millis, Price, Probability, Usd } from '../money.ts';
import type { AbstainReason } from './abstention.ts';

/** A forecast as it is kept: what was said, what the market said in the same moment, and what it was made from. */
export interface ForecastRecord {
  readonly ticker: string;
  readonly event: string;
  readonly category: string | undefined;
  readonly at: Millis;
  readonly closesAt: Millis;
  readonly horizon: Horizon;
  readonly strategy: string;
  /** Models that answered, sorted, joined by +: what is calibrated and weighed together. */
  readonly model: string;
  readonly drafts: readonly Probability[];
  readonly critic: Probability | undefined;
  /** Trimmed mean shrunk by disagreement. */
  readonly raw: Probability;
  readonly calibrated: Probability;
  /** What may be acted on. Equal to the mid while the model's weight is 0. */
  readonly blended: Probability;
  /** The blend with the weight as fitted, earned or not: what the model would have said, scored in the shadow. */
  readonly shadow: Probability;
  readonly standardError: number;
  readonly weight: number;
  readonly bid: Price;
  readonly ask: Price;
  readonly mid: Probability;
  readonly rulesHash: string;
  readonly promptHash: string;
  readonly evidence: readonly EvidenceTrace[];
  readonly sentiment: number | undefined;
  /** The dated fact that explains a wide gap; such a forecast is for paper only. */
  readonly gap: string | undefined;
  readonly paperOnly: boolean;
  /** Made from an earlier answer of the models for the same rules and price bucket. */
  readonly cached: boolean;
  readonly cost: Usd;
}

export interface EvidenceTrace {
  readonly hash: string;
  readonly source: string;
  readonly publishedAt: Millis;
  readonly fetchedAt: Millis;
}

/** Why there is no forecast, kept beside the forecasts: the decisions log shows both. */
export interface AbstentionRecord {
  readonly ticker: string;
  readonly at: Millis;
  readonly strategy: string;
  readonly why: AbstainReason;
  readonly detail: string;
  readonly mid: Probability | undefined;
  readonly cost: Usd;
  /** One record for all markets that nobody was asked about because the budget is spent, and since when that has been so. */
  readonly unasked?: { readonly markets: number; readonly since: Millis };
}

/** A forecast whose market has ended. `yes` is undefined for a void or scalar end: counted, not scored. */
export interface SettledForecast {
  readonly forecast: ForecastRecord;
  readonly yes: boolean | undefined;
  readonly settledAt: Millis;
}
