import { gunzipSync } from 'node:zlib';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type ExportedItem, importTable } from '../../shared/adapters/dynamodb/export-table.ts';
import { s3Blobs } from '../../shared/adapters/s3/s3-blobs.ts';
import type { Blobs } from '../../shared/ports/blobs.ts';
import type { TableName } from '../../shared/system/map.ts';
import { localNames, stateFolder } from './local-names.ts';
import { findRunning } from './running.ts';
import { openServices, recordings } from './services.ts';

/** How many items of each table came back. */
export type Restored = Readonly<Record<TableName, number>>;

/**
 * Puts a day's backup back into this machine's tables: items with the same keys are replaced, others stay. Throws while
 * the system runs, and for a day that has no backup.
 */
export async function restore(day: string, log: (line: string) => void): Promise<Restored> {
  if (findRunning()) throw new Error('the system runs here. Fix: stop it first, so that nothing writes meanwhile');
  const services = await openServices({ folder: stateFolder, now: Date.now, log });
  try {
    return await restoreTables(day, s3Blobs(recordings), { state: localNames.stateTable, reports: localNames.reportsTable });
  } finally {
    await services.close();
  }
}

/** The same for tables of these names, from any blobs. */
export async function restoreTables(day: string, blobs: Blobs, names: Readonly<Record<TableName, string>>): Promise<Restored> {
  const restored = { state: 0, reports: 0 };
  for (const table of ['state', 'reports'] as const) {
    const items = await readBackup(day, table, blobs);
    await importTable(new DynamoDBClient({ maxAttempts: 3 }), names[table], items);
    restored[table] = items.length;
  }
  return restored;
}

async function readBackup(day: string, table: TableName, blobs: Blobs): Promise<readonly ExportedItem[]> {
  const key = `backups/${day}/${table}.ndjson.gz`;
  const bytes = await blobs.get(key);
  if (!bytes) {
    const kept = (await blobs.list('backups/')).map((name) => name.split('/')[1] ?? '');
    throw new Error(`${key}: no such backup. Fix: choose one of ${[...new Set(kept)].join(', ') || 'none; make one with `pilot backup`'}`);
  }
  const lines = new TextDecoder().decode(gunzipSync(bytes)).split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as ExportedItem);
}
