import { addDays, etDay } from '../et-day.ts';
import type { MetricUnit } from '../metrics/metric.ts';
import { dollars, plural } from '../words/amounts.ts';
import type { Sale } from './fixes.ts';
import { salesForCash, salesForConcentration, salesForCount, saleText } from './fixes.ts';
import type { Health } from './health.ts';
import type { HealthFacts } from './health-facts.ts';
import type { RiskCheck } from './risk-check.ts';
import type { HealthThresholds } from './thresholds.ts';

/** Most urgent first. */
export const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const;
export type Severity = (typeof severities)[number];

/** Something to do, until the metric it is about recovers. One per dimension of health, whatever the number of reports. */
export interface ActionItem {
  readonly id: string;
  readonly severity: Severity;
  /** The check it comes from. */
  readonly metric: string;
  readonly threshold: number | undefined;
  readonly value: number | undefined;
  readonly unit: MetricUnit;
  /** What is wrong, as the check says it. */
  readonly finding: string;
  readonly steps: readonly string[];
  /** Exchange days, `YYYY-MM-DD`. */
  readonly opened: string;
  readonly due: string;
  readonly closed?: string;
}

/** The action items of one moment, with the dimensions that could not be judged: those must not close anything. */
export interface ActionReview {
  readonly day: string;
  readonly items: readonly ActionItem[];
  readonly unknown: readonly string[];
}

/** Days to act. Source: seed 000's immediate, short and long term. */
const daysToAct: Readonly<Record<Severity, number>> = { CRITICAL: 1, HIGH: 3, MEDIUM: 7, LOW: 30 };

const warningSeverity: Readonly<Record<string, Severity>> = {
  'win-rate-gap': 'MEDIUM',
  calibration: 'MEDIUM',
  'error-rate': 'MEDIUM',
  'data-freshness': 'MEDIUM',
  'ai-budget': 'LOW',
};

export function reviewActions({ checks }: Pick<Health, 'checks'>, facts: HealthFacts, thresholds: HealthThresholds): ActionReview {
  const day = etDay(facts.at);
  const counted = checks.filter(({ weight }) => weight > 0);
  return {
    day,
    items: counted.flatMap((check) => actionItem(check, facts, thresholds, day) ?? []).toSorted(bySeverity),
    unknown: counted.flatMap(({ state, dimension }) => (state === 'unknown' ? [dimension] : [])),
  };
}

/**
 * Items keep the day they were opened and their due date, which only a worse severity brings forward. An item that is
 * no longer found closes, unless nobody can tell. Items closed before are dropped; one that comes back is new.
 */
export function mergeActionItems(previous: readonly ActionItem[], { day, items, unknown }: ActionReview): readonly ActionItem[] {
  const open = new Map(previous.filter(({ closed }) => closed === undefined).map((item) => [item.id, item]));
  const current = items.map((item) => {
    const before = open.get(item.id);
    open.delete(item.id);
    if (!before) return item;
    const [due = item.due] = [before.due, item.due].toSorted();
    return { ...item, opened: before.opened, due };
  });
  const left = [...open.values()].map((item) => (unknown.includes(item.id) ? item : { ...item, closed: day }));
  return [...current, ...left].toSorted(bySeverity);
}

function bySeverity(a: ActionItem, b: ActionItem): number {
  return Number(a.closed !== undefined) - Number(b.closed !== undefined) || severities.indexOf(a.severity) - severities.indexOf(b.severity);
}

function actionItem(check: RiskCheck, facts: HealthFacts, thresholds: HealthThresholds, day: string): ActionItem | undefined {
  const { id, dimension, state, value, target, unit, detail } = check;
  if (state !== 'warning' && state !== 'critical') return undefined;
  const severity = state === 'critical' ? 'CRITICAL' : (warningSeverity[dimension] ?? 'HIGH');
  return {
    id: dimension,
    severity,
    metric: id,
    threshold: target,
    value,
    unit,
    finding: detail,
    steps: stepsFor(check, facts, thresholds),
    opened: day,
    due: addDays(day, daysToAct[severity]),
  };
}

function stepsFor({ id, dimension }: RiskCheck, facts: HealthFacts, thresholds: HealthThresholds): readonly string[] {
  const portfolio = facts.portfolio?.value;
  const { positions, largestPosition } = thresholds;
  switch (dimension) {
    case 'liquidity':
      return portfolio ? saleSteps(salesForCash(portfolio, cashTarget(thresholds), facts.at)) : [];
    case 'position-count':
      return portfolio ? saleSteps(salesForCount(portfolio, positions.warning, facts.at)) : [];
    case 'largest-position':
      return portfolio ? saleSteps(salesForConcentration(portfolio, largestPosition.warning, facts.at)) : [];
    default:
      return plainSteps[id] ?? [];
  }
}

/** Enough cash for both bands: 20 % with the seed's numbers. */
function cashTarget({ cashReserve, capitalInUse }: HealthThresholds): number {
  return Math.max(cashReserve.warning, 1 - capitalInUse.warning);
}

function saleSteps(sales: readonly Sale[]): readonly string[] {
  if (sales.length === 0) return ['nobody bids now: look again after the next scan, pilot risk --fix'];
  const total = sales.reduce((sum, { frees }) => sum + frees, 0) as Sale['frees'];
  const steps = sales.map(saleText);
  return sales.length === 1 ? steps : [...steps, `together ${plural(sales.length, 'sale')} free about ${dollars(total)}`];
}

const plainSteps: Readonly<Record<string, readonly string[]>> = {
  'exit-liveness': ['look at the book: pilot positions', 'let it settle, or sell when a bid returns'],
  drawdown: ['see which strategy lost: pilot pnl --by strategy', 'pause new buys: pilot pause'],
  'win-rate-gap': [
    'compare the two: pilot pnl --by strategy',
    'see which categories and prices the better one trades: pilot report --latest',
  ],
  'quote-age': ['see which job is late: pilot jobs', 'run it now: pilot run scan'],
  'sync-age': ['see which job is late: pilot jobs', 'run it now: pilot run sync'],
  reconciliation: ['see the difference: pilot status', 'when it is explained: pilot resume --reason TEXT'],
  breaker: ['see what stopped it: pilot status', 'when it is understood: pilot resume --reason TEXT'],
  calibration: ['compare AI and market: pilot calibration', 'the nightly fit lowers its weight by itself'],
  'ai-budget': ['see what it was spent on: pilot ai', 'raise the budget in pilot.config.ts only if the forecasts earn it'],
  'error-rate': ['see what failed: pilot logs --level warn', 'check the installation: pilot doctor'],
};
