import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTables } from '../../../local/cloud/create-tables.ts';
import { type LocalDynamodb, startDynamodb } from '../../../local/cloud/dynamodb.ts';
import { dynamoStore } from '../../../shared/adapters/dynamodb/dynamo-store.ts';
import type { MakeStore } from '../../contract/store.ts';

/** One engine in memory for a test file, with fresh tables for each store. */
export interface LocalStores {
  readonly client: DynamoDBClient;
  readonly make: MakeStore;
  stop(): Promise<void>;
}

export async function localStores(): Promise<LocalStores> {
  const engine: LocalDynamodb = await startDynamodb({ endpoint: process.env.AWS_ENDPOINT_URL_DYNAMODB });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: engine.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  let made = 0;
  const make: MakeStore = async (now = () => 0) => {
    made += 1;
    const names = { state: `state-${process.pid}-${made}`, reports: `reports-${process.pid}-${made}` };
    await createTables(client, names);
    return dynamoStore({ client, stateTable: names.state, reportsTable: names.reports, now });
  };
  return { client, make, stop: () => engine.stop() };
}
