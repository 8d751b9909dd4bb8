import { sigmoid } from '../calibration/logit.ts';
import type { Millis, Probability } from '../money.ts';
import type { Aggregate } from './aggregate.ts';
import type { AiCalibration } from './ai-calibration.ts';
import { calibrateClaim, fitAiCalibration, oncePerHorizon, uncalibrated } from './ai-calibration.ts';
import type { Blend } from './blend.ts';
import { applyBlend, fitBlend, unlearnedBlend } from './blend.ts';
import type { SettledForecast } from './forecast-record.ts';
import type { PairedTest } from './paired-test.ts';
import { pairedTest } from './paired-test.ts';

/** starting: too few events to judge. earned: it beats the price. lost: it does not, and weighs nothing. */
export type WeightState = 'starting' | 'earned' | 'lost';

/** What has been learned about one model. */
export interface LearnedModel {
  readonly calibration: AiCalibration;
  /** As fitted, earned or not: the shadow uses it. */
  readonly blend: Blend;
  /** Weight in force: 0 while lost. */
  readonly weight: number;
  readonly state: WeightState;
  readonly test: PairedTest;
}

export interface Learned {
  readonly at: Millis;
  readonly models: Readonly<Record<string, LearnedModel>>;
}

/** Settled events from which on a weight must be earned. Source: algorithms B22. */
export const JUDGED_FROM = 100;

/** A model nothing is known about: claims at face value, a small weight. */
export function unlearned(priorWeight?: number): LearnedModel {
  const blend = unlearnedBlend(priorWeight);
  return { calibration: uncalibrated, blend, weight: blend.ai, state: 'starting', test: pairedTest([]) };
}

/**
 * What a model is worth now, from its settled forecasts in the order they settled. The test compares the shadow blend,
 * as it was when it was made, with the mid of the same moment: nothing in it was fitted on what it is scored on.
 */
export function learnModel(settled: readonly SettledForecast[], priorWeight?: number): LearnedModel {
  const rows = oncePerHorizon(settled.flatMap(asRow));
  const test = pairedTest(rows.map(({ event, shadow, market, yes }) => ({ event, ours: shadow, market, yes })));
  const calibration = fitAiCalibration(rows);
  const samples = rows.map((row) => ({ ...row, x: calibrateClaim(calibration, row.claim, row.category).x }));
  const blend = fitBlend(samples, priorWeight);
  const state = test.events < JUDGED_FROM ? 'starting' : (test.lower ?? 0) > 0 ? 'earned' : 'lost';
  return { calibration, blend, weight: state === 'lost' ? 0 : blend.ai, state, test };
}

/** Learns every model anew; the models whose weight was lost since `previous` are named, for an alert. */
export function learn(settled: readonly SettledForecast[], previous: Learned | undefined, at: Millis, priorWeight?: number) {
  const groups = Map.groupBy(settled, ({ forecast }) => forecast.model);
  const models: Record<string, LearnedModel> = {};
  for (const [model, own] of groups) models[model] = learnModel(own, priorWeight);
  const lost = Object.keys(models).filter((model) => models[model]?.state === 'lost' && previous?.models[model]?.state !== 'lost');
  return { learned: { at, models } satisfies Learned, lost };
}

export interface Judged {
  readonly calibrated: Probability;
  readonly blended: Probability;
  readonly shadow: Probability;
  readonly standardError: number;
}

/** What the models' answers mean beside the market. A lost weight leaves the market's own price. */
export function judge(model: LearnedModel, sum: Aggregate, category: string | undefined, mid: Probability): Judged {
  const { x, slope, error } = calibrateClaim(model.calibration, sum.probability, category);
  const sampling = (slope * sum.spread) / Math.sqrt(sum.count);
  const { probability: shadow, standardError } = applyBlend(model.blend, mid, x, Math.hypot(error, sampling));
  return { calibrated: sigmoid(x), shadow, blended: model.weight === 0 ? mid : shadow, standardError };
}

function asRow({ forecast, yes }: SettledForecast) {
  if (yes === undefined) return [];
  const { event, horizon, shadow, raw, mid } = forecast;
  return [{ event, horizon, category: forecast.category ?? 'unknown', shadow, claim: raw, market: mid, yes }];
}
