import type { Board } from './board.ts';
import { heldQuote } from './board.ts';
import type { Book, Mode, Rung } from './book.ts';
import { bookOf } from './book.ts';
import type { ExitReason, ExitSettings, Watch, Watched } from './exits/exit-rules.ts';
import { watchKey, watchPosition } from './exits/exit-rules.ts';
import { chargeFee } from './fees.ts';
import { entryIntent, exitIntent } from './intents.ts';
import { marketStatuses } from './market.ts';
import type { OrderIntent, Repeg } from './order.ts';
import type { Position } from './position.ts';
import { ownPart } from './position.ts';
import { ceilingOf, repegOf } from './repeg.ts';
import type { BookView } from './risk/book-view.ts';
import { bankrollOf, withApproval } from './risk/book-view.ts';
import type { GateView } from './risk/check.ts';
import type { RepegVerdict, Verdict } from './risk/gate.ts';
import { gate, gateRepeg } from './risk/gate.ts';
import type { RiskLimits } from './risk/limits.ts';
import type { Signal } from './signal.ts';
import { kelly } from './sizing/kelly.ts';
import { roomsOf } from './sizing/rooms.ts';
import type { Sized } from './sizing/size.ts';
import { size } from './sizing/size.ts';
import { strategies } from './strategies/strategies.ts';
import type { Strategy, StrategyView } from './strategies/strategy.ts';

/** Everything a decision knows beside the board. */
export interface Desk {
  readonly mode: Mode;
  /** The scheduled tick the decision is for, ISO-8601. */
  readonly epoch: string;
  readonly view: StrategyView;
  readonly limits: RiskLimits;
  readonly rungs: Readonly<Record<string, Rung>>;
  readonly books: ReadonlyMap<Book, BookView>;
  readonly watches: ReadonlyMap<string, Watch>;
  exits(strategy: string | undefined): ExitSettings;
  /** Whether a shard trades; undefined is unknown. */
  shardOpen(shard: number | undefined): boolean | undefined;
}

/** A signal and what became of it: too small to order, refused, or approved; or a better price for its order that rests. */
export interface Considered {
  readonly signal: Signal;
  readonly book: Book;
  readonly sized?: Sized;
  readonly verdict?: Verdict;
  readonly repeg?: RepegDecision;
}

export interface RepegDecision {
  readonly repeg: Repeg;
  readonly verdict: RepegVerdict;
}

export interface ExitDecision {
  readonly position: Position;
  readonly book: Book;
  readonly reason: ExitReason;
  readonly verdict: Verdict;
}

export interface Decision {
  readonly considered: readonly Considered[];
  readonly exits: readonly ExitDecision[];
  /** What to remember of held positions until the next look. */
  readonly watches: ReadonlyMap<string, Watch>;
}

/** Nothing to say and nothing held: what nearly every quote comes to. */
const idle: Decision = { considered: [], exits: [], watches: new Map() };

/**
 * The whole decision, live, on paper and in replay: rows from..to of a board (one row for a live quote) to approved
 * orders. Synchronous and pure; nothing in it waits, sends or reads a clock.
 */
export function decide(board: Board, desk: Desk, from = 0, to = board.rows): Decision {
  const signals = signalsIn(board, desk.view, tradingStrategies(desk), from, to);
  const held = heldIn(board, desk, from, to);
  if (signals.length === 0 && held.length === 0) return idle;
  const books = new Map(desk.books);
  const { decisions, watches } = decideExits(board, held, desk, books);
  return { exits: decisions, watches, considered: signals.map((signal) => consider(board, signal, desk, books)) };
}

/** The strategies that trade in some book. */
export function tradingStrategies({ rungs, mode }: Pick<Desk, 'rungs' | 'mode'>): readonly Strategy[] {
  return strategies.filter(({ name }) => bookOf(rungs[name] ?? 'off', mode) !== undefined);
}

/** Whether any of these strategies signals on a row: the screening of single quotes, which makes nothing. */
export function anySignal(board: Board, view: StrategyView, trading: readonly Strategy[], row: number): boolean {
  for (const { judge } of trading) if (typeof judge(board, row, view) !== 'number') return true;
  return false;
}

/** Signals of these strategies, the best stake first, so that scarce money goes to it. */
export function signalsIn(board: Board, view: StrategyView, trading: readonly Strategy[], from: number, to: number): readonly Signal[] {
  const signals: Signal[] = [];
  for (const { judge } of trading) {
    for (let row = from; row < to; row++) {
      const found = judge(board, row, view);
      if (typeof found !== 'number') signals.push(found);
    }
  }
  return signals.length < 2 ? signals : signals.sort((a, b) => stakeOf(b) - stakeOf(a) || a.row - b.row);
}

/** A signal's stake in billionths of the bankroll: whole, so that a float's last digit ranks nothing. */
function stakeOf({ fair, limit }: Signal): number {
  return Math.round(kelly(fair, limit / 10_000) * 1e9);
}

interface Held {
  readonly view: BookView;
  readonly position: Position;
  readonly row: number;
}

/** What the books hold of the markets in these rows. One quote asks by its ticker, a whole board by what is held. */
function heldIn(board: Board, { books }: Desk, from: number, to: number): readonly Held[] {
  const held: Held[] = [];
  for (const view of books.values()) {
    if (to - from === 1) {
      const position = view.positions.get(board.ticker[from] ?? '');
      if (position) held.push({ view, position, row: from });
      continue;
    }
    for (const position of view.positions.values()) {
      const row = board.rowOf(position.ticker);
      if (row !== undefined && row >= from && row < to) held.push({ view, position, row });
    }
  }
  return held;
}

/** One look at a held position by its market's quote. */
export function lookAt(
  board: Board,
  row: number,
  position: Position,
  { drawdown, before }: { readonly drawdown: number | undefined; readonly before: Watch | undefined },
  settings: ExitSettings,
): Watched {
  const close = board.knownClose(row);
  const quote = heldQuote(board, row, position.side);
  return watchPosition(position, { quote, close: Number.isNaN(close) ? undefined : close, drawdown, before }, settings);
}

function decideExits(board: Board, held: readonly Held[], desk: Desk, books: Map<Book, BookView>) {
  const decisions: ExitDecision[] = [];
  const watches = new Map<string, Watch>();
  for (const { view, position: whole, row } of held) {
    const position = ownPart(whole);
    if (position === undefined) continue;
    const key = watchKey(view.book, position.ticker);
    const seen = { drawdown: view.drawdown, before: desk.watches.get(key) };
    const { watch, exit } = lookAt(board, row, position, seen, desk.exits(position.strategy));
    watches.set(key, watch);
    const intent = exit && exitIntent(board, row, { position, book: view.book, reason: exit, desk });
    if (!exit || !intent) continue;
    decisions.push({ position, book: view.book, reason: exit, verdict: ask(board, row, intent, desk, books) });
  }
  return { decisions, watches };
}

function consider(board: Board, signal: Signal, desk: Desk, books: Map<Book, BookView>): Considered {
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
function ask(board: Board, row: number, order: OrderIntent, desk: Desk, books: Map<Book, BookView>): Verdict {
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
