import { CreateSecretCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { secretReader, secretsClient } from '../../../shared/adapters/secrets/secret-reader.ts';
import { kalshiSecret, xaiSecret } from '../../../shared/adapters/secrets/secret-shapes.ts';
import { SecretFailure } from '../../../shared/ports/secrets.ts';
import { clientOf, cloudUnderTest } from '../../local/cloud/cloud-under-test.ts';

const id = 'pilot/xai';

async function secretUnderTest(SecretString?: string) {
  const under = await cloudUnderTest();
  const open = secretsClient(under.client);
  const { client } = await open();
  if (SecretString !== undefined) await client.send(new CreateSecretCommand({ Name: id, SecretString }));
  let now = 1_000_000;
  return {
    ...under,
    client,
    reader: () => secretReader({ client: open, id, shape: xaiSecret, now: () => now }),
    pass: (ms: number) => {
      now += ms;
    },
    store: (text: string) => client.send(new PutSecretValueCommand({ SecretId: id, SecretString: text })),
    reads: () => under.calls.filter(({ operation }) => operation === 'GetSecretValue').length,
  };
}

test('a secret is read in its shape', async () => {
  const { reader } = await secretUnderTest('{"apiKey":"xai-1","note":"ours"}');
  expect(await reader().read()).toEqual({ ready: true, value: { apiKey: 'xai-1' } });
});

test('a secret in hand is good for 300 seconds, for every reader of the same client', async () => {
  const { reader, pass, store, reads } = await secretUnderTest('{"apiKey":"one"}');
  await reader().read();
  await store('{"apiKey":"two"}');
  pass(299_999);
  expect(await reader().read()).toEqual({ ready: true, value: { apiKey: 'one' } });
  expect(reads()).toBe(1);
  pass(1);
  expect(await reader().read()).toEqual({ ready: true, value: { apiKey: 'two' } });
  expect(reads()).toBe(2);
});

test('no secret, an empty one and the placeholder mean not set up, and are asked for again each time', async () => {
  const missing = await secretUnderTest();
  expect(await missing.reader().read()).toEqual({
    ready: false,
    why: 'secret pilot/xai does not exist or is empty. Fix: pilot secrets set',
  });
  await missing.client.send(new CreateSecretCommand({ Name: id }));
  expect(await missing.reader().read()).toMatchObject({ ready: false });
  await missing.store('{"placeholder":"Zx81"}');
  expect(await missing.reader().read()).toEqual({
    ready: false,
    why: 'secret pilot/xai still holds the placeholder it was created with. Fix: pilot secrets set',
  });
  await missing.store('{"apiKey":"now"}');
  expect(await missing.reader().read()).toEqual({ ready: true, value: { apiKey: 'now' } });
});

test('a secret that is taken away is not used once its time is over', async () => {
  const { reader, pass, cloud } = await secretUnderTest('{"apiKey":"one"}');
  await reader().read();
  cloud.faults.add({ service: 'secretsmanager', kind: 'missing' });
  expect((await reader().read()).ready).toBe(true);
  pass(300_000);
  expect((await reader().read()).ready).toBe(false);
});

test('a key in hand is used on while the service fails, without one that is a failure', async () => {
  const { reader, pass, cloud } = await secretUnderTest('{"apiKey":"one"}');
  const repair = cloud.faults.add({ service: 'secretsmanager', kind: 'failing' });
  await expect(reader().read()).rejects.toMatchObject({
    outcome: 'unknown',
    message: expect.stringMatching(/pilot\/xai could not be read.*Fix: /),
  });
  repair();
  await reader().read();
  cloud.faults.add({ service: 'secretsmanager', kind: 'failing' });
  pass(300_000);
  expect(await reader().read()).toEqual({ ready: true, value: { apiKey: 'one' } });
});

test('a role that may not read is told so', async () => {
  const { cloud } = await cloudUnderTest({ authorize: () => 'not authorized' });
  const client = secretsClient(clientOf(cloud.endpoint));
  const read = secretReader({ client, id, shape: z.string(), now: () => 0 }).read();
  await expect(read).rejects.toMatchObject({
    name: 'SecretFailure',
    outcome: 'refused',
    message: expect.stringMatching(/not authorized. Fix: let the role read it/),
  });
});

test('a secret of another shape is a failure that names the field and shows nothing of the text', async () => {
  const { reader, store } = await secretUnderTest('{"apiKey":"","token":"sesame"}');
  const failed = await reader()
    .read()
    .catch((cause: unknown) => cause);
  expect(failed).toBeInstanceOf(SecretFailure);
  expect((failed as Error).message).toBe('secret pilot/xai has no good apiKey. Fix: pilot secrets set');
  await store('sesame');
  const garbled = await reader()
    .read()
    .catch((cause: unknown) => cause);
  expect((garbled as Error).message).toBe('secret pilot/xai is not JSON. Fix: pilot secrets set');
  expect((garbled as Error).cause).toBeUndefined();
});

test('a Kalshi secret needs a key id and a private key', () => {
  const privateKey = '-----BEGIN PRIVATE KEY-----\n…';
  expect(kalshiSecret.safeParse({ keyId: 'a1', privateKey }).success).toBe(true);
  expect(kalshiSecret.safeParse({ keyId: '', privateKey }).success).toBe(false);
  expect(kalshiSecret.safeParse({ keyId: 'a1', privateKey: 'ssh-rsa' }).success).toBe(false);
});
