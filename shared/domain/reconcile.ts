import type { Ledger } from './ledger.ts';
import type { Usd } from './money.ts';

/** One disagreement between what our ledger says and what the exchange says. Shown and alerted, never "fixed". */
export interface Difference {
  readonly what: 'position' | 'cash';
  readonly ticker?: string;
  /** YES contracts (hundredths, NO negative) or micro-dollars. */
  readonly ledger: number;
  readonly exchange: number;
}

/** Compares the ledger with the account, market by market and in cash. Cash is compared only if it is known. */
export function reconcile(
  ledger: Ledger,
  positions: readonly { readonly ticker: string; readonly yesCount: number }[],
  cash: Usd | undefined,
): readonly Difference[] {
  const exchange = new Map(positions.map(({ ticker, yesCount }) => [ticker, yesCount]));
  const ours = new Map([...ledger.positions.values()].map(({ ticker, side, count }) => [ticker, side === 'yes' ? count : -count]));
  const differences: Difference[] = [];
  for (const ticker of new Set([...exchange.keys(), ...ours.keys()])) {
    const here = ours.get(ticker) ?? 0;
    const there = exchange.get(ticker) ?? 0;
    if (here !== there) differences.push({ what: 'position', ticker, ledger: here, exchange: there });
  }
  if (cash !== undefined && cash !== ledger.cash) differences.push({ what: 'cash', ledger: ledger.cash, exchange: cash });
  return differences;
}

export function differenceText({ what, ticker, ledger, exchange }: Difference): string {
  if (what === 'cash') return `cash: ledger $${(ledger / 1_000_000).toFixed(6)}, exchange $${(exchange / 1_000_000).toFixed(6)}`;
  return `${ticker}: ledger ${ledger / 100} YES, exchange ${exchange / 100} YES`;
}
