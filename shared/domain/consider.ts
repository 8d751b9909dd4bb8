import type { Board } from './board.ts';
import { heldQuote } from './board.ts';
import type { Book } from './book.ts';
import { bookOf } from './book.ts';
import type { Considered, Desk, RepegDecision } from './decide.ts';
import { chargeFee } from './fees.ts';
import { entryIntent } from './intents.ts';
import { marketStatuses } from './market.ts';
import type { OrderIntent } from './order.ts';
import { ceilingOf, repegOf } from './repeg.ts';
import type { BookView } from './risk/book-view.ts';
import { bankrollOf, withApproval } from './risk/book-view.ts';
import type { GateView } from './risk/check.ts';
import type { Verdict } from './risk/gate.ts';
import { gate, gateRepeg } from './risk/gate.ts';
import type { Signal } from './signal.ts';
import { roomsOf } from './sizing/rooms.ts';
import type { Sized } from './sizing/size.ts';
import { size } from './sizing/size.ts';

/** What becomes of a signal: a better price for its order that rests, or a size and the gate's answer to it. */
export function consider(board: Board, signal: Signal, desk: Desk, books: Map<Book, BookView>): Considered {
  const book = bookOf(desk.rungs[signal.strategy] ?? 'off', desk.mode) ?? 'paper';
  const view = books.get(book);
  const { fee, category, shard } = board.terms(signal.row);
  if (!view || !fee) return { signal, book };
  const { limits } = desk;
  const repeg = considerRepeg(board, signal, view, desk);
  if (repeg) return { signal, book, repeg };
  const ceiling = ceilingOf(board, signal, limits);
  const market = { ticker: signal.ticker, event: board.event[signal.row] ?? '', category, shard };
  const { askSize } = heldQuote(board, signal.row, signal.side);
  const sized = size({
    win: signal.fair,
    standardError: signal.standardError,
    price: signal.limit,
    ceiling,
    role: signal.postOnly ? 'maker' : 'taker',
    fee,
    at: board.at,
    account: limits.account,
    bankroll: bankrollOf(view, limits),
    fraction: limits.kellyFraction,
    ignoreFees: limits.ignoreFees,
    rooms: roomsOf(view, limits, market, board.lacks),
    depth: board.lacks.has('depth') ? undefined : depthOf(askSize, limits.depth),
    most: limits.groupContracts === undefined ? undefined : ((limits.groupContracts - 100) as Sized['contracts']),
  });
  if (sized.contracts === 0) return { signal, book, sized };
  const intent = entryIntent(board, signal, { sized, ceiling, book, desk });
  return { signal, book, sized, verdict: ask(board, signal.row, intent, desk, books) };
}

/** What a signal makes of its own order that rests, if that was outbid. */
function considerRepeg(board: Board, signal: Signal, view: BookView, desk: Desk): RepegDecision | undefined {
  const record = view.resting.get(signal.ticker);
  const { fee } = board.terms(signal.row);
  if (record?.intent.strategy !== signal.strategy || record.intent.side !== signal.side || fee === undefined) return undefined;
  const repeg = repegOf(board, signal, record, desk.limits);
  if (repeg === undefined) return undefined;
  const { count } = record.intent;
  const { account } = desk.limits;
  const charge = chargeFee({ count, price: repeg.to, role: 'maker', action: 'buy', account, terms: fee, at: board.at });
  const order = { ...record.intent, price: repeg.to, feePredicted: charge.fee, fair: signal.fair };
  return { repeg, verdict: gateRepeg({ ...asked(board, signal.row, order, view, desk), repeg }) };
}

/** Unknown depth allows nothing. */
function depthOf(displayed: number | undefined, share: number) {
  return Math.floor((displayed ?? 0) * share) as Sized['contracts'];
}

/** Asks the gate, and lets an approval count against the next one. */
export function ask(board: Board, row: number, order: OrderIntent, desk: Desk, books: Map<Book, BookView>): Verdict {
  const book = books.get(order.book);
  if (!book) throw new Error(`no view of the ${order.book} book. Fix: load it before deciding`);
  const verdict = gate(asked(board, row, order, book, desk));
  if (verdict.approved) books.set(order.book, withApproval(book, order));
  return verdict;
}

function asked(board: Board, row: number, order: OrderIntent, book: BookView, desk: Desk): GateView {
  const terms = board.terms(row);
  return {
    order,
    status: marketStatuses[board.status[row] ?? 0] ?? 'initialized',
    terms,
    quote: heldQuote(board, row, order.side),
    book,
    limits: desk.limits,
    lacks: board.lacks,
    shardOpen: desk.shardOpen(terms.shard),
    at: board.at,
  };
}
