import type { Book, Mode } from '../domain/book.ts';
import { etDay } from '../domain/et-day.ts';
import type { Millis } from '../domain/money.ts';
import type { Alert } from '../domain/words/alert.ts';
import { timeText } from '../domain/words/amounts.ts';
import { digestSection } from '../domain/words/digest.ts';
import type { Report, ReportSection } from '../domain/words/report.ts';
import { dailySummary, weeklySummary } from '../domain/words/report-text.ts';
import type { Store } from '../ports/store.ts';
import type { AlertIo } from './alerts/raise-alerts.ts';
import { alertNow, DIGEST } from './alerts/raise-alerts.ts';
import type { ReportIo } from './reports.ts';
import { computeReport, keepReport } from './reports.ts';

export interface DailyReportIo extends ReportIo, Omit<AlertIo, 'store' | 'clock'> {
  readonly mode: Mode;
}

/** What people write down: subject and kind of their entries in the journal. */
export const NOTE = 'note';

const DAY = 86_400_000;
const MONDAY = 1;

/** The day in numbers with what was not worth a message of its own; on Mondays the week too. Complete without a model. */
export async function dailyReport(io: DailyReportIo, book: Book): Promise<Report> {
  const { store, clock, zone } = io;
  const now = clock.now();
  const told = await digestOf(store, book);
  const digest = told.length === 0 ? [] : [digestSection(told, zone)];
  const report = await computeReport(io, 'daily', book, { sections: [...digest, ...(await notesOf(store, book, now, zone))] });
  await keepReport(store, report);
  await alertNow(io, [dailySummary({ at: now, book }, report, io.mode, zone), ...(await weekOf(io, book, now))]);
  for (const { id } of told) await store.records.remove(DIGEST, id);
  return report;
}

async function weekOf(io: DailyReportIo, book: Book, now: Millis): Promise<readonly Alert[]> {
  if (new Date(`${etDay(now, io.zone)}T12:00:00Z`).getUTCDay() !== MONDAY) return [];
  return [weeklySummary({ at: now, book }, await computeReport(io, 'weekly', book, { sections: [] }))];
}

async function digestOf({ records }: Store, book: Book): Promise<readonly Alert[]> {
  return (await records.list(DIGEST)).map(({ body }) => body as Alert).filter((alert) => alert.book === book);
}

async function notesOf({ journal }: Store, book: Book, now: Millis, zone: string): Promise<readonly ReportSection[]> {
  const rows: [string, string][] = [];
  for await (const { at, body } of journal.read(book, { subject: NOTE })) {
    if (at >= now - DAY) rows.push([timeText(at, zone), (body as { readonly text: string }).text]);
  }
  return rows.length === 0 ? [] : [{ title: 'Notes', rows }];
}
