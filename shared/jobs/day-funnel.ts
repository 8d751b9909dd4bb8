import type { Book } from '../domain/book.ts';
import { sum } from '../domain/metrics/metric.ts';
import type { Millis } from '../domain/money.ts';
import { scanStages } from '../domain/scan/funnel.ts';
import type { DayFunnel } from '../domain/words/report.ts';
import type { Store } from '../ports/store.ts';
import { decisionsBetween } from './last-decision.ts';
import type { ScanSummary } from './scan.ts';

const DAY = 86_400_000;
const ORDERS_A_DAY = 500;

/** What the scans of the last 24 hours came to; undefined when none was recorded. */
export async function dayFunnel(store: Store, book: Book, now: Millis): Promise<DayFunnel | undefined> {
  const since = now - DAY;
  const [records, decisions, orders] = await Promise.all([
    store.records.list('scan', { from: new Date(since).toISOString(), to: new Date(now).toISOString() }),
    decisionsBetween(store.records, since, now),
    store.orders.recent(book, ORDERS_A_DAY),
  ]);
  if (records.length === 0) return undefined;
  const scans = records.map(({ body }) => body as ScanSummary);
  return {
    scans: scans.length,
    seen: sum(scans.map(({ seen }) => seen)),
    dropped: Object.fromEntries(scanStages.map((stage) => [stage, sum(scans.map(({ funnel }) => funnel[stage]))])),
    candidates: sum(scans.map(({ candidates }) => candidates)),
    signals: sum(decisions.map(({ signals }) => signals)),
    orders: orders.filter(({ intent }) => intent.decidedAt >= since).length,
  };
}
