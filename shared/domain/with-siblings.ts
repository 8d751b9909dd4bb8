import type { Board } from './board.ts';
import { groupOnce } from './rows-board.ts';

/**
 * A board that was read for some markets, with the other markets of their events as a scan just saw them: a sibling's quote may be
 * read behind the board's own rows, but it is no row of it, so that nothing is decided on an older quote. Past prices are asked
 * by ticker and come after this.
 */
export function withSiblings(board: Board, pages: readonly Board[]): Board {
  const events = new Set(board.event);
  const known = new Set(board.ticker);
  const [ticker, event, bid, ask] = [[...board.ticker], [...board.event], [...board.bid], [...board.ask]];
  for (const page of pages) {
    for (let row = 0; row < page.rows; row++) {
      const [name = '', family = ''] = [page.ticker[row], page.event[row]];
      if (!events.has(family) || known.has(name)) continue;
      known.add(name);
      ticker.push(name);
      event.push(family);
      bid.push(page.bid[row] ?? Number.NaN);
      ask.push(page.ask[row] ?? Number.NaN);
    }
  }
  return { ...board, ticker, event, bid: Float64Array.from(bid), ask: Float64Array.from(ask), siblings: groupOnce(event) };
}

/** The board without what stands behind its rows, to be kept. */
export function ownRows(board: Board): Board {
  const { rows, ticker, event, bid, ask } = board;
  return { ...board, ticker: ticker.slice(0, rows), event: event.slice(0, rows), bid: bid.slice(0, rows), ask: ask.slice(0, rows) };
}
