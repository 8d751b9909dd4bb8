import { randomBytes } from 'node:crypto';
import type { RecordStore } from '../ports/store.ts';

const KIND = 'api-key';
const KEY = 'csrf';
const kept = new WeakSet<RecordStore>();

/**
 * Makes the key that signs the page's action tokens, once: every process that serves the page must have the same, and
 * the page itself may not write. It opens nothing by itself.
 */
export async function keepApiKey(records: RecordStore): Promise<void> {
  if (kept.has(records)) return;
  await records.putNew(KIND, KEY, randomBytes(32).toString('hex'));
  kept.add(records);
}

/** Undefined before the first sync. */
export async function apiKey(records: RecordStore): Promise<string | undefined> {
  const key = await records.get(KIND, KEY);
  return typeof key === 'string' ? key : undefined;
}
