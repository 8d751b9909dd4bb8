import type { Fill } from './fill.ts';
import type { Contracts, Millis, Price, Side, Usd } from './money.ts';
import { addUsd, notional, opposite, otherSide } from './money.ts';
import type { Position, Taking, Trade } from './position.ts';
import { addToPosition, openPosition, share, takeFrom } from './position.ts';

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
  /** Trades that came to an end: ours, or one made by hand; both where a market that both hold settles. */
  readonly closed: readonly Trade[];
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
        closed: [],
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
  const count = Math.min(fill.count, held.count) as Contracts;
  const price = fill.side === held.side ? fill.price : opposite(fill.price);
  const fee = share(fill.fee, count, fill.count);
  const reduced = reduce(ledger, held, {
    ...{ count, proceeds: notional(price, count), fee, at: fill.at },
    ...(fill.origin === undefined ? { first: 'by hand', exit: 'by hand' } : { first: 'ours', exit: fill.origin.purpose }),
  });
  if (count === fill.count) return reduced;
  const rest = { ...fill, count: (fill.count - count) as Contracts, fee: (fill.fee - fee) as Usd };
  const opened = open(reduced.ledger, rest, direct);
  return { ...opened, postings: [...reduced.postings, ...opened.postings], closed: reduced.closed };
}

/** Adds to what is held on `side`. Selling without a position is buying the other side at the opposite price. */
function open(ledger: Ledger, fill: Fill, side: Side): Posted {
  const price: Price = fill.side === side ? fill.price : opposite(fill.price);
  const value = notional(price, fill.count);
  const held = ledger.positions.get(fill.ticker);
  const position = held ? addToPosition(held, fill, value) : openPosition(fill, side, value);
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
    closed: [],
  };
}

function reduce(ledger: Ledger, held: Position, taking: Taking): Posted {
  const { proceeds, fee } = taking;
  const { left, cost, entryFees, closed } = takeFrom(held, taking);
  return {
    ledger: {
      ...ledger,
      cash: (ledger.cash + proceeds - fee) as Usd,
      sells: addUsd(ledger.sells, proceeds),
      fees: addUsd(ledger.fees, fee),
      realised: (ledger.realised + proceeds - cost - entryFees - fee) as Usd,
      positions: withPosition(ledger, held.ticker, left),
    },
    postings: [
      { account: 'cash', amount: (proceeds - fee) as Usd },
      { account: `position:${held.ticker}`, amount: -cost as Usd },
      { account: 'fees', amount: fee },
      { account: 'profit', amount: (cost - proceeds) as Usd },
    ],
    closed,
  };
}

function postSettlement(ledger: Ledger, entry: Extract<LedgerEntry, { kind: 'settlement' }>): Posted {
  const held = ledger.positions.get(entry.ticker);
  if (!held) return { ledger, postings: [], closed: [] };
  const payout = entry.paid ?? payoutOf(held, entry.yesValue);
  const all = { count: held.count, proceeds: payout, fee: ZERO, at: entry.at, exit: 'settled', first: 'ours' } as const;
  const { cost, entryFees, closed } = takeFrom(held, all);
  return {
    ledger: {
      ...ledger,
      cash: addUsd(ledger.cash, payout),
      payouts: addUsd(ledger.payouts, payout),
      realised: (ledger.realised + payout - cost - entryFees) as Usd,
      positions: withPosition(ledger, held.ticker, undefined),
    },
    postings: [
      { account: 'cash', amount: payout },
      { account: `position:${held.ticker}`, amount: -cost as Usd },
      { account: 'profit', amount: (cost - payout) as Usd },
    ],
    closed,
  };
}

function withPosition({ positions }: Ledger, ticker: string, position: Position | undefined): ReadonlyMap<string, Position> {
  const next = new Map(positions);
  if (position === undefined) next.delete(ticker);
  else next.set(ticker, position);
  return next;
}

/** What a settlement pays: whole for yes or no; a scalar's payout is cut to the cent. Source: Kalshi fees, settlement. */
export function payoutOf(held: Pick<Position, 'side' | 'count'>, yesValue: Usd): Usd {
  const perContract = held.side === 'yes' ? yesValue : 1_000_000 - yesValue;
  const exact = (perContract * held.count) / 100;
  return (perContract === 0 || perContract === 1_000_000 ? exact : Math.floor(exact / 10_000) * 10_000) as Usd;
}
