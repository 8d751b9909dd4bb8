import {
  CreateTableCommand,
  DynamoDBClient,
  ProvisionedThroughputExceededException,
  ResourceNotFoundException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { startDynamodb } from '../../../local/cloud/dynamodb.ts';
import { clientOf, cloudUnderTest } from './cloud-under-test.ts';

async function tableUnderTest() {
  const engine = await startDynamodb();
  onTestFinished(() => engine.stop());
  const under = await cloudUnderTest({ dynamodb: engine });
  const client = new DynamoDBClient(under.client);
  const [pk, sk, gpk] = ['pk', 'sk', 'gpk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const }));
  await client.send(
    new CreateTableCommand({
      TableName: 'state',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [pk, sk, gpk].filter((one) => one !== undefined),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        { IndexName: 'by-day', KeySchema: [{ AttributeName: 'gpk', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } },
      ],
    }),
  );
  return { ...under, table: DynamoDBDocumentClient.from(client) };
}

const TableName = 'state';
const tableArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/state';

test('items written through the endpoint are in the engine, for every caller the same', async () => {
  const { table, cloud } = await tableUnderTest();
  await table.send(new PutCommand({ TableName, Item: { pk: 'A', sk: '1', count: 3 } }));
  const other = DynamoDBDocumentClient.from(new DynamoDBClient(clientOf(cloud.endpoint, 'somebody-else')));
  expect((await other.send(new GetCommand({ TableName, Key: { pk: 'A', sk: '1' } }))).Item).toEqual({ pk: 'A', sk: '1', count: 3 });
});

test('each call says which items it touches, part by part of a transaction', async () => {
  const { table, calls } = await tableUnderTest();
  const key = { pk: 'A', sk: '1' };
  await table.send(
    new TransactWriteCommand({
      TransactItems: [
        { Put: { TableName, Item: { ...key, gpk: 'day' } } },
        { Update: { TableName, Key: { pk: 'B', sk: '1' }, UpdateExpression: 'SET n = :n', ExpressionAttributeValues: { ':n': 1 } } },
        { ConditionCheck: { TableName, Key: { pk: 'C', sk: '1' }, ConditionExpression: 'attribute_not_exists(pk)' } },
      ],
    }),
  );
  await table.send(
    new QueryCommand({
      TableName,
      IndexName: 'by-day',
      KeyConditionExpression: '#g = :g',
      ExpressionAttributeNames: { '#g': 'gpk' },
      ExpressionAttributeValues: { ':g': 'day' },
    }),
  );
  await table.send(
    new QueryCommand({ TableName, KeyConditionExpression: 'sk > :s AND pk = :p', ExpressionAttributeValues: { ':p': 'A', ':s': '0' } }),
  );
  await table.send(new BatchGetCommand({ RequestItems: { state: { Keys: [key] } } }));
  await table.send(
    new BatchWriteCommand({ RequestItems: { state: [{ DeleteRequest: { Key: key } }, { PutRequest: { Item: { pk: 'D', sk: '1' } } }] } }),
  );
  const need = (action: string, leading: string, resource = tableArn) => ({
    action: `dynamodb:${action}`,
    resource,
    context: { 'dynamodb:LeadingKeys': [leading] },
  });
  expect(calls.slice(1).map(({ operation, needs }) => ({ operation, needs }))).toEqual([
    { operation: 'TransactWriteItems', needs: [need('PutItem', 'A'), need('UpdateItem', 'B'), need('ConditionCheckItem', 'C')] },
    { operation: 'Query', needs: [need('Query', 'day', `${tableArn}/index/by-day`)] },
    { operation: 'Query', needs: [need('Query', 'A')] },
    { operation: 'BatchGetItem', needs: [need('BatchGetItem', 'A')] },
    { operation: 'BatchWriteItem', needs: [need('BatchWriteItem', 'A'), need('BatchWriteItem', 'D')] },
  ]);
});

test("the engine's own refusals pass through with their type", async () => {
  const { table } = await tableUnderTest();
  await expect(table.send(new GetCommand({ TableName: 'nothing', Key: { pk: 'A', sk: '1' } }))).rejects.toBeInstanceOf(
    ResourceNotFoundException,
  );
  const taken = new PutCommand({ TableName, Item: { pk: 'A', sk: '1' }, ConditionExpression: 'attribute_not_exists(pk)' });
  await table.send(taken);
  await expect(table.send(taken)).rejects.toThrow(/conditional request failed/);
});

test('throttling and conflicts can be switched on for the next calls only', async () => {
  const { table, cloud } = await tableUnderTest();
  const put = new PutCommand({ TableName, Item: { pk: 'A', sk: '1' } });
  const both = new TransactWriteCommand({
    TransactItems: [put.input, { ...put.input, Item: { pk: 'B', sk: '1' } }].map((Put) => ({ Put })),
  });
  cloud.faults.add({ service: 'dynamodb', operation: 'PutItem', kind: 'throttled', times: 1 });
  await expect(table.send(put)).rejects.toBeInstanceOf(ProvisionedThroughputExceededException);
  cloud.faults.add({ service: 'dynamodb', kind: 'conflict', times: 2 });
  await expect(table.send(put)).rejects.toBeInstanceOf(TransactionConflictException);
  const cancelled = await table.send(both).catch((error: unknown) => error);
  expect(cancelled).toBeInstanceOf(TransactionCanceledException);
  expect((cancelled as TransactionCanceledException).CancellationReasons?.map(({ Code }) => Code)).toEqual(['TransactionConflict', 'None']);
  await table.send(both);
});

test('a lost answer was done, a dropped connection was not', async () => {
  const { table, cloud } = await tableUnderTest();
  const written = async (pk: string) => (await table.send(new GetCommand({ TableName, Key: { pk, sk: '1' } }))).Item;
  for (const kind of ['lost-answer', 'dropped'] as const) {
    cloud.faults.add({ service: 'dynamodb', operation: 'PutItem', kind, times: 1 });
    await expect(table.send(new PutCommand({ TableName, Item: { pk: kind, sk: '1' } }))).rejects.toThrow(/socket hang up|ECONNRESET/);
  }
  expect(await written('lost-answer')).toEqual({ pk: 'lost-answer', sk: '1' });
  expect(await written('dropped')).toBeUndefined();
});

test('an engine that is gone is named', async () => {
  const { client } = await cloudUnderTest();
  const table = DynamoDBDocumentClient.from(new DynamoDBClient(client));
  const asked = table.send(new GetCommand({ TableName, Key: { pk: 'A' } }));
  await expect(asked).rejects.toThrow('the DynamoDB engine at http://127.0.0.1:9 does not answer. Fix: start it again');
});
