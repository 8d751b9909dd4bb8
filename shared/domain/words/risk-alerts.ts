import type { ActionItem } from '../health/action-items.ts';
import type { Health } from '../health/health.ts';
import type { HealthFacts } from '../health/health-facts.ts';
import type { RiskCheck } from '../health/risk-check.ts';
import type { HealthThresholds } from '../health/thresholds.ts';
import type { Alert, AlertKind, Moment } from './alert.ts';
import { alertOf } from './alert.ts';
import type { AlertRound } from './alert-policy.ts';
import { plural, valueText } from './amounts.ts';
import type { RiskWords } from './risk-words.ts';
import { riskWords } from './risk-words.ts';

/** Health with what it was judged from and what was made of it. */
export interface HealthLook {
  readonly health: Health;
  readonly facts: HealthFacts;
  readonly items: readonly ActionItem[];
  readonly thresholds: HealthThresholds;
}

/**
 * What a look at health has to say: an alert for each fact that fails (the check that counts), which kinds it could
 * not judge, and the readings of those that are fine again.
 */
export function riskAlerts(moment: Moment, look: HealthLook): AlertRound {
  const { health, thresholds } = look;
  const worded = health.checks.flatMap((check) => {
    const words = riskWords[check.id as keyof typeof riskWords];
    return words ? [{ check, words }] : [];
  });
  const failing = worded.filter(({ check }) => check.weight > 0 && fails(check));
  const healthWord = healthAlert(moment, health, thresholds);
  return {
    alerts: [...failing.map(({ check, words }) => riskAlert(moment, check, words, look)), ...(healthWord ? [healthWord] : [])],
    judged: [...worded.filter(({ check }) => isJudged(check)).map(({ words }) => words.kind), 'health'],
    readings: new Map<AlertKind, string>([
      ...worded.flatMap(({ check, words }): [AlertKind, string][] =>
        check.value === undefined ? [] : [[words.kind, reading(check, words)]],
      ),
      ...(health.score === undefined ? [] : [['health', `health ${health.score} (min ${thresholds.score.alertBelow})`] as const]),
    ]),
  };
}

function fails({ state }: RiskCheck): boolean {
  return state === 'warning' || state === 'critical';
}

/** A check that fails while another of its dimension counts is neither told nor over. */
function isJudged(check: RiskCheck): boolean {
  return check.state !== 'unknown' && (check.weight > 0 || !fails(check));
}

function riskAlert(moment: Moment, check: RiskCheck, words: RiskWords, { facts, items }: HealthLook): Alert {
  const { state, name, done, restored, commands, kind } = words;
  const item = items.find(({ metric, closed }) => metric === check.id && closed === undefined);
  const measured = reading(check, words);
  const numbers = measured.slice(name.length + 1);
  return alertOf(moment, {
    type: check.state === 'critical' ? 'CRITICAL' : 'WARNING',
    kind,
    headline: `${state} ${numbers}`,
    subject: measured,
    happened: words.happened?.(facts) ?? check.detail,
    done,
    advice: advice(item, words),
    ...(item ? { steps: item.steps } : {}),
    commands,
    values: { [check.label]: check.value === undefined ? 'unknown' : valueText(check.value, check.unit), Limit: limitText(check) },
    restored,
  });
}

/** `cash 9.4% (min 15%)`. */
function reading(check: RiskCheck, { name, bound }: RiskWords): string {
  const value = check.value === undefined ? 'unknown' : valueText(check.value, check.unit);
  return `${name} ${value} (${bound} ${limitText(check)})`;
}

function limitText({ target, unit }: RiskCheck): string {
  return target === undefined ? 'none' : valueText(target, unit);
}

/** The first step where there is one sale, else how many there are; the e-mail has them all. */
function advice(item: ActionItem | undefined, words: RiskWords): string {
  const sales = item?.steps.filter((step) => step.startsWith('sell ')) ?? [];
  const [first] = sales;
  if (first === undefined) return words.advice;
  return sales.length === 1 ? `${first.replace(/^s/, 'S')}. Details in email.` : `Make ${plural(sales.length, 'sale')}: pilot risk --fix`;
}

function healthAlert(moment: Moment, { score, state, why, lines }: Health, thresholds: HealthThresholds): Alert | undefined {
  const min = thresholds.score.alertBelow;
  if (score !== undefined && score >= min) return undefined;
  const value = score ?? 'unknown';
  return alertOf(moment, {
    type: score === undefined ? 'WARNING' : 'CRITICAL',
    kind: 'health',
    headline: score === undefined ? 'HEALTH UNKNOWN' : `HEALTH ${score} (min ${min})`,
    subject: `health ${value} (min ${min})`,
    happened: why ?? lines.map(({ points, reason }) => `${points} ${reason}`).join('; '),
    done: 'Each risk check acts by itself',
    advice: 'See: pilot risk',
    commands: ['pilot risk', 'pilot report --latest'],
    values: { Health: value, State: state, Minimum: min },
    restored: 'All counted checks are well enough.',
  });
}
