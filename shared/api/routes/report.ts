import { reportText } from '../../domain/words/report-text.ts';
import { newestReport } from '../../jobs/newest-report.ts';
import type { ReportJson } from '../contract/report.ts';
import type { Reading } from './reading.ts';
import { isoTime } from './unknown.ts';

/** The newest report of the book, in the words of its mail. */
export async function readReport({ io, book }: Reading): Promise<ReportJson> {
  const newest = await newestReport(io.store, book);
  if (!newest) return { id: null, at: null, kind: null, summary: null, text: null, why: 'no report yet. Make one: pilot analyze' };
  const { key, report } = newest;
  const { at, kind, summary } = report;
  const { mode, zone } = io.settings;
  return { id: key, at: isoTime(at), kind, summary, text: reportText(report, mode, zone), why: null };
}
