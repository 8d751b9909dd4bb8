import type { Book } from '../domain/book.ts';
import type { Report } from '../domain/words/report.ts';
import type { RecordStore } from '../ports/store.ts';

/** Reports that are looked through for the newest of a book: a few days of all kinds and books. */
const LOOKED_THROUGH = 30;

/** The report of a book that was made last, with its key; undefined where there is none. */
export async function newestReport(
  { records }: { readonly records: RecordStore },
  book: Book,
): Promise<{ readonly key: string; readonly report: Report } | undefined> {
  const found = await records.list('report', { newestFirst: true, limit: LOOKED_THROUGH });
  return found
    .map(({ key, body }) => ({ key, report: body as Report }))
    .filter(({ report }) => report.book === book)
    .toSorted((a, b) => b.report.at - a.report.at)[0];
}
