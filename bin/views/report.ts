import type { Report } from '../../shared/domain/words/report.ts';
import { reportText } from '../../shared/domain/words/report-text.ts';
import { newestReport } from '../../shared/jobs/newest-report.ts';
import { reportJson } from './report-json.ts';
import { linesText, tableText } from './table.ts';
import type { View, ViewIo } from './view.ts';

/** Reports shown in a list. */
const LISTED = 30;

/** `pilot report`: which reports there are, newest first. */
export async function reportsView({ store }: ViewIo): Promise<View> {
  const found = await store.records.list('report', { newestFirst: true, limit: LISTED });
  const reports = found.map(({ key, body }) => ({ key, report: body as Report }));
  const rows = reports.map(({ key, report }) => [
    key,
    String(report.healthScore ?? 'unknown'),
    report.analysis ? 'yes' : 'no',
    report.summary,
  ]);
  return {
    json: reports.map(({ key, report: { date, kind, book, healthScore, state, summary } }) => ({
      ...{ id: key, date, kind, book, healthScore: healthScore ?? null, state, summary },
    })),
    text:
      rows.length === 0
        ? linesText(['No reports yet. Make one: pilot analyze'])
        : linesText([
            ...tableText([{ title: 'id' }, { title: 'health', right: true }, { title: 'analysed' }, { title: 'summary' }], rows),
            '',
            '  Read one: pilot report ID',
          ]),
  };
}

/** One report, whole; the newest of the book without an id. Undefined where there is none. */
export async function reportView({ store, mode, zone, book }: ViewIo, id: string | undefined): Promise<View | undefined> {
  const body = id === undefined ? (await newestReport(store, book))?.report : await store.records.get('report', id);
  return body === undefined ? undefined : viewOf(body as Report, mode, zone);
}

export function viewOf(report: Report, mode: ViewIo['mode'], zone: string): View {
  return { json: reportJson(report), text: reportText(report, mode, zone) };
}
