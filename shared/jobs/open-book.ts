import type { LedgerEntry } from '../domain/ledger.ts';
import { foldLedger } from '../domain/ledger.ts';
import type { Usd } from '../domain/money.ts';
import { ExchangeError } from '../ports/exchange-error.ts';
import type { AccountView } from './read-account.ts';

/**
 * What the account held before anything that can still be read happened, as a first deposit: so that a new book begins
 * with the exchange's cash, to the micro-dollar. Throws ExchangeError while orders rest: they hold cash that nobody tells
 * the amount of, and the book takes no entries until one look finds none.
 */
export function openingEntry(facts: readonly LedgerEntry[], { orders, balance, asOf }: AccountView): readonly LedgerEntry[] {
  const amount = (balance.total - foldLedger(facts).cash) as Usd;
  if (amount === 0) return [];
  const resting = orders.filter(({ status }) => status === 'resting').length;
  if (resting > 0) {
    const fix = 'cancel them on the exchange or let them end; the next sync begins the book';
    const why = `a new book cannot begin while ${resting} orders rest: they hold cash that the balance does not show. Fix: ${fix}`;
    throw new ExchangeError(why, { outcome: 'refused', code: 'orders_rest', fix });
  }
  const first = Math.min(asOf, ...facts.map(({ at }) => at));
  return [{ kind: 'deposit', id: 'opening', at: first, amount }];
}
