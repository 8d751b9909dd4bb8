import type { FeedbackItem } from '../analysis/feedback-items.ts';
import type { StrategyFeedback } from '../analysis/strategy-feedback.ts';
import type { Book } from '../book.ts';
import { EXCHANGE_ZONE, etDay } from '../et-day.ts';
import type { ActionItem } from '../health/action-items.ts';
import type { Health, HealthState, ScoreLine } from '../health/health.ts';
import type { RiskCheck } from '../health/risk-check.ts';
import type { Slice } from '../metrics/breakdown.ts';
import type { Metrics, Performance } from '../metrics/performance.ts';
import type { Period } from '../metrics/period.ts';
import type { Millis, Usd } from '../money.ts';
import { metricText, plural, signedDollars } from './amounts.ts';

export const reportKinds = ['daily', 'weekly', 'emergency'] as const;
export type ReportKind = (typeof reportKinds)[number];

/** What the scans of a day came to: markets dropped per filter, and what was left. */
export interface DayFunnel {
  readonly scans: number;
  readonly seen: number;
  readonly dropped: Readonly<Record<string, number>>;
  readonly candidates: number;
  readonly signals: number;
  readonly orders: number;
}

/** More computed facts, in words: calibration, projected cash, positions. */
export interface ReportSection {
  readonly title: string;
  readonly rows: readonly (readonly [string, string])[];
}

/** What closed trades say of each strategy, and what to change until they say otherwise. */
export interface Feedback {
  readonly strategies: readonly StrategyFeedback[];
  readonly items: readonly FeedbackItem[];
}

/** Computed first and complete without a model; the model's text comes under it. */
export interface Report {
  readonly at: Millis;
  /** Exchange day. */
  readonly date: string;
  readonly kind: ReportKind;
  readonly book: Book;
  readonly healthScore: number | undefined;
  readonly state: HealthState;
  readonly scoreLines: readonly ScoreLine[];
  /** Seed 000's own score, which counts cash twice. */
  readonly seedScore: number | undefined;
  readonly summary: string;
  readonly checks: readonly RiskCheck[];
  readonly actionItems: readonly ActionItem[];
  readonly metrics: Readonly<Record<Period, Metrics>>;
  readonly strategies: readonly Slice[];
  /** Of the last 24 hours; undefined when no scan was recorded. */
  readonly funnel: DayFunnel | undefined;
  readonly exits: readonly Slice[];
  readonly feedback: Feedback;
  readonly sections: readonly ReportSection[];
  /** Why the exchange or the model was asked, for an emergency. */
  readonly reason?: string;
  readonly analysis?: Analysis;
  /** Why a model that was asked wrote nothing. */
  readonly unwritten?: string;
}

/** What the model wrote, its numbers checked. */
export interface Analysis {
  readonly text: string;
  /** Numbers struck because nothing computed equals them. */
  readonly struck: number;
  readonly model: string;
  readonly cost: Usd | undefined;
  readonly tokens: number | undefined;
  readonly seconds: number;
}

export interface ReportInput {
  readonly kind: ReportKind;
  readonly book: Book;
  readonly health: Health;
  readonly performance: Performance;
  readonly actionItems: readonly ActionItem[];
  readonly funnel: DayFunnel | undefined;
  readonly feedback: Feedback;
  readonly sections: readonly ReportSection[];
  readonly reason?: string;
}

export function makeReport(input: ReportInput): Report {
  const { kind, book, health, performance, actionItems, funnel, feedback, sections, reason } = input;
  const { today, week, month, all } = performance;
  return {
    at: health.at,
    date: etDay(health.at, EXCHANGE_ZONE),
    kind,
    book,
    healthScore: health.score,
    state: health.state,
    scoreLines: health.lines,
    seedScore: health.seed.score,
    summary: summaryOf(health, performance, actionItems),
    checks: health.checks,
    actionItems,
    metrics: { today: today.metrics, week: week.metrics, month: month.metrics, all: all.metrics },
    strategies: (kind === 'weekly' ? week : all).breakdowns.strategy,
    funnel,
    exits: (kind === 'weekly' ? week : today).breakdowns.exit,
    feedback,
    sections,
    ...(reason === undefined ? {} : { reason }),
  };
}

/** Health and P&L in one line: `Health 55/100, 1 critical, 2 warnings. P&L +$3.10 today, …`. */
function summaryOf({ score, state, checks, why }: Health, { today, week, all }: Performance, items: readonly ActionItem[]): string {
  const count = (wanted: RiskCheck['state']) => checks.filter((check) => check.weight > 0 && check.state === wanted).length;
  const health =
    score === undefined
      ? `Health unknown (${why ?? state})`
      : `Health ${score}/100, ${count('critical')} critical, ${plural(count('warning'), 'warning')}`;
  const pnl = ({ metrics }: Performance[Period]) => signedPnl(metrics);
  const open = items.filter(({ closed }) => closed === undefined).length;
  return `${health}. P&L ${pnl(today)} today, ${pnl(week)} in 7 days, ${pnl(all)} all. ${plural(open, 'action item')}.`;
}

/** Total P&L with its sign, or that it is unknown and why. */
export function signedPnl({ totalPnl }: Metrics): string {
  return totalPnl.value === undefined ? metricText(totalPnl, 'usd') : signedDollars(totalPnl.value as Usd);
}
