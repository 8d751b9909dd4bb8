import type { Board } from './board.ts';
import { heldQuote } from './board.ts';
import type { Book } from './book.ts';
import type { ExitReason } from './exits/exit-rules.ts';
import { chargeFee } from './fees.ts';
import { snapHeldDown, snapHeldUp } from './market.ts';
import type { Price, Usd } from './money.ts';
import type { OrderIntent } from './order.ts';
import { decisionKey } from './order.ts';
import type { Position } from './position.ts';
import type { RiskLimits } from './risk/limits.ts';
import type { Signal } from './signal.ts';
import type { Sized } from './sizing/size.ts';

interface Context {
  readonly epoch: string;
  readonly limits: RiskLimits;
}

interface Entry {
  readonly sized: Sized;
  /** Highest price re-pegs may take it to. */
  readonly ceiling: Price;
  readonly book: Book;
  readonly desk: Context;
}

/** An entry rests until it lapses: post-only, with its expiry as the dead-man. */
export function entryIntent(board: Board, signal: Signal, { sized, ceiling, book, desk }: Entry): OrderIntent {
  const { strategy, ticker, side, row } = signal;
  const { category, shard, fee } = board.terms(row);
  const { ask } = heldQuote(board, row, side);
  return {
    key: decisionKey({ book, strategy, ticker, side, purpose: 'entry', epoch: desk.epoch, leg: 0 }),
    book,
    strategy,
    purpose: 'entry',
    reason: signal.reason,
    ticker,
    event: board.event[row] ?? '',
    series: board.series[row] ?? '',
    ...(category === undefined ? {} : { category }),
    shard,
    side,
    action: 'buy',
    price: signal.limit,
    count: sized.contracts,
    timeInForce: signal.postOnly ? 'good_till_canceled' : 'immediate_or_cancel',
    postOnly: signal.postOnly,
    reduceOnly: false,
    ...(signal.postOnly ? { expiresAt: signal.goodUntil } : {}),
    epoch: desk.epoch,
    leg: 0,
    decidedAt: board.at,
    risk: sized.risk,
    feePredicted: sized.feePredicted,
    ...(fee === undefined ? {} : { feeTerms: fee }),
    ...(ask === undefined ? {} : { quoted: ask }),
    decidedOn: termsSeen(board, row),
    fair: signal.fair,
    ...(signal.paperOnly ? { paperOnly: true } : {}),
    ...(ceiling > signal.limit ? { repeg: { ceiling, times: desk.limits.repegs } } : {}),
  };
}

/** Whether rules, close time or price grid of a resting order's market are no longer those it was decided on. */
export function marketChanged({ ticker, side, price, decidedOn }: OrderIntent, board: Board): boolean {
  const row = board.rowOf(ticker);
  if (row === undefined || decidedOn === undefined) return false;
  const { rulesHash, closesAt } = termsSeen(board, row);
  const { priceRanges } = board.terms(row);
  const offGrid = priceRanges !== undefined && snapHeldDown(price, side, priceRanges) !== price;
  return offGrid || rulesHash !== decidedOn.rulesHash || closesAt !== decidedOn.closesAt;
}

function termsSeen(board: Board, row: number): NonNullable<OrderIntent['decidedOn']> {
  const { rulesHash } = board.terms(row);
  const close = board.knownClose(row);
  return { ...(rulesHash === undefined ? {} : { rulesHash }), ...(Number.isNaN(close) ? {} : { closesAt: close }) };
}

/**
 * A protective exit: reduce-only, immediate or cancel, down to the slippage allowed under the bid. Undefined without a
 * bid or a grid: there is nothing to sell to, and the next look tries again.
 */
export function exitIntent(
  board: Board,
  row: number,
  { position, book, reason, desk }: { position: Position; book: Book; reason: ExitReason; desk: Context },
): OrderIntent | undefined {
  const { bid } = heldQuote(board, row, position.side);
  const floor = Math.max((bid ?? 0) - desk.limits.maxSlippage, 0) as Price;
  return sellIntent(board, row, { position, book, reason, purpose: 'exit', floor, desk });
}

/** The same by hand, for everything and down to a price somebody chose. */
export function flattenIntent(
  board: Board,
  row: number,
  { position, book, floor, desk }: { position: Position; book: Book; floor: Price; desk: Context },
): OrderIntent | undefined {
  return sellIntent(board, row, { position, book, reason: 'flatten', purpose: 'flatten', floor, desk });
}

interface Sale {
  readonly position: Position;
  readonly book: Book;
  readonly reason: string;
  /** Part of the decision's key: a flattening is another decision than a tick's exit. */
  readonly purpose: 'exit' | 'flatten';
  readonly floor: Price;
  readonly desk: Context;
}

function sellIntent(board: Board, row: number, { position, book, reason, purpose, floor, desk }: Sale): OrderIntent | undefined {
  const { ticker, event, side, count } = position;
  const { bid } = heldQuote(board, row, side);
  const { priceRanges, fee, category, shard } = board.terms(row);
  if (bid === undefined || fee === undefined) return undefined;
  const price = snapHeldDown(floor, side, priceRanges) ?? snapHeldUp(floor, side, priceRanges);
  if (price === undefined) return undefined;
  const strategy = position.strategy ?? 'by-hand';
  const charge = chargeFee({ count, price: bid, role: 'taker', action: 'sell', account: desk.limits.account, terms: fee, at: board.at });
  return {
    key: decisionKey({ book, strategy, ticker, side, purpose, epoch: desk.epoch, leg: 0 }),
    book,
    strategy,
    purpose: 'exit',
    reason,
    ticker,
    event,
    series: board.series[row] ?? '',
    ...(category === undefined ? {} : { category }),
    shard,
    side,
    action: 'sell',
    price,
    count,
    timeInForce: 'immediate_or_cancel',
    postOnly: false,
    reduceOnly: true,
    epoch: desk.epoch,
    leg: 0,
    decidedAt: board.at,
    risk: 0 as Usd,
    feePredicted: charge.fee,
    feeTerms: fee,
    quoted: bid,
  };
}
