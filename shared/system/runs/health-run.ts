import { checkHealth } from '../../jobs/health.ts';
import type { Run } from '../handle.ts';
import { openMarket } from '../open-market.ts';
import { watchParts } from '../open-watch.ts';
import { tradedBooks } from '../traded-books.ts';

/** Every risk check of every book that trades, and the score. */
export const healthRun: Run = async ({ parts }) => {
  const { marketData } = openMarket(parts);
  const found: Record<string, unknown> = {};
  for (const book of tradedBooks(parts.config)) {
    const { health, items } = await checkHealth(watchParts(parts, marketData), book);
    found[book] = { score: health.score ?? null, state: health.state, items: items.length };
  }
  return found;
};
