import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { expect, it, onTestFinished } from 'vitest';
import { createTables } from '../../../local/cloud/create-tables.ts';
import { startDynamodb } from '../../../local/cloud/dynamodb.ts';
import { dynamoStore } from '../../../shared/adapters/dynamodb/dynamo-store.ts';
import type { Usd } from '../../../shared/domain/money.ts';
import { newestReport } from '../../../shared/jobs/newest-report.ts';
import { keepReport } from '../../../shared/jobs/reports.ts';
import { aReport } from '../../fixtures/a-report.ts';

it('a report can be read in the table’s console: what people look for, in their units; the program reads the whole of it', async () => {
  const engine = await startDynamodb({ endpoint: process.env.AWS_ENDPOINT_URL_DYNAMODB });
  onTestFinished(() => engine.stop());
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: engine.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  const names = { state: `attributes-state-${process.pid}`, reports: `attributes-reports-${process.pid}` };
  await createTables(client, names);
  const store = dynamoStore({ client, stateTable: names.state, reportsTable: names.reports, now: () => 0 });
  const analysis = { text: 'All is calm.', struck: 0, model: 'grok-4.7', cost: 31_228 as Usd, tokens: 1_954, seconds: 2.34 };
  const report = { ...aReport('weekly'), analysis };
  const key = await keepReport(store, report);
  const asked = { ':kind': { S: 'report' } };
  const { Items } = await client.send(
    new QueryCommand({
      TableName: names.reports,
      KeyConditionExpression: '#r = :kind',
      ExpressionAttributeNames: { '#r': 'records' },
      ExpressionAttributeValues: asked,
    }),
  );
  expect(Items).toMatchObject([
    {
      ...{ key: { S: key }, date: { S: report.date }, kind: { S: 'weekly' }, state: { S: report.state }, summary: { S: report.summary } },
      ...{ text: { S: 'All is calm.' }, model: { S: 'grok-4.7' }, cost: { S: '$0.03' }, tokens: { N: '1954' }, seconds: { N: '2.3' } },
      metrics: { M: { all: { M: { 'Cash reserve': { S: '100%' } } } } },
    },
  ]);
  expect((await newestReport(store, 'paper'))?.report).toMatchObject({ kind: 'weekly', analysis });
});
