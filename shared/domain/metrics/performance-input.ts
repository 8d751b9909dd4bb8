import type { Fill } from '../fill.ts';
import type { Ledger } from '../ledger.ts';
import type { Millis, Price, Usd } from '../money.ts';
import type { Trade } from '../position.ts';
import type { EquityPoint, Marks } from './mark.ts';

/** All that performance is computed from: one book, its whole history, one moment. */
export interface PerformanceInput {
  readonly now: Millis;
  /** Zone whose days count; the exchange's is America/New_York. */
  readonly zone: string;
  readonly ledger: Ledger;
  readonly marks: Marks;
  /** Every closed trade of the book. */
  readonly trades: readonly Trade[];
  readonly executions: readonly Execution[];
  /** Recorded points, oldest first, before `now`. */
  readonly equity: readonly EquityPoint[];
  /** Held by the exchange for resting buys; undefined when open orders are not known. */
  readonly held: Usd | undefined;
  /** What AI and AWS cost; undefined when nobody keeps count. */
  readonly costs?: readonly Cost[];
}

/** A fill with the executable price (ask to buy, bid to sell) that was seen when it was decided. */
export interface Execution {
  readonly fill: Fill;
  readonly quoted: Price | undefined;
}

export interface Cost {
  readonly at: Millis;
  readonly kind: 'ai' | 'aws';
  readonly amount: Usd;
}
