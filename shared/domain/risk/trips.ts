import type { BreakerCause } from '../breaker.ts';
import { haltCauses } from '../breaker.ts';
import type { Usd } from '../money.ts';
import type { BookView, Standing } from './book-view.ts';
import type { RiskLimits } from './limits.ts';

/** A reason to stop, with the numbers that caused it. */
export interface Trip {
  readonly cause: BreakerCause;
  readonly detail: string;
}

/** How the system around a book is doing; undefined is not measured, which trips nothing by itself. */
export interface Surroundings {
  readonly exchangeOut: string | undefined;
  readonly dataAgeSeconds: number | undefined;
  readonly maxDataAgeSeconds: number;
  readonly skewSeconds: number | undefined;
  readonly maxSkewSeconds: number;
  /** Failed runs of the last hour, as a share of all, and how many there were. */
  readonly errorRate: { readonly share: number; readonly runs: number } | undefined;
  readonly maxErrorRate: number;
  readonly reconciliationBreak: string | undefined;
  readonly feeDivergence: string | undefined;
}

/** The gravest reason to stop a book, or none. Losses come first: they halt; the rest reduce. */
export function tripOf(view: BookView, limits: RiskLimits, around: Surroundings): Trip | undefined {
  return losses(view, limits) ?? breaks(around) ?? outages(around);
}

export function halts(cause: BreakerCause): boolean {
  return haltCauses.some((name) => name === cause);
}

/** Limits that a book's own losses reach. Drawdown from the peak, ET day's loss, losing streak. Source: seeds 001–004. */
export function losses(view: Standing, limits: RiskLimits): Trip | undefined {
  const { drawdown, dayPnl, losingStreak, equityFloor } = view;
  if (drawdown !== undefined && drawdown >= limits.maxDrawdown) {
    return { cause: 'drawdown', detail: `drawdown ${percent(drawdown)} reached limit ${percent(limits.maxDrawdown)}` };
  }
  if (dayPnl !== undefined) {
    const limit = dailyLossLimit(equityFloor, dayPnl, limits);
    if (dayPnl <= -limit) return { cause: 'daily-loss', detail: `day loss ${dollars(dayPnl)} reached limit ${dollars(-limit as Usd)}` };
  }
  if (losingStreak >= limits.losingStreak) {
    return { cause: 'losing-streak', detail: `${losingStreak} losing trades in a row, limit ${limits.losingStreak}` };
  }
  return undefined;
}

/** The smaller of the dollar limit and the share of what the day began with. */
export function dailyLossLimit(equity: Usd, dayPnl: Usd, limits: RiskLimits): Usd {
  return Math.min(limits.dailyLossUsd, Math.floor((equity - dayPnl) * limits.dailyLossShare)) as Usd;
}

function breaks({ reconciliationBreak, feeDivergence }: Surroundings): Trip | undefined {
  if (reconciliationBreak !== undefined) return { cause: 'reconciliation', detail: reconciliationBreak };
  if (feeDivergence !== undefined) return { cause: 'fee-divergence', detail: feeDivergence };
  return undefined;
}

function outages(around: Surroundings): Trip | undefined {
  const { exchangeOut, dataAgeSeconds, skewSeconds, errorRate } = around;
  if (exchangeOut !== undefined) return { cause: 'outage', detail: exchangeOut };
  if (dataAgeSeconds !== undefined && dataAgeSeconds > around.maxDataAgeSeconds) {
    return { cause: 'stale-data', detail: `data is ${Math.round(dataAgeSeconds)} s old, limit ${around.maxDataAgeSeconds} s` };
  }
  if (skewSeconds !== undefined && Math.abs(skewSeconds) > around.maxSkewSeconds) {
    return { cause: 'clock-skew', detail: `clock is ${skewSeconds.toFixed(1)} s off, limit ${around.maxSkewSeconds} s` };
  }
  if (errorRate !== undefined && errorRate.runs >= 4 && errorRate.share > around.maxErrorRate) {
    return {
      cause: 'error-rate',
      detail: `${percent(errorRate.share)} of ${errorRate.runs} runs failed, limit ${percent(around.maxErrorRate)}`,
    };
  }
  return undefined;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

function dollars(amount: Usd): string {
  return `${amount < 0 ? '-' : ''}$${(Math.abs(amount) / 1_000_000).toFixed(2)}`;
}
