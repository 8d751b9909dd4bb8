import type { Millis } from '../money.ts';
import type { EvidenceLimits } from './evidence.ts';

/** How forecasts are made and when they are not. Probabilities and prices in dollars, times in ms. */
export interface ForecastingSettings {
  /** Blind forecasts per question; from 5 on the highest and lowest are left out. */
  readonly drafts: number;
  readonly minDrafts: number;
  /** Standard deviation of log odds beyond which the forecasts say nothing. */
  readonly maxDisagreement: number;
  /** How far a forecast may be expected to move a price: triage asks whether that could pay. */
  readonly reach: number;
  /** Profit per contract, after fee and spread, that a call must be able to find. */
  readonly margin: number;
  /** This close to the end the market knows more than a model. */
  readonly nearResolution: Millis;
  /** A price that leaves its bucket is asked about again. */
  readonly priceBucket: number;
  /** Longest that an answer is used again. */
  readonly cacheFor: Millis;
  /** From this distance to the market the model must name the fact that the market lacks, and only paper may act. */
  readonly gapNamed: number;
  /** From this distance on there is no forecast: such calls lose. Source: algorithms B5. */
  readonly gapRefused: number;
  /** Oldest fact that can explain a gap. */
  readonly gapFactAge: Millis;
  readonly searchEvidence: boolean;
  readonly evidence: EvidenceLimits;
  /** Weight of a model beside the price before anything of it has settled. */
  readonly priorWeight: number;
}
