import { etDay } from '../../domain/et-day.ts';
import type { AbstentionRecord } from '../../domain/forecasting/forecast-record.ts';
import type { Millis } from '../../domain/money.ts';
import type { RecordStore } from '../../ports/store.ts';
import { ABSTENTION_KEPT, ABSTENTIONS } from './forecast-market.ts';

/**
 * Writes down once that nobody was asked about some markets because the budget is spent. While that goes on from run to run of a
 * day, the one record moves along and says since when.
 */
export async function noteUnasked(records: RecordStore, unasked: readonly AbstentionRecord[], at: Millis): Promise<void> {
  const [first] = unasked;
  if (!first) return;
  const [last] = await records.list(ABSTENTIONS, { newestFirst: true, limit: 1 });
  const spell = last && spellOf(last.body as AbstentionRecord, at);
  const record: AbstentionRecord = { ...first, at, unasked: { markets: unasked.length, since: spell?.since ?? at } };
  const key = `${new Date(at).toISOString()}|${first.ticker}`;
  await records.put(ABSTENTIONS, key, record, { expiresAt: at + ABSTENTION_KEPT });
  if (last && spell && last.key !== key) await records.remove(ABSTENTIONS, last.key);
}

/** Budgets are a day's: a new day is a new spell. */
function spellOf({ at: last, unasked }: AbstentionRecord, at: Millis): AbstentionRecord['unasked'] {
  return etDay(last) === etDay(at) ? unasked : undefined;
}
