import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { localNames } from '../../local/runner/local-names.ts';
import { exportTable } from '../../shared/adapters/dynamodb/export-table.ts';

/** Both tables of the account as lines of JSON in this folder, readable by their owner only. Says which files. */
export async function backUpHere(day = new Date().toISOString().slice(0, 10)): Promise<readonly string[]> {
  const client = new DynamoDBClient({ maxAttempts: 3 });
  const files: string[] = [];
  for (const [part, table] of Object.entries({ state: localNames.stateTable, reports: localNames.reportsTable })) {
    const file = `backup-${day}-${part}.ndjson`;
    await pipeline(Readable.from(linesOf(client, table)), createWriteStream(file, { mode: 0o600 }));
    files.push(file);
  }
  return files;
}

async function* linesOf(client: DynamoDBClient, table: string): AsyncGenerator<string> {
  for await (const page of exportTable(client, table)) for (const item of page) yield `${JSON.stringify(item)}\n`;
}
