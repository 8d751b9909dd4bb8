import { type AttributeValue, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTables } from '../../../local/cloud/create-tables.ts';
import type { ExportedItem } from '../../../shared/adapters/dynamodb/export-table.ts';
import { exportTable, importTable } from '../../../shared/adapters/dynamodb/export-table.ts';
import { type LocalStores, localStores } from './local-store.ts';

let stores: LocalStores;
beforeAll(async () => {
  stores = await localStores();
});
afterAll(() => stores.stop());

async function itemsOf(table: string): Promise<readonly Record<string, AttributeValue>[]> {
  return (await stores.client.send(new ScanCommand({ TableName: table }))).Items ?? [];
}

it('a table comes back from text as it was, bytes, numbers and an attribute called B among them', async () => {
  await createTables(stores.client, { state: 'kept-state', reports: 'kept-reports' });
  await createTables(stores.client, { state: 'back-state', reports: 'back-reports' });
  for (let index = 0; index < 30; index++) {
    const Item: Record<string, AttributeValue> = {
      pk: { S: `PK#${index % 3}` },
      sk: { S: `SK#${index}` },
      packed: { B: Uint8Array.from([0, 255, index]) },
      B: { S: 'no bytes' },
      exact: { N: '12345678901234567890.123' },
      nested: { M: { B: { S: 'AAAA' }, list: { L: [{ B: Uint8Array.from([index]) }, { NULL: true }] } } },
    };
    await stores.client.send(new PutItemCommand({ TableName: 'kept-state', Item }));
  }
  const lines: string[] = [];
  for await (const page of exportTable(stores.client, 'kept-state')) lines.push(...page.map((item) => JSON.stringify(item)));
  await importTable(
    stores.client,
    'back-state',
    lines.map((line) => JSON.parse(line) as ExportedItem),
  );
  const byKey = (items: Awaited<ReturnType<typeof itemsOf>>) =>
    items.toSorted((a, b) => Number(a.sk?.S?.slice(3)) - Number(b.sk?.S?.slice(3)));
  expect(byKey(await itemsOf('back-state'))).toEqual(byKey(await itemsOf('kept-state')));
  expect(lines).toHaveLength(30);
});
