import type { Fill } from './fill.ts';
import type { Contracts, Millis, Price, Side, Usd } from './money.ts';
import { addUsd, notional, opposite, otherSide } from './money.ts';
import type { Position, Trade } from './position.ts';
import { openPosition } from './position.ts';

/** Everything that can move money in a book. Ids make booking the same fact twice a no-op. */
export type LedgerEntry =
  | { readonly kind: 'deposit'; readonly id: string; readonly at: Millis /** Negative for a withdrawal. */; readonly amount: Usd }
  | ({ readonly kind: 'fill' } & Fill)
  | {
      readonly kind: 'settlement';
      readonly id: string;
      readonly at: Millis;
      readonly ticker: string /** Paid per YES contract, micro-dollars. */;
      readonly yesValue: Usd;
      readonly paid?: Usd /** For the whole position, where the exchange says it: then that is booked. */;
    };

/** A book's money as the sum of its entries. */
export interface Ledger {
  readonly cash: Usd;
  readonly deposits: Usd;
  readonly buys: Usd;
  readonly sells: Usd;
  readonly fees: Usd;
  readonly payouts: Usd;
  /** Realised P&L net of fees, of what has been sold or settled. */
  readonly realised: Usd;
  readonly positions: ReadonlyMap<string, Position>;
}

/** One leg of a double entry: the amounts of an entry's postings add up to nothing. */
export interface Posting {
  readonly account: 'cash' | 'capital' | 'fees' | 'profit' | `position:${string}`;
  readonly amount: Usd;
}

export interface Posted {
  readonly ledger: Ledger;
  readonly postings: readonly Posting[];
  readonly closed?: Trade;
}

const ZERO = 0 as Usd;

export const emptyLedger: Ledger = {
  cash: ZERO,
  deposits: ZERO,
  buys: ZERO,
  sells: ZERO,
  fees: ZERO,
  payouts: ZERO,
  realised: ZERO,
  positions: new Map(),
};

/** Books one entry. Pure: the same entries in the same order give the same ledger. */
export function post(ledger: Ledger, entry: LedgerEntry): Posted {
  switch (entry.kind) {
    case 'deposit':
      return {
        ledger: { ...ledger, cash: addUsd(ledger.cash, entry.amount), deposits: addUsd(ledger.deposits, entry.amount) },
        postings: [
          { account: 'cash', amount: entry.amount },
          { account: 'capital', amount: -entry.amount as Usd },
        ],
      };
    case 'fill':
      return postFill(ledger, entry);
    case 'settlement':
      return postSettlement(ledger, entry);
  }
}

export function foldLedger(entries: Iterable<LedgerEntry>, from: Ledger = emptyLedger): Ledger {
  let ledger = from;
  for (const entry of entries) ledger = post(ledger, entry).ledger;
  return ledger;
}

/** Whether cash is what the flows say: deposits − buys + sells − fees + payouts. */
export function isBalanced(ledger: Ledger): boolean {
  const { deposits, buys, sells, fees, payouts, cash } = ledger;
  return deposits - buys + sells - fees + payouts === cash;
}

/** A fill that opposes what is held reduces it: buying NO at q while holding YES sells YES at 1 − q, and nets. */
function postFill(ledger: Ledger, fill: Fill): Posted {
  const held = ledger.positions.get(fill.ticker);
  const direct = fill.action === 'buy' ? fill.side : otherSide(fill.side);
  if (!held || held.side === direct) return open(ledger, fill, direct);
  const reducing = Math.min(fill.count, held.count) as Contracts;
  const price = fill.side === held.side ? fill.price : opposite(fill.price);
  const reduceFee = share(fill.fee, reducing, fill.count);
  const reduced = reduce(ledger, held, { count: reducing, price, fee: reduceFee, at: fill.at, exit: fill.origin?.purpose ?? 'by hand' });
  if (reducing === fill.count) return reduced;
  const rest = { ...fill, count: (fill.count - reducing) as Contracts, fee: (fill.fee - reduceFee) as Usd };
  const opened = open(reduced.ledger, rest, direct);
  return { ...opened, postings: [...reduced.postings, ...opened.postings], ...(reduced.closed ? { closed: reduced.closed } : {}) };
}

/** Adds to what is held on `side`. Selling without a position is buying the other side at the opposite price. */
function open(ledger: Ledger, fill: Fill, side: Side): Posted {
  const price: Price = fill.side === side ? fill.price : opposite(fill.price);
  const value = notional(price, fill.count);
  const held = ledger.positions.get(fill.ticker);
  const position: Position = held
    ? { ...held, count: (held.count + fill.count) as Contracts, cost: addUsd(held.cost, value), fees: addUsd(held.fees, fill.fee) }
    : openPosition(fill, side, value);
  const { ticker, fee } = fill;
  return {
    ledger: {
      ...ledger,
      cash: (ledger.cash - value - fee) as Usd,
      buys: addUsd(ledger.buys, value),
      fees: addUsd(ledger.fees, fee),
      positions: new Map(ledger.positions).set(ticker, position),
    },
    postings: [
      { account: 'cash', amount: (-value - fee) as Usd },
      { account: `position:${ticker}`, amount: value },
      { account: 'fees', amount: fee },
    ],
  };
}

interface Reduction {
  readonly count: Contracts;
  readonly price: Price;
  readonly fee: Usd;
  readonly at: Millis;
  readonly exit: string;
}

function reduce(ledger: Ledger, held: Position, { count, price, fee, at, exit }: Reduction): Posted {
  const value = notional(price, count);
  const left = takeOut(held, count, value, fee);
  const realised = value - left.cost - left.entryFees - fee;
  const positions = new Map(ledger.positions);
  if (left.position.count === 0) positions.delete(held.ticker);
  else positions.set(held.ticker, left.position);
  return {
    ledger: {
      ...ledger,
      cash: (ledger.cash + value - fee) as Usd,
      sells: addUsd(ledger.sells, value),
      fees: addUsd(ledger.fees, fee),
      realised: (ledger.realised + realised) as Usd,
      positions,
    },
    postings: [
      { account: 'cash', amount: (value - fee) as Usd },
      { account: `position:${held.ticker}`, amount: -left.cost as Usd },
      { account: 'fees', amount: fee },
      { account: 'profit', amount: (left.cost - value) as Usd },
    ],
    ...(left.position.count === 0 ? { closed: tradeOf(left.position, at, exit) } : {}),
  };
}

function postSettlement(ledger: Ledger, entry: Extract<LedgerEntry, { kind: 'settlement' }>): Posted {
  const held = ledger.positions.get(entry.ticker);
  if (!held) return { ledger, postings: [] };
  const payout = entry.paid ?? payoutOf(held, entry.yesValue);
  const left = takeOut(held, held.count, payout, ZERO);
  const realised = payout - left.cost - left.entryFees;
  const positions = new Map(ledger.positions);
  positions.delete(held.ticker);
  return {
    ledger: {
      ...ledger,
      cash: addUsd(ledger.cash, payout),
      payouts: addUsd(ledger.payouts, payout),
      realised: (ledger.realised + realised) as Usd,
      positions,
    },
    postings: [
      { account: 'cash', amount: payout },
      { account: `position:${held.ticker}`, amount: -left.cost as Usd },
      { account: 'profit', amount: (left.cost - payout) as Usd },
    ],
    closed: tradeOf(left.position, entry.at, 'settled'),
  };
}

/** What a settlement pays: whole for yes or no; a scalar's payout is cut to the cent. Source: Kalshi fees, settlement. */
export function payoutOf(held: Pick<Position, 'side' | 'count'>, yesValue: Usd): Usd {
  const perContract = held.side === 'yes' ? yesValue : 1_000_000 - yesValue;
  const exact = (perContract * held.count) / 100;
  return (perContract === 0 || perContract === 1_000_000 ? exact : Math.floor(exact / 10_000) * 10_000) as Usd;
}

/** Removes `count` at average cost; what rounding leaves stays with what is held, so nothing is lost. */
function takeOut(held: Position, count: Contracts, proceeds: Usd, fee: Usd) {
  const cost = share(held.cost, count, held.count);
  const entryFees = share(held.fees, count, held.count);
  const { sold } = held;
  const position: Position = {
    ...held,
    count: (held.count - count) as Contracts,
    cost: (held.cost - cost) as Usd,
    fees: (held.fees - entryFees) as Usd,
    sold: {
      count: (sold.count + count) as Contracts,
      cost: addUsd(sold.cost, cost),
      proceeds: addUsd(sold.proceeds, proceeds),
      fees: addUsd(sold.fees, entryFees, fee),
    },
  };
  return { position, cost, entryFees };
}

function share(amount: Usd, part: Contracts, whole: Contracts): Usd {
  if (part === whole) return amount;
  return Number((BigInt(amount) * BigInt(part)) / BigInt(whole)) as Usd;
}

function tradeOf(position: Position, at: Millis, exit: string): Trade {
  const { ticker, event, category, strategy, intent, side, openedAt, sold } = position;
  return {
    ticker,
    event,
    side,
    openedAt,
    closedAt: at,
    exit,
    ...(category === undefined ? {} : { category }),
    ...(strategy === undefined ? {} : { strategy }),
    ...(intent === undefined ? {} : { intent }),
    count: sold.count,
    cost: sold.cost,
    proceeds: sold.proceeds,
    fees: sold.fees,
    pnl: (sold.proceeds - sold.cost - sold.fees) as Usd,
  };
}
