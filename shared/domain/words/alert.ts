import type { Book } from '../book.ts';
import type { Millis } from '../money.ts';

export const alertTypes = ['CRITICAL', 'WARNING', 'WEEKLY_SUMMARY', 'SYSTEM_ERROR', 'RESOLVED'] as const;
export type AlertType = (typeof alertTypes)[number];

/** One value that becomes SMS, e-mail, page, file and console text. State, number, limit, what was done, what to do. */
export interface Alert {
  readonly id: string;
  readonly at: Millis;
  readonly type: AlertType;
  /** De-duplicates: one open alert per cause. */
  readonly cause: string;
  readonly book: Book;
  /** Says it in under 60 characters, capitals for the state. */
  readonly headline: string;
  /** State, number, limit. */
  readonly happened: string;
  /** What the system did by itself. */
  readonly done: string;
  /** What a person should do next. */
  readonly advice: string;
  readonly commands: readonly string[];
  readonly values: Readonly<Record<string, string | number>>;
}
