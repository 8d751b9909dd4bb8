import type { Book, Mode } from '../../shared/domain/book.ts';
import type { Millis } from '../../shared/domain/money.ts';
import type { Store } from '../../shared/ports/store.ts';
import type { Config } from '../../shared/system/config/schema.ts';

/** What a command shows: one JSON value for programs, text for people. Both say the same. */
export interface View {
  readonly json: unknown;
  readonly text: string;
}

/** What views are made from: one book of one store at one moment. */
export interface ViewIo {
  readonly store: Store;
  readonly now: Millis;
  readonly book: Book;
  readonly mode: Mode;
  /** Zone of times and days. */
  readonly zone: string;
  readonly config: Config;
  /** Whether the system that trades is off, as far as this machine can tell. */
  readonly stopped?: boolean;
  /** How much faster time runs there than here. */
  readonly speed?: number;
}

/** Undefined as JSON has it: null, never a zero. */
export function orNull<A, B>(value: A | undefined, write: (value: A) => B): B | null {
  return value === undefined ? null : write(value);
}

export function isoTime(at: Millis): string {
  return new Date(at).toISOString();
}

/** What a person must know before reading any time or age; undefined where time is their own. */
export function speedText({ speed = 1 }: Pick<ViewIo, 'speed'>): string | undefined {
  return speed === 1 ? undefined : `time runs ${speed} times as fast as yours`;
}
