import { isBalanced } from '../../domain/ledger.ts';
import type { Usd } from '../../domain/money.ts';
import { usdText } from '../../domain/money.ts';
import { differenceText } from '../../domain/reconcile.ts';
import { heldBy } from '../../jobs/gather-performance.ts';
import type { LastSync } from '../../jobs/last-sync.ts';
import { lastSync } from '../../jobs/last-sync.ts';
import type { LedgerJson } from '../contract/holdings.ts';
import { readEquity } from './money-view.ts';
import type { Reading } from './reading.ts';
import { isoTime, orNull } from './unknown.ts';

/** The book's money, where it lies, and whether the exchange agrees. */
export async function readLedger(reading: Reading): Promise<LedgerJson> {
  const [{ ledger, version }, live, equity, synced] = await Promise.all([
    reading.head(),
    reading.live(),
    readEquity(reading),
    lastSync(reading.io.store, reading.book),
  ]);
  const { deposits, buys, sells, fees, payouts, cash, realised, positions } = ledger;
  const inPositions = [...positions.values()].reduce((sum, one) => sum + one.cost + one.fees, 0) as Usd;
  return {
    book: reading.book,
    entries: version,
    ...{ deposits: usdText(deposits), buys: usdText(buys), sells: usdText(sells), fees: usdText(fees), payouts: usdText(payouts) },
    ...{ cash: usdText(cash), realised: usdText(realised), balanced: isBalanced(ledger) },
    capital: capitalOf(reading, { cash, equity, inOrders: heldBy(live), inPositions }),
    reconciliation: reconciliationOf(synced),
  };
}

interface Money {
  readonly cash: Usd;
  readonly equity: Usd | undefined;
  readonly inOrders: Usd;
  readonly inPositions: Usd;
}

/** The bankroll is the value, at most the limit; the reserve is its locked share; free is what may be spent. */
function capitalOf({ io }: Reading, { cash, equity, inOrders, inPositions }: Money): LedgerJson['capital'] {
  const { capitalMax, cashReserve } = io.settings.limits;
  const bankroll = equity === undefined ? undefined : (Math.max(0, Math.min(equity, capitalMax ?? equity)) as Usd);
  const reserve = bankroll === undefined ? undefined : (Math.round(bankroll * cashReserve) as Usd);
  const free = reserve === undefined ? undefined : (Math.max(0, cash - inOrders - reserve) as Usd);
  return {
    equity: orNull(equity, usdText),
    bankroll: orNull(bankroll, usdText),
    reserve: orNull(reserve, usdText),
    inOrders: usdText(inOrders),
    inPositions: usdText(inPositions),
    free: orNull(free, usdText),
  };
}

function reconciliationOf(synced: LastSync | undefined): LedgerJson['reconciliation'] {
  if (!synced) return { at: null, state: 'unknown', detail: 'no sync yet' };
  const { at, differences } = synced;
  if (differences.length === 0) return { at: isoTime(at), state: 'agrees', detail: 'ledger, positions and cash agree with the exchange' };
  return { at: isoTime(at), state: 'differs', detail: differences.map(differenceText).join('; ') };
}
