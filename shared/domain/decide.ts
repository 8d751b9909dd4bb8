import type { Board } from './board.ts';
import { heldQuote } from './board.ts';
import type { Book, Mode, Rung } from './book.ts';
import { bookOf } from './book.ts';
import { ask, consider } from './consider.ts';
import type { ExitReason, ExitSettings, Watch, Watched } from './exits/exit-rules.ts';
import { watchKey, watchPosition } from './exits/exit-rules.ts';
import { exitIntent } from './intents.ts';
import type { Repeg } from './order.ts';
import type { Position } from './position.ts';
import { ownPart } from './position.ts';
import type { BookView } from './risk/book-view.ts';
import type { RepegVerdict, Verdict } from './risk/gate.ts';
import type { RiskLimits } from './risk/limits.ts';
import { rotationOf } from './rotation.ts';
import type { Signal } from './signal.ts';
import { kelly } from './sizing/kelly.ts';
import type { Sized } from './sizing/size.ts';
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
  const considered = signals.map((signal) => consider(board, signal, desk, books));
  const rotated = to - from > 1 ? rotate(board, { held, considered, exits: decisions }, desk, books) : [];
  return { exits: [...decisions, ...rotated], watches, considered };
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

/** Leaves one position of a full book for a signal that is worth more; only a look at the whole board can compare. */
function rotate(
  board: Board,
  { held, considered, exits }: { readonly held: readonly Held[] } & Pick<Decision, 'considered' | 'exits'>,
  desk: Desk,
  books: Map<Book, BookView>,
): readonly ExitDecision[] {
  const margin = desk.limits.rotation;
  if (margin === undefined) return [];
  return [...books.keys()].flatMap((book) => {
    const left = new Set(exits.filter((exit) => exit.book === book).map(({ position }) => position.ticker));
    const leavable = held.flatMap(({ view, position, row }) => {
      const own = view.book === book && !left.has(position.ticker) ? ownPart(position) : undefined;
      return own === undefined ? [] : [{ book, position: own, row }];
    });
    const lacking = considered.filter((one) => one.book === book);
    const worst = rotationOf(board, lacking, leavable, { margin, exits: (strategy) => desk.exits(strategy) });
    const intent = worst && exitIntent(board, worst.row, { position: worst.position, book, reason: 'rotation', desk });
    if (!worst || !intent) return [];
    return [{ position: worst.position, book, reason: 'rotation' as const, verdict: ask(board, worst.row, intent, desk, books) }];
  });
}
