import type { Board } from '../board.ts';
import { doubleMid } from '../board.ts';
import type { Rung } from '../book.ts';
import type { Breaker } from '../breaker.ts';
import { untouchedBreaker } from '../breaker.ts';
import type { Decision, Desk } from '../decide.ts';
import { anySignal, decide, lookAt, signalsIn, tradingStrategies } from '../decide.ts';
import { addDays, dayStart, etDay } from '../et-day.ts';
import type { ExitSettings, Watch } from '../exits/exit-rules.ts';
import { watchKey } from '../exits/exit-rules.ts';
import type { MarketOutcome } from '../market.ts';
import type { Millis, Usd } from '../money.ts';
import type { PriceHistory } from '../price-history.ts';
import { repegOf } from '../repeg.ts';
import type { BookView } from '../risk/book-view.ts';
import type { RiskLimits } from '../risk/limits.ts';
import type { BookFacts } from '../risk/make-book-view.ts';
import { equityFloorOf, makeBookView, standingOf } from '../risk/make-book-view.ts';
import type { Lock, ProtectionSettings } from '../risk/protections.ts';
import { lockOn, locksAt } from '../risk/protections.ts';
import { losses } from '../risk/trips.ts';
import type { Strategy, StrategyView } from '../strategies/strategy.ts';
import { PaperBook } from './paper-book.ts';

export interface QuoteDeskOptions {
  /** Quotes of past moments; the desk adds what it sees, so it belongs to one desk. */
  readonly history: PriceHistory;
  readonly view: StrategyView;
  readonly limits: RiskLimits;
  readonly protections: ProtectionSettings;
  readonly rungs: Readonly<Record<string, Rung>>;
  exits(strategy: string | undefined): ExitSettings;
  /** Whether a halt outlives its day in New York; else the next day begins afresh. */
  readonly haltStays: boolean;
  readonly cash: Usd;
  /** Told every decision. While nobody listens, a book that can take no entry is not asked for one. */
  onDecision?(decision: Decision): void;
}

/** A market's quote is kept for past prices at most this often, as a scan would. */
const REMEMBER_EVERY: Millis = 60_000;

/**
 * One paper book driven by single quotes, synchronously: whoever feeds it changes a row of the board and says so. A quote
 * that concerns nothing held or resting and gives no signal ends in the screening; any other goes through the decision
 * that also runs live. Nothing here reads a clock: the time is the board's.
 */
export class QuoteDesk {
  /** May be exchanged as more is learned. */
  view: StrategyView;
  halts = 0;
  readonly paper: PaperBook;
  readonly #options: QuoteDeskOptions;
  readonly #trading: readonly Strategy[];
  #board: Board;
  #rememberedAt: Float64Array;
  #breaker: Breaker = untouchedBreaker;
  #peak: Usd = 0 as Usd;
  #dayStart: Usd = 0 as Usd;
  #dayEnds: Millis = Number.NEGATIVE_INFINITY;
  /** Rows where something is held or rests, as of the book's version and the board's time. */
  #ours: Uint8Array;
  #asOf: Millis = Number.NaN;
  #version = -1;
  readonly #exitSettings = new Map<string | undefined, ExitSettings>();
  #epoch = { at: Number.NaN, text: '' };
  #open = true;
  #locks: readonly Lock[] = none;
  readonly #watches = new Map<string, Watch>();

  constructor(board: Board, options: QuoteDeskOptions) {
    this.#board = board;
    this.#rememberedAt = neverRemembered(board);
    this.#ours = new Uint8Array(board.rows);
    this.#options = options;
    this.view = options.view;
    this.paper = new PaperBook(options.limits.account, options.cash, board.at);
    this.#trading = tradingStrategies({ rungs: options.rungs, mode: 'paper' });
  }

  /** Goes on with other markets; what is held of the former stays held. */
  turnTo(board: Board): void {
    this.#board = board;
    this.#rememberedAt = neverRemembered(board);
    this.#ours = new Uint8Array(board.rows);
    this.#version = -1;
  }

  /** A row of the board has a new quote, at the board's time. */
  quote(row: number): void {
    const board = this.#board;
    if (board.at !== this.#asOf || this.paper.version !== this.#version) this.#takeStock(board);
    this.#remember(board, row);
    if (this.#ours[row] === 1) {
      this.paper.match(board, row);
      if (!this.#waits(board, row) && !this.#keeps(board, row)) this.#decide(board, row);
    } else if (this.#open && this.#signals(board, row)) this.#decide(board, row);
  }

  /** A market has ended, at the board's time. */
  settle(outcome: MarketOutcome): void {
    this.paper.settle(outcome, this.#board.at);
    this.#watches.delete(watchKey('paper', outcome.ticker));
  }

  /** What holds for all quotes of a moment: the day, whether entries can come to anything, and which rows are ours. */
  #takeStock(board: Board): void {
    const { onDecision, limits, protections } = this.#options;
    const { paper } = this;
    if (board.at >= this.#dayEnds) this.#beginDay();
    const takes = this.#breaker.state === 'active' && paper.markets < limits.maxPositions;
    this.#locks = takes && onDecision === undefined ? locksAt(paper.trades, board.at, protections) : none;
    this.#open = onDecision !== undefined || (takes && !this.#locks.some(({ scope }) => scope === 'all'));
    if (paper.version !== this.#version) {
      this.#ours.fill(0);
      for (const ticker of paper.tickers()) this.#ours[board.rowOf(ticker) ?? board.rows] = 1;
    }
    this.#asOf = board.at;
    this.#version = paper.version;
  }

  /** Whether nothing but an entry rests here that is still wanted and well placed: another one would be refused. */
  #waits(board: Board, row: number): boolean {
    const ticker = board.ticker[row] ?? '';
    const resting = this.paper.live.find(({ intent }) => intent.ticker === ticker);
    if (this.#options.onDecision || resting === undefined || this.paper.ledger.positions.has(ticker)) return false;
    const { strategy, side } = resting.intent;
    const wanted = signalsIn(board, this.view, this.#trading, row, row + 1).find(
      (signal) => signal.strategy === strategy && signal.side === side,
    );
    return wanted !== undefined && repegOf(board, wanted, resting, this.#options.limits) === undefined;
  }

  /** Whether what is held here is only to be looked at: no exit, nothing lost that stops the book. Another entry would be refused. */
  #keeps(board: Board, row: number): boolean {
    const position = this.paper.ledger.positions.get(board.ticker[row] ?? '');
    if (this.#options.onDecision || position?.strategy === undefined || this.paper.restingIn(position.ticker)) return false;
    const standing = standingOf(this.#facts(), board);
    if (this.#breaker.state !== 'halted' && losses(standing, this.#options.limits)) return false;
    this.#peak = Math.max(this.#peak, standing.equityFloor - this.paper.ledger.deposits) as Usd;
    const key = watchKey('paper', position.ticker);
    const seen = { drawdown: standing.drawdown, before: this.#watches.get(key) };
    const { watch, exit } = lookAt(board, row, position, seen, this.#exits(position.strategy));
    if (exit === undefined) this.#watches.set(key, watch);
    return exit === undefined;
  }

  #exits(strategy: string | undefined): ExitSettings {
    const known = this.#exitSettings.get(strategy) ?? this.#options.exits(strategy);
    this.#exitSettings.set(strategy, known);
    return known;
  }

  /** Whether the row gives a signal that no lock stands against, or any at all while somebody listens. */
  #signals(board: Board, row: number): boolean {
    if (!anySignal(board, this.view, this.#trading, row)) return false;
    if (this.#options.onDecision || this.#locks.length === 0) return true;
    const { category } = board.terms(row);
    const market = { ticker: board.ticker[row] ?? '', series: board.series[row] ?? '', ...(category === undefined ? {} : { category }) };
    return lockOn(this.#locks, market) === undefined;
  }

  #remember(board: Board, row: number): void {
    if (board.at - (this.#rememberedAt[row] ?? 0) < REMEMBER_EVERY) return;
    const twiceMid = doubleMid(board, row);
    if (Number.isNaN(twiceMid)) return;
    this.#rememberedAt[row] = board.at;
    this.#options.history.add(board.ticker[row] ?? '', board.at, twiceMid);
  }

  #decide(board: Board, row: number): void {
    const desk: Desk = {
      mode: 'paper',
      epoch: this.#epochOf(board.at),
      view: this.view,
      limits: this.#options.limits,
      rungs: this.#options.rungs,
      books: new Map([['paper', this.#guard()]]),
      watches: this.#watches,
      exits: (strategy) => this.#exits(strategy),
      shardOpen: () => undefined,
    };
    const decision = decide(board, desk, row, row + 1);
    for (const [key, watch] of decision.watches) this.#watches.set(key, watch);
    this.#options.onDecision?.(decision);
    this.#act(board, row, decision);
  }

  #epochOf(at: Millis): string {
    if (this.#epoch.at !== at) this.#epoch = { at, text: new Date(at).toISOString() };
    return this.#epoch.text;
  }

  /** A resting entry whose reason is gone, or whose position is to be left, ends; what the gate approved is placed. */
  #act(board: Board, row: number, { considered, exits }: Decision): void {
    const { paper } = this;
    const ticker = board.ticker[row] ?? '';
    const resting = paper.restingIn(ticker);
    const stands = considered.some(({ signal }) => signal.strategy === resting?.strategy && signal.side === resting.side);
    if (resting && (!stands || exits.length > 0)) paper.cancel(ticker);
    for (const { repeg } of considered) if (repeg?.verdict.approved) paper.amend(board, row, repeg.verdict.approved);
    for (const { verdict } of exits) if (verdict.approved) paper.place(board, row, verdict.approved);
    for (const { verdict } of considered) if (verdict?.approved) paper.place(board, row, verdict.approved);
    if (!paper.ledger.positions.has(ticker)) this.#watches.delete(watchKey('paper', ticker));
  }

  /** The book as it is now, after its own losses have had their say. */
  #guard(): BookView {
    const view = makeBookView(this.#facts(), this.#board, this.#options.protections);
    this.#peak = Math.max(this.#peak, view.equityFloor - this.paper.ledger.deposits) as Usd;
    const trip = this.#breaker.state === 'halted' ? undefined : losses(view, this.#options.limits);
    if (trip === undefined) return view;
    this.halts += 1;
    this.#breaker = { ...this.#breaker, ...trip, state: 'halted', since: view.at, by: 'breaker', version: this.#breaker.version + 1 };
    this.paper.cancelAll();
    return makeBookView(this.#facts(), this.#board, this.#options.protections);
  }

  #facts(): BookFacts {
    const { ledger, live, counters, trades } = this.paper;
    return {
      book: 'paper',
      ledger,
      peak: this.#peak,
      dayStart: this.#dayStart,
      breaker: this.#breaker,
      live,
      counters,
      trades,
      watches: this.#watches,
      shardCash: undefined,
    };
  }

  #beginDay(): void {
    const { at } = this.#board;
    this.#dayEnds = dayStart(addDays(etDay(at), 1));
    this.#dayStart = (equityFloorOf(this.#facts(), this.#board) - this.paper.ledger.deposits) as Usd;
    if (this.#breaker.state !== 'halted' || this.#options.haltStays) return;
    this.#breaker = { state: 'active', since: at, by: 'replay', resumedAt: at, version: this.#breaker.version + 1 };
    this.#peak = this.#dayStart;
  }
}

const none: readonly never[] = [];

function neverRemembered({ rows }: Board): Float64Array {
  return new Float64Array(rows).fill(Number.NEGATIVE_INFINITY);
}
