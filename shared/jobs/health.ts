import type { Book } from '../domain/book.ts';
import { mergeActionItems, reviewActions } from '../domain/health/action-items.ts';
import { health } from '../domain/health/health.ts';
import type { HealthThresholds } from '../domain/health/thresholds.ts';
import type { HealthLook } from '../domain/words/risk-alerts.ts';
import type { HealthFactsIo } from './gather-health.ts';
import { gatherHealth } from './gather-health.ts';
import type { HealthRecord } from './last-health.ts';
import { lastHealth } from './last-health.ts';

export interface HealthIo extends HealthFactsIo {
  readonly thresholds: HealthThresholds;
}

const KEPT_DAYS = 90;
const DAY = 86_400_000;

/** Judges a book and keeps what was found: by time, as the latest, and its action items, which live until they are done. */
export async function checkHealth(io: HealthIo, book: Book): Promise<HealthRecord> {
  const { records } = io.store;
  const look = await lookAtHealth(io, book);
  const found: HealthRecord = { health: look.health, items: look.items };
  const { at } = look.health;
  await records.put(`health:${book}`, new Date(at).toISOString(), look.health, { expiresAt: at + KEPT_DAYS * DAY });
  await records.put('health', book, found);
  return found;
}

/** The same look without a trace: for the alert check between two hours. */
export async function lookAtHealth(io: HealthIo, book: Book): Promise<HealthLook> {
  const { thresholds } = io;
  const [facts, before] = await Promise.all([gatherHealth(io, book), lastHealth(io.store, book)]);
  const judged = health(facts, thresholds);
  const items = mergeActionItems(before?.items ?? [], reviewActions(judged, facts, thresholds));
  return { health: judged, facts, items, thresholds };
}
