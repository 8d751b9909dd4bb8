import { CreateTableCommand, type DynamoDBClient, ResourceInUseException, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { type TableName, tables } from '../../shared/system/map.ts';

/** Creates the tables of the map under these names, as the stack does; those that exist stay as they are. */
export async function createTables(client: DynamoDBClient, names: Readonly<Record<TableName, string>>): Promise<void> {
  for (const table of Object.keys(tables) as TableName[]) await createTable(client, table, names[table]);
}

async function createTable(client: DynamoDBClient, table: TableName, TableName: string): Promise<void> {
  const { partitionKey, sortKey, ttl } = tables[table];
  try {
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [partitionKey, sortKey].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
        KeySchema: [
          { AttributeName: partitionKey, KeyType: 'HASH' },
          { AttributeName: sortKey, KeyType: 'RANGE' },
        ],
      }),
    );
    const TimeToLiveSpecification = { AttributeName: ttl, Enabled: true };
    await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
}
