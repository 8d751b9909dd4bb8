import type { ReportKind } from '../../domain/words/report.ts';
import { analyse } from '../../jobs/analyse.ts';
import { cloudPerMonth } from '../cloud-cost.ts';
import type { Run } from '../handle.ts';
import { budgetParts, fence, openAnalysts } from '../open-analysts.ts';
import { openMarket } from '../open-market.ts';
import { watchParts } from '../open-watch.ts';
import { tradedBooks } from '../traded-books.ts';

/** A report of a kind with the analyst's text under its numbers, for every book that trades. */
export function analysisRun(kind: ReportKind): Run {
  return async ({ parts, payload }) => {
    const [{ marketData }, { writers }] = await Promise.all([openMarket(parts), openAnalysts(parts)]);
    const io = {
      ...watchParts(parts, marketData),
      ...budgetParts(parts),
      analysts: writers,
      fence,
      maxDrawdown: parts.config.risk.maxDrawdown,
      cloudMonthly: cloudPerMonth(parts),
      random: Math.random,
    };
    const reason = typeof payload.reason === 'string' ? payload.reason : undefined;
    const made: Record<string, unknown> = {};
    for (const book of tradedBooks(parts.config)) {
      const { report, key } = await analyse(io, kind, book, reason);
      made[book] = {
        key,
        summary: report.summary,
        healthScore: report.healthScore ?? null,
        ...(report.unwritten === undefined ? {} : { unwritten: report.unwritten }),
      };
    }
    return made;
  };
}
