import { gunzipSync } from 'node:zlib';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { importTable } from '../../shared/adapters/dynamodb/export-table.ts';
import { s3Blobs } from '../../shared/adapters/s3/s3-blobs.ts';
import { localNames, stateFolder } from './local-names.ts';
import { findRunning } from './running.ts';
import { openServices, recordings } from './services.ts';

/** How many items of each table came back. */
export type Restored = Readonly<Record<'state' | 'reports', number>>;

/**
 * Puts a day's backup back into this machine's tables: items with the same keys are replaced, others stay. Throws while
 * the system runs, and for a day that has no backup.
 */
export async function restore(day: string, log: (line: string) => void): Promise<Restored> {
  if (findRunning()) throw new Error('the system runs here. Fix: stop it first, so that nothing writes meanwhile');
  const services = await openServices({ folder: stateFolder, now: Date.now, log });
  try {
    const restored = { state: 0, reports: 0 };
    for (const [table, name] of [
      ['state', localNames.stateTable],
      ['reports', localNames.reportsTable],
    ] as const) {
      const items = await readBackup(day, table);
      await importTable(new DynamoDBClient({ maxAttempts: 3 }), name, items);
      restored[table] = items.length;
    }
    return restored;
  } finally {
    await services.close();
  }
}

async function readBackup(day: string, table: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const key = `backups/${day}/${table}.ndjson.gz`;
  const blobs = s3Blobs(recordings);
  const bytes = await blobs.get(key);
  if (!bytes) {
    const kept = (await blobs.list('backups/')).map((name) => name.split('/')[1] ?? '');
    throw new Error(
      `${key}: no such backup. Fix: choose one of ${[...new Set(kept)].join(', ') || 'none; make one with `pilot run backup`'}`,
    );
  }
  const lines = new TextDecoder().decode(gunzipSync(bytes)).split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>);
}
