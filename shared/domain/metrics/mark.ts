import type { Ledger } from '../ledger.ts';
import type { Millis, Price, Usd } from '../money.ts';
import { notional } from '../money.ts';
import type { Position } from '../position.ts';

/** The best executable bid of the side held, per ticker; undefined or absent where nobody bids. */
export type Marks = ReadonlyMap<string, Price | undefined>;

/** What a book was worth at an instant, with what is needed to take deposits out of its changes. */
export interface EquityPoint {
  readonly at: Millis;
  /** Undefined while a held market had no bid. */
  readonly equity: Usd | undefined;
  /** Deposits less withdrawals so far. */
  readonly deposits: Usd;
  /** Realised P&L so far, net of fees. */
  readonly realised: Usd;
}

/** What selling the whole position at the best bid would bring, before the exit's fee; undefined without a bid. */
export function mark(position: Pick<Position, 'count'>, bid: Price | undefined): Usd | undefined {
  return bid === undefined ? undefined : notional(bid, position.count);
}

/** Cash plus every position at its bid; undefined if any held market has no bid, for a sum with a hole is no sum. */
export function equityOf(ledger: Ledger, marks: Marks): Usd | undefined {
  const value = marketValue(ledger, marks);
  return value === undefined ? undefined : ((ledger.cash + value) as Usd);
}

/** All positions at their bids. */
function marketValue(ledger: Ledger, marks: Marks): Usd | undefined {
  let total = 0;
  for (const position of ledger.positions.values()) {
    const value = mark(position, marks.get(position.ticker));
    if (value === undefined) return undefined;
    total += value;
  }
  return total as Usd;
}

/** Bid value less what the contracts still held cost, entry fees included. */
export function unrealisedPnl(ledger: Ledger, marks: Marks): Usd | undefined {
  const value = marketValue(ledger, marks);
  if (value === undefined) return undefined;
  let paid = 0;
  for (const { cost, fees } of ledger.positions.values()) paid += cost + fees;
  return (value - paid) as Usd;
}

/** Held markets nobody bids for, which is why a book has no equity. */
export function unmarked(ledger: Ledger, marks: Marks): readonly string[] {
  return [...ledger.positions.keys()].filter((ticker) => marks.get(ticker) === undefined);
}

export function equityPoint(ledger: Ledger, marks: Marks, at: Millis): EquityPoint {
  return { at, equity: equityOf(ledger, marks), deposits: ledger.deposits, realised: ledger.realised };
}
