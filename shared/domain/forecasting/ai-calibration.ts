import { logit } from '../calibration/logit.ts';
import type { Horizon, Platt, PlattPrior } from '../calibration/platt.ts';
import { fitPlatt } from '../calibration/platt.ts';
import type { Probability } from '../money.ts';

/** A model's own probability for a settled question. */
export interface ClaimSample {
  readonly event: string;
  readonly category: string;
  readonly horizon: Horizon;
  readonly claim: Probability;
  readonly yes: boolean;
}

/** How one model's claims relate to what happens: over all, and where there is enough, by category. */
export interface AiCalibration {
  readonly overall: Platt;
  readonly byCategory: Readonly<Record<string, Platt>>;
}

/** Events a fit needs before it is used: below, its parent speaks. Source: algorithms B5. */
export const MIN_EVENTS = 30;

/** Slope 1 with a standard deviation of .3, as a number of samples of information a quarter each: 4 / .3². */
const prior: PlattPrior = { a: 0, b: 1, strength: 4 / 0.3 ** 2 };

/** Claims taken at face value, as unsure of it as the prior is: 1 ± .3. */
export const uncalibrated: AiCalibration = {
  overall: { a: 0, b: 1, varianceA: 0.09, varianceB: 0.09, covariance: 0, events: 0 },
  byCategory: {},
};

/**
 * Hierarchical Platt scaling: the model as a whole is shrunk towards slope 1, each category towards the model. One
 * claim per event and horizon. The data decide whether claims are stretched or cut: no constant extremises here.
 */
export function fitAiCalibration(samples: readonly ClaimSample[]): AiCalibration {
  const claims = oncePerHorizon(samples);
  if (eventsIn(claims) < MIN_EVENTS) return uncalibrated;
  const overall = fitPlatt(asSamples(claims), prior);
  const byCategory: Record<string, Platt> = {};
  for (const [category, own] of Map.groupBy(claims, (claim) => claim.category)) {
    if (eventsIn(own) < MIN_EVENTS) continue;
    byCategory[category] = fitPlatt(asSamples(own), { a: overall.a, b: overall.b, strength: prior.strength });
  }
  return { overall, byCategory };
}

/** Calibrated log odds and their standard error from the fit alone. */
export function calibrateClaim({ overall, byCategory }: AiCalibration, claim: Probability, category: string | undefined) {
  const fit = (category === undefined ? undefined : byCategory[category]) ?? overall;
  const x = logit(claim);
  const variance = fit.varianceA + 2 * x * fit.covariance + x * x * fit.varianceB;
  return { x: fit.a + fit.b * x, slope: fit.b, error: Math.sqrt(Math.max(0, variance)) };
}

/** The last claim of an event in each horizon: asking a question ten times does not make it ten questions. */
export function oncePerHorizon<T extends { readonly event: string; readonly horizon: Horizon }>(samples: readonly T[]): readonly T[] {
  return [...new Map(samples.map((sample) => [`${sample.event}|${sample.horizon}`, sample])).values()];
}

function asSamples(claims: readonly ClaimSample[]) {
  return claims.map(({ claim, ...rest }) => ({ ...rest, mid: claim }));
}

function eventsIn(samples: readonly ClaimSample[]): number {
  return new Set(samples.map(({ event }) => event)).size;
}
