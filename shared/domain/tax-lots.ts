import type { Fill } from './fill.ts';
import type { LedgerEntry } from './ledger.ts';
import { payoutOf } from './ledger.ts';
import type { Contracts, Millis, Side, Usd } from './money.ts';
import { notional, opposite, otherSide } from './money.ts';

/** Contracts bought together. Cost includes the entry fee. */
export interface OpenLot {
  readonly ticker: string;
  readonly side: Side;
  readonly count: Contracts;
  readonly openedAt: Millis;
  readonly cost: Usd;
}

/** A lot, or part of one, that was sold or settled. Proceeds are net of the exit fee; gain = proceeds − cost. */
export interface ClosedLot extends OpenLot {
  readonly closedAt: Millis;
  readonly proceeds: Usd;
  readonly gain: Usd;
  readonly how: 'sold' | 'settled';
}

export interface TaxLots {
  readonly closed: readonly ClosedLot[];
  readonly open: readonly OpenLot[];
  readonly deposits: Usd;
  /** deposits + gains − cost of what is open: the ledger's cash to the micro-dollar. */
  readonly cash: Usd;
}

/** First in, first out: which purchase each sale and settlement closes, from a book's entries in booking order. */
export function taxLots(entries: Iterable<LedgerEntry>): TaxLots {
  const open = new Map<string, OpenLot[]>();
  const closed: ClosedLot[] = [];
  let deposits = 0;
  for (const entry of entries) {
    if (entry.kind === 'deposit') deposits += entry.amount;
    else if (entry.kind === 'fill') closed.push(...bookFill(open, entry));
    else closed.push(...bookSettlement(open, entry));
  }
  const left = [...open.values()].flat();
  const gains = closed.reduce((sum, { gain }) => sum + gain, 0);
  const cost = left.reduce((sum, lot) => sum + lot.cost, 0);
  return { closed, open: left, deposits: deposits as Usd, cash: (deposits + gains - cost) as Usd };
}

/** What opposes the lots closes them, oldest first; what is left of the fill opens a lot. */
function bookFill(open: Map<string, OpenLot[]>, fill: Fill): readonly ClosedLot[] {
  const lots = open.get(fill.ticker) ?? [];
  const side = fill.action === 'buy' ? fill.side : otherSide(fill.side);
  const held = lots[0]?.side;
  const available = lots.reduce((sum, { count }) => sum + count, 0);
  const closing = (held === undefined || held === side ? 0 : Math.min(fill.count, available)) as Contracts;
  const price = fill.side === held ? fill.price : opposite(fill.price);
  const fee = part(fill.fee, closing, fill.count);
  const sold = closing === 0 ? [] : close(lots, closing, (notional(price, closing) - fee) as Usd, fill.at, 'sold');
  const opening = (fill.count - closing) as Contracts;
  if (opening > 0) {
    const paid = notional(fill.side === side ? fill.price : opposite(fill.price), opening);
    lots.push({ ticker: fill.ticker, side, count: opening, openedAt: fill.at, cost: (paid + fill.fee - fee) as Usd });
  }
  open.set(fill.ticker, lots);
  return sold;
}

function bookSettlement(open: Map<string, OpenLot[]>, entry: Extract<LedgerEntry, { kind: 'settlement' }>): readonly ClosedLot[] {
  const lots = open.get(entry.ticker);
  const side = lots?.[0]?.side;
  if (!lots || side === undefined) return [];
  const count = lots.reduce((sum, lot) => sum + lot.count, 0) as Contracts;
  return close(lots, count, entry.paid ?? payoutOf({ side, count }, entry.yesValue), entry.at, 'settled');
}

/** Takes `count` from the oldest lots; the last of them gets what rounding leaves of the proceeds. */
function close(lots: OpenLot[], count: Contracts, proceeds: Usd, at: Millis, how: ClosedLot['how']): readonly ClosedLot[] {
  const closed: ClosedLot[] = [];
  let [left, money] = [count as number, proceeds as number];
  for (let lot = lots[0]; lot && left > 0; lot = lots[0]) {
    const taken = Math.min(left, lot.count) as Contracts;
    const cost = part(lot.cost, taken, lot.count);
    const got = part(money as Usd, taken, left as Contracts);
    closed.push({ ...lot, count: taken, cost, closedAt: at, proceeds: got, gain: (got - cost) as Usd, how });
    left -= taken;
    money -= got;
    if (taken === lot.count) lots.shift();
    else lots[0] = { ...lot, count: (lot.count - taken) as Contracts, cost: (lot.cost - cost) as Usd };
  }
  return closed;
}

function part(amount: Usd, count: Contracts, whole: Contracts): Usd {
  return count === whole ? amount : (Number((BigInt(amount) * BigInt(count)) / BigInt(whole)) as Usd);
}
