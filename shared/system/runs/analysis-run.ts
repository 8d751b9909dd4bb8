import type { Book } from '../../domain/book.ts';
import { books } from '../../domain/book.ts';
import { usdText } from '../../domain/money.ts';
import type { Report, ReportKind } from '../../domain/words/report.ts';
import { analyse } from '../../jobs/analyse.ts';
import { cloudPerMonth } from '../cloud-cost.ts';
import type { Run } from '../handle.ts';
import { budgetParts, fence, openAnalysts } from '../open-analysts.ts';
import { openMarket } from '../open-market.ts';
import { reportParts } from '../open-watch.ts';
import type { Parts } from '../parts.ts';
import { tradedBooks } from '../traded-books.ts';

/** A report of a kind with the analyst's text under its numbers, for every book that trades; by hand, for the one asked about. */
export function analysisRun(kind: ReportKind): Run {
  return async ({ parts, payload }) => {
    const asked = books.find((book) => book === payload.book);
    const reason = typeof payload.reason === 'string' && payload.reason !== '' ? payload.reason : undefined;
    const made: Record<string, unknown> = {};
    for (const book of asked ? [asked] : tradedBooks(parts.config)) {
      const { report, key } = await writeReport(parts, kind, book, reason);
      made[book] = { key, summary: report.summary, healthScore: report.healthScore ?? null, ...writtenOf(report) };
    }
    return made;
  };
}

/** One report with the parts of a process. */
export async function writeReport(parts: Parts, kind: ReportKind, book: Book, reason: string | undefined) {
  const { marketData } = openMarket(parts);
  const { writers } = await openAnalysts(parts);
  const io = {
    ...reportParts(parts, marketData),
    ...budgetParts(parts),
    analysts: writers,
    fence,
    maxDrawdown: parts.config.risk.maxDrawdown,
    cloudMonthly: cloudPerMonth(parts),
    random: Math.random,
  };
  return analyse(io, kind, book, reason);
}

function writtenOf({ analysis, unwritten }: Report): Readonly<Record<string, unknown>> {
  if (!analysis) return { unwritten };
  const { model, cost, tokens, seconds, struck, text } = analysis;
  return { model, cost: cost === undefined ? null : usdText(cost), tokens: tokens ?? null, seconds, struck, characters: text.length };
}
