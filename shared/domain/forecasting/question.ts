import type { Millis, Probability } from '../money.ts';

/**
 * What a forecaster may know: the question, its rules and dated evidence. There is no price in it, by type: a model
 * that sees the price repeats it.
 */
export interface Question {
  readonly ticker: string;
  readonly title: string;
  readonly rulesPrimary: string;
  readonly rulesSecondary?: string;
  readonly resolutionSource?: string;
  readonly category?: string;
  readonly closesAt: Millis;
  readonly expectedExpiration?: Millis;
  /** Share of settled markets of the category that ended YES, when there are enough of them. */
  readonly baseRate?: Probability;
  readonly evidence: readonly Evidence[];
  readonly scheduled: readonly ScheduledEvent[];
  /** Everything the forecaster knows was known then. */
  readonly asOf: Millis;
}

/** A dated piece of news as admitted: clean, bounded, point in time. */
export interface Evidence {
  /** Hash of text and address: what the forecast was made from. */
  readonly hash: string;
  readonly source: string;
  readonly text: string;
  readonly publishedAt: Millis;
  readonly fetchedAt: Millis;
  /** −1 speaks against YES, 1 for it. */
  readonly sentiment: number;
}

/** Something that will happen at a known time, such as a game or a release of data. */
export interface ScheduledEvent {
  readonly title: string;
  readonly at: Millis;
}

/** One blind forecast. */
export interface Draft {
  readonly referenceClass: string;
  readonly baseRate: Probability;
  readonly evidenceFor: readonly string[];
  readonly evidenceAgainst: readonly string[];
  readonly keyUncertainty: string;
  readonly probability: Probability;
}

/** What the critic makes of the drafts and the rules; it sees no price either. */
export interface Critique {
  /** Drafts, counted from 0, that misread the rules. */
  readonly misread: readonly number[];
  readonly rulesClear: boolean;
  readonly notes: string;
  readonly probability: Probability;
}

/** News as a model reports it, before anything of it is believed. */
export interface Finding {
  readonly source: string;
  readonly text: string;
  readonly publishedOn: string;
  readonly sentiment: number;
}

/** The dated fact that would explain a forecast far from the market, by number of the evidence. */
export interface NamedGap {
  readonly evidence: number | undefined;
  readonly explanation: string;
}

/** A model's claim of certainty is never taken at its word. */
const CLAIM_FLOOR = 0.005;

/** A probability as far as a model's may go: [.005, .995]. Undefined for what is not a number in 0..1. */
export function claimed(value: number): Probability | undefined {
  if (!(value >= 0 && value <= 1)) return undefined;
  return Math.min(1 - CLAIM_FLOOR, Math.max(CLAIM_FLOOR, value)) as Probability;
}
