import { gzipSync } from 'node:zlib';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { exportTable } from '../../adapters/dynamodb/export-table.ts';
import type { Run } from '../handle.ts';
import { openRecordings } from '../open-recordings.ts';
import { named } from '../parts.ts';

/** Both tables as gzipped lines of JSON, a page a line group, under the day in the bucket of recordings. */
export const backupRun: Run = async ({ parts, tick }) => {
  const client = new DynamoDBClient({ maxAttempts: 3 });
  const blobs = openRecordings(parts);
  const counts: Record<string, number> = {};
  for (const [name, key] of [
    ['state', 'PILOT_STATE_TABLE'],
    ['reports', 'PILOT_REPORTS_TABLE'],
  ] as const) {
    const pieces: Uint8Array[] = [];
    let items = 0;
    for await (const page of exportTable(client, named(parts.environment, key))) {
      pieces.push(gzipSync(page.map((item) => `${JSON.stringify(item)}\n`).join('')));
      items += page.length;
    }
    await blobs.put(`backups/${tick.slice(0, 10)}/${name}.ndjson.gz`, Buffer.concat(pieces));
    counts[name] = items;
  }
  return counts;
};
