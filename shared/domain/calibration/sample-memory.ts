import type { Board } from '../board.ts';
import { ACTIVE, doubleMid } from '../board.ts';
import type { MarketOutcome } from '../market.ts';
import type { Millis } from '../money.ts';
import type { CalibrationSample, Horizon } from './platt.ts';
import { horizonOf } from './platt.ts';

type Pending = Omit<CalibrationSample, 'yes'>;

/** All of a memory, to be kept from one night to the next. */
export interface SampleState {
  /** Markets that have not ended, with when they are to close and what prices said of them. */
  readonly pending: readonly { readonly ticker: string; readonly closeTime: Millis; readonly seen: readonly Pending[] }[];
  readonly samples: readonly CalibrationSample[];
}

interface Watched {
  closeTime: Millis;
  readonly seen: Map<Horizon, Pending>;
}

/** What prices said of markets that have not ended yet, and of those that have: one sample per market and horizon. */
export class SampleMemory {
  readonly #pending: Map<string, Watched>;
  readonly #samples: CalibrationSample[];

  constructor({ pending, samples }: SampleState = { pending: [], samples: [] }) {
    this.#samples = [...samples];
    this.#pending = new Map(
      pending.map(({ ticker, closeTime, seen }) => [ticker, { closeTime, seen: new Map(seen.map((sample) => [sample.horizon, sample])) }]),
    );
  }

  /** Keeps the first executable mid seen in each horizon of each active market whose close is known. */
  observe(board: Board): void {
    for (let row = 0; row < board.rows; row++) {
      const twiceMid = doubleMid(board, row);
      const closeTime = board.knownClose(row);
      const left = closeTime - board.at;
      if (board.status[row] !== ACTIVE || Number.isNaN(twiceMid) || !(left > 0)) continue;
      const horizon = horizonOf(left);
      const watched = this.#of(board.ticker[row] ?? '', closeTime);
      watched.closeTime = closeTime;
      if (watched.seen.has(horizon)) continue;
      const category = board.terms(row).category ?? '';
      watched.seen.set(horizon, { event: board.event[row] ?? '', category, horizon, mid: twiceMid / 20_000 });
    }
  }

  /**
   * Turns what was seen of a market into samples; a scalar result says neither yes nor no and is left out. Where the board did
   * not know the category, its series may.
   */
  settle(
    { ticker, result }: Pick<MarketOutcome, 'ticker' | 'result'>,
    categoryOf: (series: string) => string | undefined = () => undefined,
  ): void {
    const watched = this.#pending.get(ticker);
    this.#pending.delete(ticker);
    if (result === 'scalar' || !watched) return;
    for (const sample of watched.seen.values()) {
      const category = sample.category === '' ? (categoryOf(seriesOf(sample.event)) ?? '') : sample.category;
      this.#samples.push({ ...sample, category, yes: result === 'yes' });
    }
  }

  samples(): readonly CalibrationSample[] {
    return this.#samples;
  }

  state(): SampleState {
    const pending = [...this.#pending].map(([ticker, { closeTime, seen }]) => ({ ticker, closeTime, seen: [...seen.values()] }));
    return { pending, samples: this.#samples };
  }

  #of(ticker: string, closeTime: Millis): Watched {
    const known = this.#pending.get(ticker);
    if (known) return known;
    const fresh: Watched = { closeTime, seen: new Map() };
    this.#pending.set(ticker, fresh);
    return fresh;
  }
}

/** An event is named after its series, up to the first dash. */
function seriesOf(event: string): string {
  return event.split('-', 1)[0] ?? event;
}
