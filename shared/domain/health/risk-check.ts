import type { MetricUnit } from '../metrics/metric.ts';
import type { Millis } from '../money.ts';
import { ageText, unknownText } from '../words/amounts.ts';
import type { HealthFacts, Seen } from './health-facts.ts';
import type { Band, HealthThresholds } from './thresholds.ts';

/** From fine to worst; unknown outranks all, for it may hide anything. */
export const checkStates = ['not-applicable', 'healthy', 'warning', 'critical', 'unknown'] as const;
export type CheckState = (typeof checkStates)[number];

/** One risk check, judged. */
export interface RiskCheck {
  readonly id: string;
  readonly label: string;
  /** Checks of one dimension look at the same fact; the worst one counts. */
  readonly dimension: string;
  readonly state: CheckState;
  readonly value: number | undefined;
  /** The value it must reach or must not pass; undefined where the target is not a number. */
  readonly target: number | undefined;
  readonly unit: MetricUnit;
  /** 1 where it counts, 0 where another check of its dimension does or where it has no subject. */
  readonly weight: 0 | 1;
  readonly detail: string;
}

export interface Finding {
  readonly state: CheckState;
  readonly value?: number;
  readonly detail: string;
}

/** A check as a line in a list. */
export interface CheckSpec {
  readonly label: string;
  readonly dimension: string;
  readonly unit: MetricUnit;
  target(thresholds: HealthThresholds): number | undefined;
  judge(facts: HealthFacts, thresholds: HealthThresholds): Finding;
}

export function above(value: number, { warning, critical }: Band, detail: string): Finding {
  const state = critical !== undefined && value > critical ? 'critical' : value > warning ? 'warning' : 'healthy';
  return { state, value, detail };
}

export function atLeast(value: number, { warning, critical }: Band, detail: string): Finding {
  const state = critical !== undefined && value >= critical ? 'critical' : value >= warning ? 'warning' : 'healthy';
  return { state, value, detail };
}

export function below(value: number, { warning, critical }: Band, detail: string): Finding {
  const state = critical !== undefined && value < critical ? 'critical' : value < warning ? 'warning' : 'healthy';
  return { state, value, detail };
}

export function cannotTell(why: string): Finding {
  return { state: 'unknown', detail: unknownText(why) };
}

export function noSubject(why: string): Finding {
  return { state: 'not-applicable', detail: why };
}

/** Judges a fact that is there and fresh; says what is wrong with it otherwise. */
export function withFresh<Value>(
  name: string,
  seen: Seen<Value> | undefined,
  { now, maxAge }: { readonly now: Millis; readonly maxAge: number },
  judge: (value: Value) => Finding,
): Finding {
  if (seen === undefined) return cannotTell(`no ${name}`);
  const age = now - seen.at;
  return age > maxAge ? cannotTell(`${name} is ${ageText(age)} old, limit ${ageText(maxAge)}`) : judge(seen.value);
}
