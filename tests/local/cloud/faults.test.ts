import {
  CreateSecretCommand,
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, InternalErrorException, PublishCommand, SNSClient, ThrottledException } from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { cloudUnderTest } from './cloud-under-test.ts';

test('a fault hits what it names, as often as it says, until it is taken away', async () => {
  const { cloud, client, calls } = await cloudUnderTest();
  const sns = new SNSClient(client);
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'alerts' }));
  const publish = () => sns.send(new PublishCommand({ TopicArn, Message: 'x' }));
  cloud.faults.add({ service: 'sns', resource: ':other', kind: 'failing' });
  await publish();
  cloud.faults.add({ service: 'sns', operation: 'Publish', resource: ':alerts', kind: 'throttled', times: 1 });
  await expect(publish()).rejects.toBeInstanceOf(ThrottledException);
  const repair = cloud.faults.add({ service: 'sns', kind: 'failing' });
  await expect(publish()).rejects.toBeInstanceOf(InternalErrorException);
  await expect(publish()).rejects.toBeInstanceOf(InternalErrorException);
  repair();
  await publish();
  expect(calls.map(({ status }) => status)).toEqual([200, 200, 429, 500, 500, 200]);
  expect((await cloud.messages()).length).toBe(2);
});

test('a secret can be made to be missing', async () => {
  const { cloud, client } = await cloudUnderTest();
  const secrets = new SecretsManagerClient(client);
  await secrets.send(new CreateSecretCommand({ Name: 'xai', SecretString: 'key' }));
  cloud.faults.add({ service: 'secretsmanager', resource: ':secret:xai', kind: 'missing', times: 1 });
  const read = () => secrets.send(new GetSecretValueCommand({ SecretId: 'xai' }));
  await expect(read()).rejects.toBeInstanceOf(ResourceNotFoundException);
  expect((await read()).SecretString).toBe('key');
});
