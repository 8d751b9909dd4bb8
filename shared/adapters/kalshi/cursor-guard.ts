import { ExchangeError } from '../../ports/exchange-error.ts';

/**
 * Watches one chain of pages. The exchange answers a cursor it does not know with the first page and no word, so a chain
 * that shows a cursor or a first row twice goes round in circles.
 */
export class CursorGuard {
  readonly #name: string;
  readonly #seen = new Set<string>();

  constructor(name: string) {
    this.#name = name;
  }

  /** Throws ExchangeError `cursor_loop`. `first` is the id of the page's first row, undefined for an empty page. */
  pass(cursor: string, first: string | undefined): void {
    const marks = [...(cursor === '' ? [] : [`cursor ${cursor}`]), ...(first === undefined ? [] : [`row ${first}`])];
    for (const mark of marks) {
      if (this.#seen.has(mark)) throw this.#loop(mark);
      this.#seen.add(mark);
    }
  }

  #loop(mark: string): ExchangeError {
    const fix = 'start the read over; if it stays, the exchange has changed its paging';
    return new ExchangeError(`${this.#name}: pages go in circles (${mark} came twice). Fix: ${fix}`, {
      outcome: 'unknown',
      code: 'cursor_loop',
      fix,
    });
  }
}
