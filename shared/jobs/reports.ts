import type { Book } from '../domain/book.ts';
import { etDay } from '../domain/et-day.ts';
import { performance } from '../domain/metrics/performance.ts';
import type { Report, ReportKind, ReportSection } from '../domain/words/report.ts';
import { makeReport } from '../domain/words/report.ts';
import { reportAttributes } from '../domain/words/report-attributes.ts';
import type { RecordStore } from '../ports/store.ts';
import { dayFunnel } from './day-funnel.ts';
import { gatherFeedback, keepFeedback } from './gather-feedback.ts';
import { gatherPerformance } from './gather-performance.ts';
import type { HealthIo } from './health.ts';
import { lookAtHealth } from './health.ts';

export interface ReportIo extends HealthIo {
  /** Zone whose days count. */
  readonly zone: string;
}

/** Everything a report says without a model. */
export async function computeReport(
  io: ReportIo,
  kind: ReportKind,
  book: Book,
  more: { readonly sections: readonly ReportSection[]; readonly reason?: string },
): Promise<Report> {
  const [{ health, items }, input, funnel] = await Promise.all([
    lookAtHealth(io, book),
    gatherPerformance(io, book),
    dayFunnel(io.store, book, io.clock.now()),
  ]);
  const feedback = await gatherFeedback(io.store, book, input.trades, health.at);
  return makeReport({ kind, book, health, performance: performance(input), actionItems: items, funnel, feedback, ...more });
}

/**
 * Keeps a report under its day, kind and book: made again, it replaces the one before. `shown` is what people see of it in the
 * table's console. Returns its key.
 */
export async function keepReport({ records }: { readonly records: RecordStore }, report: Report): Promise<string> {
  const key = reportKey(report);
  await records.put('report', key, { ...report, shown: reportAttributes(report) });
  await keepFeedback({ records }, report.book, report.feedback);
  return key;
}

/** Date first, then kind: the newest reports are the last keys. Every emergency keeps its own, by its time in UTC. */
export function reportKey({ at, kind, book }: Pick<Report, 'at' | 'kind' | 'book'>): string {
  const time = kind === 'emergency' ? `-${new Date(at).toISOString().slice(11, 19).replaceAll(':', '')}` : '';
  return `${etDay(at)}#${kind}${time}#${book}`;
}
