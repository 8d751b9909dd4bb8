import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  SecretsManagerClient,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import { expect, test } from 'vitest';
import { startCloud } from '../../../local/cloud/start-cloud.ts';
import { clientOf, cloudUnderTest } from './cloud-under-test.ts';

test('a secret is read by name, by ARN and by ARN without its suffix', async () => {
  const { client } = await cloudUnderTest();
  const secrets = new SecretsManagerClient(client);
  const { ARN = '' } = await secrets.send(new CreateSecretCommand({ Name: 'pilot/kalshi', SecretString: '{"keyId":"k"}' }));
  for (const SecretId of ['pilot/kalshi', ARN, ARN.slice(0, -7)]) {
    const { SecretString, Name } = await secrets.send(new GetSecretValueCommand({ SecretId }));
    expect({ SecretString, Name }).toEqual({ SecretString: '{"keyId":"k"}', Name: 'pilot/kalshi' });
  }
});

test('a new value becomes current, the one before it stays readable, and both survive a restart', async () => {
  const { cloud, client, dataDir } = await cloudUnderTest();
  const secrets = new SecretsManagerClient(client);
  await secrets.send(new CreateSecretCommand({ Name: 'xai', SecretString: 'one' }));
  await secrets.send(new PutSecretValueCommand({ SecretId: 'xai', SecretString: 'two' }));
  await secrets.send(new UpdateSecretCommand({ SecretId: 'xai', SecretString: 'three', Description: 'the key' }));
  await cloud.close();
  const again = await startCloud({ dataDir, dynamodb: { endpoint: 'http://127.0.0.1:9' } });
  const reader = new SecretsManagerClient(clientOf(again.endpoint));
  const current = await reader.send(new GetSecretValueCommand({ SecretId: 'xai' }));
  const previous = await reader.send(new GetSecretValueCommand({ SecretId: 'xai', VersionStage: 'AWSPREVIOUS' }));
  const { Description } = await reader.send(new DescribeSecretCommand({ SecretId: 'xai' }));
  await again.close();
  expect([current.SecretString, previous.SecretString, Description]).toEqual(['three', 'two', 'the key']);
});

test('a missing secret, a secret without a value and a name taken twice are typed refusals', async () => {
  const { client } = await cloudUnderTest();
  const secrets = new SecretsManagerClient(client);
  const read = (SecretId: string) => secrets.send(new GetSecretValueCommand({ SecretId }));
  await expect(read('nothing')).rejects.toBeInstanceOf(ResourceNotFoundException);
  await secrets.send(new CreateSecretCommand({ Name: 'empty' }));
  await expect(read('empty')).rejects.toThrow(/AWSCURRENT/);
  await expect(secrets.send(new CreateSecretCommand({ Name: 'empty' }))).rejects.toBeInstanceOf(ResourceExistsException);
});

test('only the owner can read the file of a secret', async () => {
  const { client, dataDir } = await cloudUnderTest();
  await new SecretsManagerClient(client).send(new CreateSecretCommand({ Name: 'xai', SecretString: 'key' }));
  const folder = join(dataDir, 'secrets');
  const modes = await Promise.all((await readdir(folder)).map(async (name) => (await stat(join(folder, name))).mode & 0o777));
  expect(modes).toEqual([0o600]);
});
