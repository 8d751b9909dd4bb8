import type { Millis } from './money.ts';

/** active trades; reducing lets only exits and cancels through; halted also cancels resting entries and waits for a person. */
export type TradingState = 'active' | 'reducing' | 'halted';

/** Halting causes need a person; reducing causes are left by one clean sync. */
export const haltCauses = ['drawdown', 'daily-loss', 'losing-streak', 'reconciliation', 'fee-divergence', 'by-hand'] as const;
export const reduceCauses = ['outage', 'stale-data', 'clock-skew', 'error-rate', 'unreadable', 'gap', 'paused-by-hand'] as const;
export type BreakerCause = (typeof haltCauses)[number] | (typeof reduceCauses)[number];

/** Stored per book, versioned; only `resume` with a reason and a name leaves `halted`. */
export interface Breaker {
  readonly state: TradingState;
  readonly cause?: BreakerCause;
  /** The numbers that caused it, in words. */
  readonly detail?: string;
  readonly since: Millis;
  readonly by: string;
  /** When a person last resumed: losses before it have been answered for and do not trip again. */
  readonly resumedAt?: Millis;
  readonly version: number;
}

/** A book that nobody has touched. */
export const untouchedBreaker: Breaker = { state: 'active', since: 0, by: 'default', version: 0 };
