import { QuoteDesk } from '../../shared/domain/backtest/quote-desk.ts';
import type { Board, BoardColumn } from '../../shared/domain/board.ts';
import { ACTIVE } from '../../shared/domain/board.ts';
import { fitMarketCalibration } from '../../shared/domain/calibration/market-calibration.ts';
import { SampleMemory } from '../../shared/domain/calibration/sample-memory.ts';
import type { Decision } from '../../shared/domain/decide.ts';
import { etDay } from '../../shared/domain/et-day.ts';
import type { MarketResult } from '../../shared/domain/market.ts';
import { marketStatuses } from '../../shared/domain/market.ts';
import type { Millis } from '../../shared/domain/money.ts';
import { PriceHistory } from '../../shared/domain/price-history.ts';
import { boardOfRows } from '../../shared/domain/rows-board.ts';
import type { TapeCount, TapeListener } from '../../shared/ports/tape.ts';
import { usd } from '../../shared/system/config/domain-settings.ts';
import type { Config } from '../../shared/system/config/schema.ts';
import { deskSettings, strategyView } from '../../shared/system/desk-settings.ts';
import type { ReplayOptions } from './replay.ts';
import type { TapeFile } from './tape-files.ts';

/** One market of a tape when it was played. */
export interface TapeLine {
  readonly ticker: string;
  /** Dollars, of the last two-sided book; null when there was none. */
  readonly lastMid: string | null;
  readonly result: MarketResult | null;
}

type Counts = { -readonly [Name in keyof TapeCount]: number };

/** What a tape never says. */
const lacks: ReadonlySet<BoardColumn> = new Set(['shard', 'prohibitions', 'exchangeStatus', 'positionLimit']);
/** How often the quotes seen are kept for learning. */
const OBSERVE_EVERY: Millis = 60_000;
const FINALIZED = marketStatuses.indexOf('finalized');

/**
 * Plays recorded books into one paper desk, message by message: every change of a market's best prices is looked at by the
 * strategies, the gate and the exits. Tapes that overlap are played one after the other.
 */
export class TapeReplay {
  readonly desk: QuoteDesk;
  tapes = 0;
  quotes = 0;
  settledMarkets = 0;
  readonly counts: Counts = { messages: 0, snapshots: 0, deltas: 0, trades: 0, negativeLevels: 0, crossedBooks: 0, gaps: 0, unreadable: 0 };
  readonly decisions = { signals: 0, approved: 0, refused: 0, exits: 0 };
  readonly notApplicable = new Set<string>();
  readonly #config: Config;
  readonly #until: Millis;
  readonly #history = new PriceHistory();
  readonly #samples = new SampleMemory();
  #learnedOn: string | undefined;
  #observedAt: Millis = Number.NEGATIVE_INFINITY;
  #board: Board = boardOfRows([], 0, { lacks });
  #twiceMid = new Float64Array(0);

  constructor({ config, until, only }: ReplayOptions) {
    this.#config = config;
    this.#until = until ?? Number.POSITIVE_INFINITY;
    this.desk = new QuoteDesk(this.#board, {
      ...deskSettings(config, only),
      view: strategyView(config, undefined),
      history: this.#history,
      haltStays: config.breaker.replay === 'stay',
      cash: usd(config.capital.cash),
      onDecision: (decision) => this.#note(decision),
    });
  }

  /** The markets of the last tape, as they ended. */
  get board(): Board {
    return this.#board;
  }

  /** Plays one tape to its end, or to the time given, and settles its markets. */
  play({ tape, rows, outcomes }: TapeFile): readonly TapeLine[] {
    this.#board = boardOfRows(rows, this.#board.at, { lacks, past: this.#history });
    this.#twiceMid = new Float64Array(rows.length).fill(Number.NaN);
    this.desk.turnTo(this.#board);
    this.#count(tape.play(this.#listener()));
    for (const outcome of outcomes) {
      if (outcome.settledAt > this.#until) continue;
      const row = this.#board.rowOf(outcome.ticker);
      this.#board.at = Math.max(this.#board.at, outcome.settledAt);
      if (row !== undefined) this.#board.status[row] = FINALIZED;
      this.desk.settle(outcome);
      this.#samples.settle(outcome);
      this.settledMarkets += 1;
    }
    const results = new Map(outcomes.map(({ ticker, result }) => [ticker, result]));
    return rows.map(({ ticker }, row) => ({ ticker, lastMid: midText(this.#twiceMid[row]), result: results.get(ticker) ?? null }));
  }

  #listener(): TapeListener {
    const board = this.#board;
    const { bid, ask, bidSize, askSize } = board;
    const rowOf = lastAsked((ticker) => board.rowOf(ticker));
    return {
      book: (book, at) => {
        const row = rowOf(book.ticker);
        if (row === undefined || at > this.#until) return;
        const [newBid, newAsk, newBidSize, newAskSize] = [book.bid, book.ask, book.bidSize, book.askSize];
        if (same(newBid, bid[row]) && same(newAsk, ask[row]) && same(newBidSize, bidSize[row]) && same(newAskSize, askSize[row])) {
          board.quotedAt[row] = at;
          return;
        }
        bid[row] = newBid;
        ask[row] = newAsk;
        bidSize[row] = newBidSize;
        askSize[row] = newAskSize;
        board.quotedAt[row] = at;
        board.at = at;
        if (newBid + newAsk > 0) this.#twiceMid[row] = newBid + newAsk;
        this.#see(row);
      },
      trade: ({ ticker, price, count }, at) => {
        const row = board.rowOf(ticker);
        if (row === undefined || at > this.#until) return;
        board.last[row] = price;
        board.volume[row] = (board.volume[row] ?? 0) + count;
        board.volume24h[row] = board.volume[row] ?? Number.NaN;
      },
    };
  }

  #see(row: number): void {
    const board = this.#board;
    this.quotes += 1;
    if (board.at - this.#observedAt >= OBSERVE_EVERY) {
      this.#observedAt = board.at;
      this.#learn(board.at);
      this.#samples.observe(board);
    }
    if (board.status[row] === ACTIVE) this.desk.quote(row);
  }

  /** Each day in New York begins with what the markets settled so far have taught. */
  #learn(now: Millis): void {
    const today = etDay(now);
    if (this.#learnedOn === today) return;
    this.#learnedOn = today;
    const { learn, strategies } = this.#config;
    const settings = { strength: learn.strength, minEvents: learn.minEvents, clamp: strategies.favourites.clamp };
    this.desk.view = strategyView(this.#config, fitMarketCalibration(this.#samples.samples(), now, settings));
  }

  #note({ considered, exits }: Decision): void {
    const approved = considered.filter(({ verdict }) => verdict?.approved !== undefined).length;
    this.decisions.signals += considered.length;
    this.decisions.approved += approved;
    this.decisions.refused += considered.filter(({ verdict, repeg }) => !(verdict ?? repeg?.verdict)?.approved).length;
    this.decisions.exits += exits.length;
    for (const { verdict } of considered)
      for (const { check, state } of verdict?.results ?? []) if (state === 'not-applicable') this.notApplicable.add(check);
  }

  #count(played: TapeCount): void {
    this.tapes += 1;
    for (const name of Object.keys(this.counts) as (keyof TapeCount)[]) this.counts[name] += played[name];
  }
}

/** Remembers the last answer: most messages are of the market of the one before. */
function lastAsked(find: (ticker: string) => number | undefined): (ticker: string) => number | undefined {
  let last: { readonly ticker: string; readonly row: number | undefined } | undefined;
  return (ticker) => {
    if (last?.ticker !== ticker) last = { ticker, row: find(ticker) };
    return last.row;
  };
}

function same(a: number, b: number | undefined): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

/** Half of two prices in dollars, 4 decimals; grids are so coarse that nothing is cut. */
/** A mid price as text, from twice the mid; null where there is none. */
export function midText(twice: number | undefined): string | null {
  return twice === undefined || Number.isNaN(twice) ? null : (twice / 20_000).toFixed(4);
}
