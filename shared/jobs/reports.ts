import type { Book } from '../domain/book.ts';
import { performance } from '../domain/metrics/performance.ts';
import type { Report, ReportKind, ReportSection } from '../domain/words/report.ts';
import { makeReport } from '../domain/words/report.ts';
import type { RecordStore } from '../ports/store.ts';
import { dayFunnel } from './day-funnel.ts';
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
  return makeReport({ kind, book, health, performance: performance(input), actionItems: items, funnel, ...more });
}

/** Keeps a report under its day, kind and book: made again, it replaces the one before. Returns its key. */
export async function keepReport({ records }: { readonly records: RecordStore }, report: Report): Promise<string> {
  const key = `${report.date}#${report.kind}#${report.book}`;
  await records.put('report', key, report);
  return key;
}
