import type { Board } from '../../shared/domain/board.ts';
import type { MarketOutcome } from '../../shared/domain/market.ts';
import type { Millis } from '../../shared/domain/money.ts';
import { PriceHistory } from '../../shared/domain/price-history.ts';
import { boardOfRows } from '../../shared/domain/rows-board.ts';
import type { ExchangeStatus, MarketData, OrderBook } from '../../shared/ports/exchange.ts';
import type { Recording } from './recording.ts';

/** Market data of a recording as it was at one moment after another: nothing of it is visible before its time. */
export class RecordedMarket implements MarketData {
  readonly #recording: Recording;
  readonly #history = new PriceHistory();
  readonly #over = new Map<string, MarketOutcome>();
  #nextOutcome = 0;
  #board: Board;

  constructor(recording: Recording) {
    this.#recording = recording;
    this.#board = boardOfRows([], 0, { lacks: recording.lacks });
  }

  /** Moves to scan `index`: its quotes become current, and markets that closed by then have ended. */
  advance(index: number): { readonly board: Board; readonly ended: readonly MarketOutcome[] } {
    const scan = this.#recording.scans[index];
    if (!scan) throw new RangeError(`recording has no scan ${index}`);
    const ended = this.#endedBy(scan.at);
    this.#board = boardOfRows(scan.rows, scan.at, { lacks: this.#recording.lacks, past: this.#history });
    this.#history.record(this.#board);
    return { board: this.#board, ended };
  }

  async *scan(): AsyncIterable<Board> {
    yield this.#board;
  }

  async quotes(): Promise<Board> {
    return this.#board;
  }

  async outcomes(tickers: readonly string[]): Promise<readonly MarketOutcome[]> {
    return tickers.flatMap((ticker) => this.#over.get(ticker) ?? []);
  }

  async orderBooks(): Promise<ReadonlyMap<string, OrderBook>> {
    return new Map();
  }

  async status(): Promise<ExchangeStatus> {
    return { exchangeActive: true, tradingActive: true, shards: new Map(), skew: 0 };
  }

  #endedBy(at: Millis): readonly MarketOutcome[] {
    const { outcomes } = this.#recording;
    const ended: MarketOutcome[] = [];
    for (let next = outcomes[this.#nextOutcome]; next && next.settledAt <= at; next = outcomes[this.#nextOutcome]) {
      this.#over.set(next.ticker, next);
      this.#history.forget(next.ticker);
      ended.push(next);
      this.#nextOutcome += 1;
    }
    return ended;
  }
}
