import type { Ledger } from './ledger.ts';
import type { Action, Contracts, Price, Side, Usd } from './money.ts';
import { notional } from './money.ts';

/** One disagreement between what our ledger says and what the exchange says. Shown and alerted, never "fixed". */
export interface Difference {
  readonly what: 'position' | 'cash';
  readonly ticker?: string;
  /** YES contracts (hundredths, NO negative) or micro-dollars. */
  readonly ledger: number;
  readonly exchange: number;
  /** Of a position: what the exchange's own list of fills adds up to, where that was asked. */
  readonly fills?: number;
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

/** The differences with the third opinion: what all fills that the exchange lists add up to, market by market. */
export function withFills(
  differences: readonly Difference[],
  fills: readonly { readonly ticker: string; readonly side: Side; readonly action: Action; readonly count: Contracts }[],
): readonly Difference[] {
  const sums = new Map<string, number>();
  for (const { ticker, side, action, count } of fills) {
    const signed = (side === 'yes') === (action === 'buy') ? count : -count;
    sums.set(ticker, (sums.get(ticker) ?? 0) + signed);
  }
  return differences.map((difference) =>
    difference.ticker === undefined ? difference : { ...difference, fills: sums.get(difference.ticker) ?? 0 },
  );
}

export function differenceText({ what, ticker, ledger, exchange, fills }: Difference): string {
  if (what === 'cash') return `cash: ledger $${(ledger / 1_000_000).toFixed(6)}, exchange $${(exchange / 1_000_000).toFixed(6)}`;
  const listed = fills === undefined ? '' : `, its fills ${fills / 100} YES`;
  return `${ticker}: ledger ${ledger / 100} YES, exchange ${exchange / 100} YES${listed}`;
}
