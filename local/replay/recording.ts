import type { BoardColumn } from '../../shared/domain/board.ts';
import type { MarketOutcome } from '../../shared/domain/market.ts';
import type { Millis } from '../../shared/domain/money.ts';
import type { MarketRow } from '../../shared/domain/rows-board.ts';

/** One recorded look at the markets. */
export interface RecordedScan {
  readonly at: Millis;
  /** The file's own text of the time. */
  readonly text: string;
  readonly rows: readonly MarketRow[];
}

/** A recording in memory: looks in time order, and how markets ended, to be seen only once they had. */
export interface Recording {
  readonly scans: readonly RecordedScan[];
  /** In order of time. */
  readonly outcomes: readonly MarketOutcome[];
  readonly lacks: ReadonlySet<BoardColumn>;
  /** Rows that were not used, by reason. */
  readonly refused: Readonly<Record<RowRefusal, number>>;
  /** What a reader of the results must know. */
  readonly notes: readonly string[];
}

export type RowRefusal = 'crossed' | 'duplicate' | 'out-of-order';

/** A file that cannot be used, with where and what. */
export class ImportError extends Error {
  constructor(file: string, place: string, problem: string, fix: string, options?: ErrorOptions) {
    super(`${file}${place === '' ? '' : `, ${place}`}: ${problem}. Fix: ${fix}`, options);
    this.name = 'ImportError';
  }
}

/** Refuses a row that contradicts itself or its market's earlier rows; says why, or nothing. */
export class RowGuard {
  readonly #last = new Map<string, Millis>();
  readonly refused: Record<RowRefusal, number> = { crossed: 0, duplicate: 0, 'out-of-order': 0 };

  accepts(ticker: string, at: Millis, bid: number, ask: number): boolean {
    const before = this.#last.get(ticker);
    if (before === at) return this.#refuse('duplicate');
    if (before !== undefined && at < before) return this.#refuse('out-of-order');
    this.#last.set(ticker, at);
    return bid > 0 && ask < 10_000 && bid >= ask ? this.#refuse('crossed') : true;
  }

  #refuse(why: RowRefusal): false {
    this.refused[why] += 1;
    return false;
  }
}
