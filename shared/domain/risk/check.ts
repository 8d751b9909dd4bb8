import type { BoardColumn, Quote } from '../board.ts';
import type { MarketStatus, MarketTerms } from '../market.ts';
import type { Millis } from '../money.ts';
import type { OrderIntent, Repeg } from '../order.ts';
import type { BookView } from './book-view.ts';
import type { RiskLimits } from './limits.ts';

/** A check answers with one of four words; only pass and not-applicable let an order through. */
export type CheckState = 'pass' | 'fail' | 'unknown' | 'not-applicable';

export interface CheckResult {
  readonly state: CheckState;
  readonly detail: string;
}

/** Everything a check may ask. The book already counts every approval before this one. */
export interface GateView {
  readonly order: OrderIntent;
  /** The re-peg that is asked for: `order` is then the order as it would be. */
  readonly repeg?: Repeg;
  readonly status: MarketStatus;
  readonly terms: MarketTerms;
  /** The quote of the order's side. */
  readonly quote: Quote;
  readonly book: BookView;
  readonly limits: RiskLimits;
  readonly lacks: ReadonlySet<BoardColumn>;
  /** Whether the order's shard trades; undefined is unknown. */
  readonly shardOpen: boolean | undefined;
  readonly at: Millis;
}

export interface Check {
  /** What must hold, as the refusal table says it. */
  readonly holds: string;
  /** What to do about a refusal. */
  readonly fix: string;
  readonly setting?: string;
  /** Asked of exits too; exits are never stopped by money, limits or the breaker. */
  readonly exits?: true;
  /** Asked of re-pegs too, whose money is reserved already; or of nothing else. */
  readonly repegs?: true | 'only';
  judge(view: GateView): CheckResult;
}

export function judge(holds: boolean, detail: string): CheckResult {
  return { state: holds ? 'pass' : 'fail', detail };
}

/** Unknown when there is no value to judge. */
export function known<T>(value: T | undefined, then: (value: T) => CheckResult, what: string): CheckResult {
  return value === undefined ? { state: 'unknown', detail: `${what} unknown` } : then(value);
}

/** What the check asks about does not exist here. */
export function absent(what: string): CheckResult {
  return { state: 'not-applicable', detail: `no ${what} here` };
}

export function dollars(amount: number): string {
  return `${amount < 0 ? '-' : ''}$${(Math.abs(amount) / 1_000_000).toFixed(2)}`;
}
