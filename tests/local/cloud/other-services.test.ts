import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, QueueDoesNotExist, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { startCloud } from '../../../local/cloud/start-cloud.ts';
import { cloudUnderTest } from './cloud-under-test.ts';

test('a function is invoked by name or ARN and answers with its payload', async () => {
  const { client } = await cloudUnderTest({
    invoke: async (name, payload) => ({
      payload: JSON.stringify({ name, got: JSON.parse(Buffer.from(payload).toString()) }),
      logTail: 'END\n',
    }),
  });
  const lambda = new LambdaClient(client);
  for (const FunctionName of ['control', 'arn:aws:lambda:us-east-1:000000000000:function:control', 'control:$LATEST']) {
    const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify({ reason: 'test' }), LogType: 'Tail' }));
    expect(JSON.parse(answer.Payload?.transformToString() ?? '')).toEqual({ name: 'control', got: { reason: 'test' } });
    expect([answer.StatusCode, answer.FunctionError, Buffer.from(answer.LogResult ?? '', 'base64').toString()]).toEqual([
      200,
      undefined,
      'END\n',
    ]);
  }
});

test('a failing function is an answer with FunctionError, an unknown one an exception, an asynchronous one 202', async () => {
  const ways: boolean[] = [];
  const { client } = await cloudUnderTest({
    invoke: async (name, _payload, { async }) => {
      ways.push(async);
      return name === 'broken' ? { payload: '{"errorType":"Error","errorMessage":"no"}', functionError: 'Unhandled' } : undefined;
    },
  });
  const lambda = new LambdaClient(client);
  const failed = await lambda.send(new InvokeCommand({ FunctionName: 'broken' }));
  expect([failed.FunctionError, failed.Payload?.transformToString()]).toEqual(['Unhandled', '{"errorType":"Error","errorMessage":"no"}']);
  expect((await lambda.send(new InvokeCommand({ FunctionName: 'broken', InvocationType: 'Event' }))).StatusCode).toBe(202);
  await expect(lambda.send(new InvokeCommand({ FunctionName: 'nobody' }))).rejects.toBeInstanceOf(ResourceNotFoundException);
  expect(ways).toEqual([false, true, false]);
});

test('a dead letter is kept as a file and acknowledged with its digest', async () => {
  const { client, dataDir } = await cloudUnderTest();
  const sqs = new SQSClient(client);
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'dead-letters' }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"job":"trade"}' }));
  const [file = ''] = await readdir(join(dataDir, 'sqs', 'dead-letters'));
  expect(JSON.parse(await readFile(join(dataDir, 'sqs', 'dead-letters', file), 'utf8'))).toMatchObject({ body: '{"job":"trade"}' });
  const elsewhere = sqs.send(new SendMessageCommand({ QueueUrl: `${QueueUrl}-other`, MessageBody: 'x' }));
  await expect(elsewhere).rejects.toBeInstanceOf(QueueDoesNotExist);
});

test('a caller is told who signed', async () => {
  const { client } = await cloudUnderTest();
  const identity = await new STSClient(client).send(new GetCallerIdentityCommand({}));
  expect(identity).toMatchObject({ Account: '000000000000', Arn: 'arn:aws:iam::000000000000:role/tester' });
});

test('an unsigned request, an unknown service and an unknown operation are told what to do', async () => {
  const { cloud, client } = await cloudUnderTest();
  const unsigned = await fetch(cloud.endpoint);
  expect([unsigned.status, await unsigned.text()]).toEqual([403, expect.stringContaining('Fix: ')]);
  const authorization = 'AWS4-HMAC-SHA256 Credential=tester/20260101/us-east-1/glue/aws4_request';
  const unknown = await fetch(cloud.endpoint, { headers: { authorization } });
  expect(await unknown.text()).toMatch(/glue is not served locally. Fix: use sns, secretsmanager/);
  const fine = new SNSClient(client).send(new PublishCommand({ TopicArn: 'arn:aws:sns:us-east-1:000000000000:none', Message: 'x' }));
  await expect(fine).rejects.toThrow(/Topic does not exist/);
});

test('a busy port is named with the fix', async () => {
  const { cloud, dataDir } = await cloudUnderTest();
  const port = Number(new URL(cloud.endpoint).port);
  const second = startCloud({ dataDir, port, dynamodb: { endpoint: 'http://127.0.0.1:9' } });
  await expect(second).rejects.toThrow(`port ${port} of the local AWS endpoint is already in use. Fix: `);
});
