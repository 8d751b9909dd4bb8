import { sigmoid } from '../calibration/logit.ts';
import type { Millis, Probability } from '../money.ts';
import type { Aggregate } from './aggregate.ts';
import type { AiCalibration } from './ai-calibration.ts';
import { calibrateClaim, fitAiCalibration, oncePerHorizon, uncalibrated } from './ai-calibration.ts';
import type { Blend } from './blend.ts';
import { applyBlend, fitBlend, unlearnedBlend } from './blend.ts';
import type { SettledForecast } from './forecast-record.ts';
import type { Pair, PairedTest, TestMemory } from './paired-test.ts';
import { ENOUGH, pairedTest, remember } from './paired-test.ts';

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
  /** Undefined while nothing is older than the window. */
  readonly past?: PastTests;
}

/** What the test of each model remembers of forecasts that settled up to a moment. */
export interface PastTests {
  readonly through: Millis;
  readonly tests: Readonly<Record<string, TestMemory>>;
}

/** Calibration and weights are fitted to what settled in this time; of what settled before only the test's memory stays. */
export const WINDOW: Millis = 180 * 86_400_000;

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
export function learnModel(settled: readonly SettledForecast[], priorWeight?: number, past?: TestMemory): LearnedModel {
  const rows = oncePerHorizon(settled.flatMap(asRow));
  const test = pairedTest(rows.map(asPair), past);
  const calibration = fitAiCalibration(rows);
  const samples = rows.map((row) => ({ ...row, x: calibrateClaim(calibration, row.claim, row.category).x }));
  const blend = fitBlend(samples, priorWeight);
  const state = test.events < JUDGED_FROM ? 'starting' : test.evidence >= ENOUGH ? 'earned' : 'lost';
  return { calibration, blend, weight: state === 'lost' ? 0 : blend.ai, state, test };
}

/**
 * Learns every model anew from what settled since `previous` remembers; the models whose weight was lost since are named, for an
 * alert.
 */
export function learn(settled: readonly SettledForecast[], previous: Learned | undefined, at: Millis, priorWeight?: number) {
  const past = rememberOld(settled, previous?.past, at - WINDOW);
  const fresh = settled.filter(({ settledAt }) => settledAt > (past?.through ?? Number.NEGATIVE_INFINITY));
  const groups = Map.groupBy(fresh, ({ forecast }) => forecast.model);
  const models: Record<string, LearnedModel> = {};
  for (const model of new Set([...groups.keys(), ...Object.keys(past?.tests ?? {})])) {
    models[model] = learnModel(groups.get(model) ?? [], priorWeight, past?.tests[model]);
  }
  const lost = Object.keys(models).filter((model) => models[model]?.state === 'lost' && previous?.models[model]?.state !== 'lost');
  return { learned: { at, models, ...(past && { past }) } satisfies Learned, lost };
}

/** Moves what settled by `through` into the tests' memory, each forecast once. */
function rememberOld(settled: readonly SettledForecast[], past: PastTests | undefined, through: Millis): PastTests | undefined {
  const old = settled.filter(({ settledAt }) => settledAt > (past?.through ?? Number.NEGATIVE_INFINITY) && settledAt <= through);
  if (old.length === 0) return past;
  const tests = { ...past?.tests };
  for (const [model, own] of Map.groupBy(old, ({ forecast }) => forecast.model)) {
    tests[model] = remember(oncePerHorizon(own.flatMap(asRow)).map(asPair), tests[model]);
  }
  return { through, tests };
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

function asPair({ event, shadow, market, yes }: ReturnType<typeof asRow>[number]): Pair {
  return { event, ours: shadow, market, yes };
}
