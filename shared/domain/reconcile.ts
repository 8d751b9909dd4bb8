import type { Ledger } from './ledger.ts';
import type { Contracts, Price, Usd } from './money.ts';
import { notional } from './money.ts';

/** One disagreement between what our ledger says and what the exchange says. Shown and alerted, never "fixed". */
export interface Difference {
  readonly what: 'position' | 'cash';
  readonly ticker?: string;
  /** YES contracts (hundredths, NO negative) or micro-dollars. */
  readonly ledger: number;
  readonly exchange: number;
}

/**
 * Compares the ledger with the account, market by market and in cash. The account shows its cash without what resting
 * orders hold, and not how much that is: at most `held`.
 */
export function reconcile(
  ledger: Ledger,
  positions: readonly { readonly ticker: string; readonly yesCount: number }[],
  cash: Usd,
  held: Usd,
): readonly Difference[] {
  const exchange = new Map(positions.map(({ ticker, yesCount }) => [ticker, yesCount]));
  const ours = new Map([...ledger.positions.values()].map(({ ticker, side, count }) => [ticker, side === 'yes' ? count : -count]));
  const differences: Difference[] = [];
  for (const ticker of new Set([...exchange.keys(), ...ours.keys()])) {
    const here = ours.get(ticker) ?? 0;
    const there = exchange.get(ticker) ?? 0;
    if (here !== there) differences.push({ what: 'position', ticker, ledger: here, exchange: there });
  }
  if (cash > ledger.cash || cash < ledger.cash - held) differences.push({ what: 'cash', ledger: ledger.cash, exchange: cash });
  return differences;
}

/** Most that resting orders can hold: their price, and two cents of fee a contract, which is more than any fee. */
export function heldByResting(orders: readonly { readonly price: Price; readonly remaining: Contracts }[]): Usd {
  return orders.reduce((sum, { price, remaining }) => sum + notional((price + 200) as Price, remaining) + 10_000, 0) as Usd;
}

/** Differences that both looks saw alike. What only one saw was on its way. */
export function confirmed(first: readonly Difference[], second: readonly Difference[]): readonly Difference[] {
  const seen = new Set(first.map(differenceText));
  return second.filter((difference) => seen.has(differenceText(difference)));
}

export function differenceText({ what, ticker, ledger, exchange }: Difference): string {
  if (what === 'cash') return `cash: ledger $${(ledger / 1_000_000).toFixed(6)}, exchange $${(exchange / 1_000_000).toFixed(6)}`;
  return `${ticker}: ledger ${ledger / 100} YES, exchange ${exchange / 100} YES`;
}
