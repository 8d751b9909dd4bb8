import type { Book } from '../../domain/book.ts';
import type { Millis } from '../../domain/money.ts';
import type { Key } from './table.ts';

/** Where everything lies in the state table. docs/data-model.md says which question each answers. */
export const at = {
  order: (id: string): Key => [`ORDER#${id}`, 'ORDER'],
  orderByTime: (book: Book, decidedAt: Millis, id: string): Key => [ordersOf(book), `${sortable(decidedAt)}#${id}`],
  /** Held by the one live order of a market. */
  market: (book: Book, ticker: string): Key => [liveOf(book), ticker],
  counters: (book: Book): Key => [`BOOK#${book}`, 'COUNTERS'],
  breaker: (book: Book): Key => [`BOOK#${book}`, 'BREAKER'],
  ledger: (book: Book): Key => [`BOOK#${book}`, 'LEDGER'],
  /** `through` is the latest time booked so far: sorting by it is sorting by `seq`. */
  entry: (book: Book, through: Millis, seq: number): Key => [entriesOf(book), `${sortable(through)}#${sortable(seq)}`],
  entryId: (book: Book, id: string): Key => [`ENTRY#${book}#${id}`, 'ENTRY'],
  /** `part` tells the two trades apart that one settlement may close. */
  trade: (book: Book, seq: number, part = 0): Key => [tradesOf(book), part === 0 ? sortable(seq) : `${sortable(seq)}-${part}`],
  lease: (name: string): Key => [`LEASE#${name}`, 'LEASE'],
  run: (job: string, tick: string): Key => [runsOf(job), tick],
  /** Entries appended together, under the number of the first. */
  journal: (book: Book, first: number): Key => [journalOf(book), sortable(first)],
  /** Which of them speak of a subject, under the number of their last. */
  subject: (book: Book, subject: string, last: number): Key => [subjectOf(book, subject), sortable(last)],
} as const;

export const ordersOf = (book: Book) => `BOOK#${book}#ORDERS`;
export const liveOf = (book: Book) => `BOOK#${book}#LIVE`;
export const entriesOf = (book: Book) => `BOOK#${book}#ENTRIES`;
export const tradesOf = (book: Book) => `BOOK#${book}#TRADES`;
export const journalOf = (book: Book) => `BOOK#${book}#JOURNAL`;
export const subjectOf = (book: Book, subject: string) => `BOOK#${book}#SUBJECT#${subject}`;
export const runsOf = (job: string) => `RUN#${job}`;
export const recordsOf = (kind: string) => `RECORD#${kind}`;

/** A whole number as text that sorts like it. */
export function sortable(whole: number): string {
  return String(whole).padStart(15, '0');
}
