import type { Board } from '../board.ts';
import { ACTIVE, doubleMid } from '../board.ts';
import type { MarketOutcome } from '../market.ts';
import type { CalibrationSample, Horizon } from './platt.ts';
import { horizonOf } from './platt.ts';

type Pending = Omit<CalibrationSample, 'yes'>;

/** What prices said of markets that have not ended yet, and of those that have: one sample per market and horizon. */
export class SampleMemory {
  readonly #pending = new Map<string, Map<Horizon, Pending>>();
  readonly #samples: CalibrationSample[] = [];

  /** Keeps the first executable mid seen in each horizon of each active market whose close is known. */
  observe(board: Board): void {
    for (let row = 0; row < board.rows; row++) {
      const twiceMid = doubleMid(board, row);
      const left = board.knownClose(row) - board.at;
      if (board.status[row] !== ACTIVE || Number.isNaN(twiceMid) || !(left > 0)) continue;
      const horizon = horizonOf(left);
      const seen = this.#of(board.ticker[row] ?? '');
      if (seen.has(horizon)) continue;
      const category = board.terms(row).category ?? '';
      seen.set(horizon, { event: board.event[row] ?? '', category, horizon, mid: twiceMid / 20_000 });
    }
  }

  /** Turns what was seen of a market into samples; a scalar result says neither yes nor no and is left out. */
  settle({ ticker, result }: Pick<MarketOutcome, 'ticker' | 'result'>): void {
    const seen = this.#pending.get(ticker);
    this.#pending.delete(ticker);
    if (result === 'scalar' || !seen) return;
    for (const sample of seen.values()) this.#samples.push({ ...sample, yes: result === 'yes' });
  }

  samples(): readonly CalibrationSample[] {
    return this.#samples;
  }

  #of(ticker: string): Map<Horizon, Pending> {
    const known = this.#pending.get(ticker);
    if (known) return known;
    const fresh = new Map<Horizon, Pending>();
    this.#pending.set(ticker, fresh);
    return fresh;
  }
}
