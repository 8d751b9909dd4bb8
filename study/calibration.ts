import type { Figure } from '../bench/figure.ts';
import { median } from '../bench/measure.ts';
import { sigmoid } from '../shared/domain/calibration/logit.ts';
import { aggregate } from '../shared/domain/forecasting/aggregate.ts';
import type { SettledForecast } from '../shared/domain/forecasting/forecast-record.ts';
import type { LearnedModel } from '../shared/domain/forecasting/learn.ts';
import { judge, learnModel, unlearned } from '../shared/domain/forecasting/learn.ts';
import { claimed } from '../shared/domain/forecasting/question.ts';
import type { Price, Probability, Usd } from '../shared/domain/money.ts';
import { priceShare } from '../shared/domain/money.ts';

/** How a stand-in analyst relates to the truth, in log odds: claim = scale × truth + noise, or noise alone. */
export interface Planted {
  readonly scale: number;
  readonly noise: number;
  /** Error of the market's own log odds. */
  readonly marketNoise: number;
}

export const planted = {
  /** Knows nothing; the market is right. */
  uninformative: { scale: 0, noise: 1.2, marketNoise: 0 },
  /** Sees the truth more sharply than the market. */
  better: { scale: 1, noise: 0.3, marketNoise: 0.7 },
  /** Sees the truth, but says it 1.6 times too loudly. */
  overconfident: { scale: 1.6, noise: 0.1, marketNoise: 0.3 },
} as const satisfies Record<string, Planted>;

const SEEDS = 5;
const EVENTS = 2_400;
/** Questions that settle between two nightly refits. */
const PER_NIGHT = 60;

/** What the weights learn from analysts whose worth is known, each over five lives of the same length. */
export async function figures(): Promise<readonly Figure[]> {
  const lives = (name: keyof typeof planted) => Array.from({ length: SEEDS }, (_, seed) => live(planted[name], seed + 1));
  const weight = (name: keyof typeof planted) => median(lives(name).map((learned) => learned.weight));
  const slope = 1 / planted.overconfident.scale;
  const off = median(lives('overconfident').map(({ calibration }) => Math.abs(calibration.overall.b - slope)));
  return [
    { figure: 'calibration.uninformative', value: weight('uninformative'), unit: 'weight', better: 'lower', budget: 0.02 },
    { figure: 'calibration.better', value: weight('better'), unit: 'weight', better: 'higher', budget: 0.2 },
    { figure: 'calibration.overconfident', value: off, unit: 'slope error', better: 'lower', budget: 0.1 },
  ];
}

/** One life of an analyst: it forecasts, questions settle, and every night what it is worth is learned anew. */
export function live(analyst: Planted, seed: number, events = EVENTS): LearnedModel {
  const normal = gaussian(seed);
  const settled: SettledForecast[] = [];
  let learned = unlearned();
  for (let index = 0; index < events; index++) {
    settled.push(settle(index, analyst, learned, normal));
    if ((index + 1) % PER_NIGHT === 0) learned = learnModel(settled);
  }
  return learned;
}

/** One question through the pipeline that real forecasts take: five drafts, aggregate, calibrate, blend, settle. */
function settle(index: number, analyst: Planted, learned: LearnedModel, normal: Normal): SettledForecast {
  const truth = 1.2 * normal();
  const mid = cents(sigmoid(truth + analyst.marketNoise * normal()));
  const belief = analyst.scale * truth + analyst.noise * normal();
  const drafts = Array.from({ length: 5 }, () => claimed(sigmoid(belief + 0.2 * normal()))).filter((draft) => draft !== undefined);
  const sum = aggregate(drafts, undefined);
  if (!sum) throw new Error('drafts: none. Fix: an analyst of the study must always answer');
  const judged = judge(learned, sum, 'study', mid);
  const yes = normal.uniform() < sigmoid(truth);
  const quote = Math.round(mid * 10_000);
  return {
    yes,
    settledAt: index,
    forecast: {
      ...judged,
      ...{ ticker: `STUDY-${index}`, event: `STUDY-${index}`, category: 'study', model: 'planted', strategy: 'study', horizon: '1-3d' },
      ...{ at: index, closesAt: index, rulesHash: '', promptHash: '', evidence: [], sentiment: undefined, gap: undefined },
      ...{ paperOnly: false, cached: false, cost: 0 as Usd, critic: undefined, drafts, raw: sum.probability, weight: learned.weight },
      ...{ bid: (quote - 100) as Price, ask: (quote + 100) as Price, mid },
    },
  };
}

function cents(share: Probability): Probability {
  return priceShare((Math.min(99, Math.max(1, Math.round(share * 100))) * 100) as Price);
}

interface Normal {
  (): number;
  uniform(): number;
}

/** Seeded standard normal numbers. Source: mulberry32 and Box–Muller. */
function gaussian(seed: number): Normal {
  let state = seed * 0x9e3779b9;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return Object.assign(normal, { uniform });
}
