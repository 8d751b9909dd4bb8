import type { Board } from '../domain/board.ts';
import type { Past } from '../domain/rows-board.ts';

/** A board that was just read, with what was recorded of the same markets a day and a week ago. */
export function withPast(board: Board, past: Past): Board {
  const of = (row: number) => board.ticker[row] ?? '';
  return { ...board, dayAgo: (row) => past.dayAgo(of(row), board.at), weekAgo: (row) => past.weekAgo(of(row), board.at) };
}
