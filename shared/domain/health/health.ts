import type { Metric } from '../metrics/metric.ts';
import type { Millis } from '../money.ts';
import { percent } from '../words/amounts.ts';
import type { HealthFacts } from './health-facts.ts';
import { portfolioChecks } from './portfolio-checks.ts';
import type { CheckSpec, RiskCheck } from './risk-check.ts';
import { checkStates } from './risk-check.ts';
import { systemChecks } from './system-checks.ts';
import type { HealthThresholds } from './thresholds.ts';

export const riskChecks = { ...portfolioChecks, ...systemChecks } as const;
export type CheckId = keyof typeof riskChecks;

export type HealthState = 'healthy' | 'warning' | 'critical' | 'unknown';

/** One line of a score: what it cost or brought. */
export interface ScoreLine {
  readonly id: string;
  readonly points: number;
  readonly reason: string;
}

/** 0..100, undefined while something it needs is unknown; `why` then says what. */
export interface Score {
  readonly score: number | undefined;
  readonly lines: readonly ScoreLine[];
  readonly why?: string;
}

export interface Health extends Score {
  readonly at: Millis;
  readonly state: HealthState;
  readonly checks: readonly RiskCheck[];
  /** As seed 000 counts, each of its five checks by itself. */
  readonly seed: Score;
}

/** The checks that seed 000 scores. */
const seedChecks: readonly string[] = [
  'cash-reserve',
  'capital-in-use',
  'position-count',
  'largest-position',
  'win-rate-gap',
] satisfies CheckId[];

/** Judges every check and scores them; pure, of one book at one moment. */
export function health(facts: HealthFacts, thresholds: HealthThresholds): Health {
  const checks = checkRisks(facts, thresholds);
  const total = score(checks, thresholds);
  return {
    at: facts.at,
    checks,
    ...total,
    state: stateOf(total, checks, thresholds),
    seed: seedScore(checks, facts.winRates?.all, thresholds),
  };
}

function checkRisks(facts: HealthFacts, thresholds: HealthThresholds): readonly RiskCheck[] {
  const specs: readonly (readonly [string, CheckSpec])[] = Object.entries(riskChecks);
  const found = specs.map(([id, { label, dimension, unit, target, judge }]) => {
    const { state, value, detail } = judge(facts, thresholds);
    return { id, label, dimension, unit, state, value, target: target(thresholds), detail };
  });
  const counted = new Set([...Map.groupBy(found, ({ dimension }) => dimension).values()].map(worst));
  return found.map((check) => ({ ...check, weight: counted.has(check) && check.state !== 'not-applicable' ? 1 : 0 }));
}

/** 100 less the points of each dimension's worst check, each fact counted once. Source: B24. */
function score(checks: readonly RiskCheck[], thresholds: HealthThresholds): Score {
  return scoreOf(
    checks.filter(({ weight }) => weight > 0),
    thresholds,
  );
}

/** Seed 000's own score: five checks, each by itself, and the win rate once it rests on enough trades. */
function seedScore(checks: readonly RiskCheck[], winRate: Metric | undefined, thresholds: HealthThresholds): Score {
  const { minTrades, low, lowPoints, high, highPoints } = thresholds.winRate;
  const judged = checks.filter(({ id }) => seedChecks.includes(id));
  if (winRate?.value === undefined || winRate.n < minTrades) return scoreOf(judged, thresholds);
  const reason = `win rate ${percent(winRate.value)} over ${winRate.n} trades`;
  if (winRate.value < low) return scoreOf(judged, thresholds, { id: 'win-rate', points: -lowPoints, reason });
  if (winRate.value > high) return scoreOf(judged, thresholds, { id: 'win-rate', points: highPoints, reason });
  return scoreOf(judged, thresholds);
}

function scoreOf(checks: readonly RiskCheck[], { score: points }: HealthThresholds, extra?: ScoreLine): Score {
  const unknowns = checks.filter(({ state }) => state === 'unknown');
  const lines = checks.flatMap(({ id, state, detail }): ScoreLine[] =>
    state === 'critical' || state === 'warning' ? [{ id, points: -points[state], reason: detail }] : [],
  );
  if (extra) lines.push(extra);
  if (unknowns.length > 0) return { score: undefined, lines, why: unknowns.map(({ id, detail }) => `${id}: ${detail}`).join('; ') };
  const total = lines.reduce((sum, line) => sum + line.points, 100);
  return { score: Math.min(100, Math.max(0, total)), lines };
}

function stateOf({ score: total }: Score, checks: readonly RiskCheck[], { score: points }: HealthThresholds): HealthState {
  if (total === undefined) return 'unknown';
  const states = new Set(checks.map(({ state }) => state));
  if (states.has('critical') || total < points.alertBelow) return 'critical';
  return states.has('warning') ? 'warning' : 'healthy';
}

function worst<Found extends Pick<RiskCheck, 'state'>>(group: readonly Found[]): Found | undefined {
  return group.reduce((bad, check) => (checkStates.indexOf(check.state) > checkStates.indexOf(bad.state) ? check : bad));
}
