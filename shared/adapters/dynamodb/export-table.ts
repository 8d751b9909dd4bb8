import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';

type Item = Readonly<Record<string, unknown>>;

/** Every item of a table, a page at a time. Reads the whole table: for backups only. */
export async function* exportTable(client: DynamoDBClient, table: string): AsyncGenerator<readonly Item[]> {
  const documents = DynamoDBDocumentClient.from(client);
  let from: Record<string, unknown> | undefined;
  do {
    const { Items, LastEvaluatedKey } = await documents.send(
      new ScanCommand({ TableName: table, ConsistentRead: true, ExclusiveStartKey: from }),
    );
    yield Items ?? [];
    from = LastEvaluatedKey;
  } while (from !== undefined);
}

const BATCH = 25;

/** Puts items back as they were; what has the same keys is replaced. */
export async function importTable(client: DynamoDBClient, table: string, items: readonly Item[]): Promise<void> {
  const documents = DynamoDBDocumentClient.from(client);
  for (let start = 0; start < items.length; start += BATCH) {
    let left: readonly Item[] = items.slice(start, start + BATCH);
    while (left.length > 0) {
      const { UnprocessedItems } = await documents.send(
        new BatchWriteCommand({ RequestItems: { [table]: left.map((Item) => ({ PutRequest: { Item: { ...Item } } })) } }),
      );
      left = (UnprocessedItems?.[table] ?? []).flatMap(({ PutRequest }) => PutRequest?.Item ?? []);
    }
  }
}
