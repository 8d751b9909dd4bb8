import type { DepthBook } from '../domain/depth-book.ts';
import type { Millis } from '../domain/money.ts';
import type { PublicTrade } from './market-stream.ts';

/** One market's recorded book changes and trades, to be played in the order they were received. */
export interface Tape {
  readonly name: string;
  play(listener: TapeListener): TapeCount;
}

/** Called for each message, at the time it was received. */
export interface TapeListener {
  /** After a snapshot or change; the book lives on and changes. */
  book(book: DepthBook, at: Millis): void;
  trade(trade: PublicTrade, at: Millis): void;
}

export interface TapeCount {
  readonly messages: number;
  readonly snapshots: number;
  readonly deltas: number;
  readonly trades: number;
  readonly negativeLevels: number;
  readonly crossedBooks: number;
  /** Sequence numbers that fell without a snapshot. */
  readonly gaps: number;
  /** Lines that are no message. */
  readonly unreadable: number;
}
