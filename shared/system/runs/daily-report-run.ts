import { dailyReport } from '../../jobs/daily-report.ts';
import type { Run } from '../handle.ts';
import { openMarket } from '../open-market.ts';
import { watchParts } from '../open-watch.ts';
import { tradedBooks } from '../traded-books.ts';

/** The day in numbers, for every book that trades. */
export const dailyReportRun: Run = async ({ parts }) => {
  const { marketData } = openMarket(parts);
  const made: Record<string, unknown> = {};
  for (const book of tradedBooks(parts.config)) {
    const { healthScore, state, summary } = await dailyReport(watchParts(parts, marketData), book);
    made[book] = { healthScore: healthScore ?? null, state, summary };
  }
  return made;
};
