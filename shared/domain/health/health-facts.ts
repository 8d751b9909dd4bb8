import type { Breaker } from '../breaker.ts';
import type { FeeTerms } from '../fees.ts';
import type { Ledger } from '../ledger.ts';
import type { Marks } from '../metrics/mark.ts';
import { equityOf } from '../metrics/mark.ts';
import type { Metric } from '../metrics/metric.ts';
import type { Contracts, Millis, Price, Usd } from '../money.ts';

/** A fact and when it was true: facts grow too old to say anything. */
export interface Seen<Value> {
  readonly at: Millis;
  readonly value: Value;
}

/** What the risk checks look at, of one book. A fact nobody could supply is undefined and its check is unknown. */
export interface HealthFacts {
  readonly at: Millis;
  readonly portfolio: Seen<Portfolio> | undefined;
  /** Share below the peak; undefined while there is no equity history. */
  readonly drawdown: number | undefined;
  /** When quotes were last seen and the exchange last agreed with us. */
  readonly quotesAt: Millis | undefined;
  readonly syncedAt: Millis | undefined;
  /** Differences between ledger, fills and exchange. */
  readonly reconciliation: Seen<{ readonly breaks: number }> | undefined;
  readonly breaker: Breaker | undefined;
  /** Settled forecasts, skill against the market's price on the same questions, and the AI's learned weight. */
  readonly calibration: Seen<{ readonly settled: number; readonly skill: number | undefined; readonly weight: number }> | undefined;
  readonly aiBudget: Seen<{ readonly spent: Usd; readonly budget: Usd }> | undefined;
  /** Runs of all jobs in the last day and how many failed. */
  readonly runs: Seen<{ readonly failed: number; readonly all: number }> | undefined;
  /** Of all closed trades. */
  readonly winRates: { readonly all: Metric; readonly manual: Metric; readonly automated: Metric } | undefined;
}

export interface Portfolio {
  /** Cash that resting buys do not hold. */
  readonly cash: Usd;
  /** Undefined while a held market has no bid. */
  readonly equity: Usd | undefined;
  readonly positions: readonly Holding[];
}

/** A position as somebody who may have to sell it sees it. */
export interface Holding {
  readonly ticker: string;
  readonly event: string;
  readonly count: Contracts;
  readonly bid: Price | undefined;
  readonly bidSize?: Contracts;
  readonly fee?: FeeTerms;
}

/** What the exchange shows and charges for a holding, where it is known. */
export type HoldingTerms = ReadonlyMap<string, Pick<Holding, 'bidSize' | 'fee'>>;

/** The portfolio of a ledger at its bids. `held` is what resting buys hold. */
export function portfolioOf(ledger: Ledger, marks: Marks, held: Usd, terms: HoldingTerms = new Map()): Portfolio {
  return {
    cash: (ledger.cash - held) as Usd,
    equity: equityOf(ledger, marks),
    positions: [...ledger.positions.values()].map(({ ticker, event, count }) => ({
      ticker,
      event,
      count,
      bid: marks.get(ticker),
      ...terms.get(ticker),
    })),
  };
}
