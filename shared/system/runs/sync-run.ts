import { alertBreaker } from '../../jobs/alerts/alert-breaker.ts';
import { sync } from '../../jobs/sync.ts';
import { keepApiKey } from '../api-key.ts';
import { deskSettings } from '../desk-settings.ts';
import type { Run } from '../handle.ts';
import { openBooks } from '../open-books.ts';
import { alertParts } from '../open-watch.ts';
import { surroundingsOf } from '../surroundings.ts';

/** Every book that trades agrees with its account, or says how it does not. */
export const syncRun: Run = async ({ parts }) => {
  await keepApiKey(parts.store.records);
  const { market, books } = await openBooks(parts);
  const { limits, protections } = deskSettings(parts.config);
  const synced: Record<string, unknown> = {};
  for (const { book, account, broker, settle } of books) {
    const surroundings = () => surroundingsOf(parts, market, book);
    const io = { ...parts, account, broker, market, limits, protections, surroundings, ...(settle ? { settle } : {}) };
    const tell = () => alertBreaker({ ...alertParts(parts), store: parts.store }, book);
    const { fills, settlements, closed, differences, breaker } = await sync(io, book).catch(async (error: unknown) => {
      // Why the sync failed matters more than that nobody could be told.
      await tell().catch(() => undefined);
      throw error;
    });
    if (breaker) await tell();
    synced[book] = {
      fills: fills.length,
      settlements,
      closed: closed.length,
      differences: differences.length,
      ...(breaker ? { breaker: breaker.state } : {}),
    };
  }
  return synced;
};
