/** Where orders go and whose money it is. Each book has its own cash, caps and ledger; they are never summed. */
export const books = ['paper', 'demo', 'live'] as const;
export type Book = (typeof books)[number];

/** The highest book that may trade. */
export type Mode = Book;

/** How far a strategy has come; `off` neither signals nor trades. */
export const rungs = ['off', 'paper', 'demo', 'live'] as const;
export type Rung = (typeof rungs)[number];

/** The book a strategy trades in. In demo every strategy that is not off sends; live needs both mode and rung. */
export function bookOf(rung: Rung, mode: Mode): Book | undefined {
  if (rung === 'off') return undefined;
  if (mode === 'demo') return 'demo';
  return mode === 'live' && rung === 'live' ? 'live' : 'paper';
}
