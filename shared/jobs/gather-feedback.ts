import type { FeedbackItem } from '../domain/analysis/feedback-items.ts';
import { feedbackItems } from '../domain/analysis/feedback-items.ts';
import type { JudgedTrade } from '../domain/analysis/strategy-feedback.ts';
import { strategyFeedback } from '../domain/analysis/strategy-feedback.ts';
import type { Book } from '../domain/book.ts';
import { etDay } from '../domain/et-day.ts';
import type { Millis } from '../domain/money.ts';
import type { Trade } from '../domain/position.ts';
import type { Feedback } from '../domain/words/report.ts';
import type { RecordStore, Store } from '../ports/store.ts';

/** Items of each book's feedback, until they have closed. */
const FEEDBACK = 'feedback';
/** Newest trades whose orders are looked up, and how many at a time. */
const MOST_ORDERS = 600;
const AT_ONCE = 50;

/** What the closed trades of a book say of each strategy, with what to change, first found on the day it was. */
export async function gatherFeedback(
  store: Pick<Store, 'orders' | 'records'>,
  book: Book,
  trades: readonly Trade[],
  now: Millis,
): Promise<Feedback> {
  const [judged, previous] = await Promise.all([withWorth(store, trades), store.records.get(FEEDBACK, book)]);
  const strategies = strategyFeedback(judged);
  return { strategies, items: feedbackItems(strategies, (previous ?? []) as readonly FeedbackItem[], etDay(now)) };
}

/** Keeps what is open, and what closed today, for the next report. */
export async function keepFeedback({ records }: { readonly records: RecordStore }, book: Book, { items }: Feedback): Promise<void> {
  await records.put(FEEDBACK, book, items);
}

/** The newest trades of strategies with what their side was thought to be worth, as their orders say. */
async function withWorth({ orders }: Pick<Store, 'orders'>, trades: readonly Trade[]): Promise<readonly JudgedTrade[]> {
  const own = trades.filter(({ intent }) => intent !== undefined).toSorted((a, b) => b.closedAt - a.closedAt);
  const judged: JudgedTrade[] = [];
  for (let from = 0; from < Math.min(own.length, MOST_ORDERS); from += AT_ONCE) {
    const batch = own.slice(from, Math.min(from + AT_ONCE, MOST_ORDERS));
    const records = await Promise.all(batch.map(({ intent = '' }) => orders.get(intent)));
    judged.push(...batch.map((trade, index) => ({ ...trade, fair: records[index]?.intent.fair })));
  }
  return judged;
}
