import type { Book } from '../domain/book.ts';
import type { ActionItem } from '../domain/health/action-items.ts';
import type { Health } from '../domain/health/health.ts';
import type { RecordStore } from '../ports/store.ts';

/** What the hourly look found: every check, the score, and what to do. */
export interface HealthRecord {
  readonly health: Health;
  readonly items: readonly ActionItem[];
}

/** Undefined before the first look. */
export async function lastHealth({ records }: { readonly records: RecordStore }, book: Book): Promise<HealthRecord | undefined> {
  return (await records.get('health', book)) as HealthRecord | undefined;
}
