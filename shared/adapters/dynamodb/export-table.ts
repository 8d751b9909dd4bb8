import { type AttributeValue, BatchWriteItemCommand, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';

/** An item in DynamoDB's own JSON, each value with its type and bytes as base64: as text it is still all of the item. */
export type ExportedItem = Readonly<Record<string, unknown>>;

type Attributes = Readonly<Record<string, AttributeValue>>;

/** Every item of a table, a page at a time. Reads the whole table: for backups only. */
export async function* exportTable(client: DynamoDBClient, table: string): AsyncGenerator<readonly ExportedItem[]> {
  let from: Record<string, AttributeValue> | undefined;
  do {
    const { Items, LastEvaluatedKey } = await client.send(
      new ScanCommand({ TableName: table, ConsistentRead: true, ExclusiveStartKey: from }),
    );
    yield (Items ?? []).map((item) => JSON.parse(JSON.stringify(item, bytesToText)) as ExportedItem);
    from = LastEvaluatedKey;
  } while (from !== undefined);
}

const BATCH = 25;

/** Puts items back as they were exported; what has the same keys is replaced. */
export async function importTable(client: DynamoDBClient, table: string, items: readonly ExportedItem[]): Promise<void> {
  for (let start = 0; start < items.length; start += BATCH) {
    let left: readonly Attributes[] = items
      .slice(start, start + BATCH)
      .map((item) => JSON.parse(JSON.stringify(item), textToBytes) as Attributes);
    while (left.length > 0) {
      const { UnprocessedItems } = await client.send(
        new BatchWriteItemCommand({ RequestItems: { [table]: left.map((Item) => ({ PutRequest: { Item: { ...Item } } })) } }),
      );
      left = (UnprocessedItems?.[table] ?? []).flatMap(({ PutRequest }) => (PutRequest?.Item ? [PutRequest.Item] : []));
    }
  }
}

function bytesToText(_name: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}

/** Only a value of type B is text here: an attribute of that name has a typed value, which is an object. */
function textToBytes(name: string, value: unknown): unknown {
  return name === 'B' && typeof value === 'string' ? Uint8Array.from(Buffer.from(value, 'base64')) : value;
}
