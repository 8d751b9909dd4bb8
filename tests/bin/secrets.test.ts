import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Cloud, startCloud } from '../../local/cloud/start-cloud.ts';
import { createExchange } from '../../local/exchange/create-exchange.ts';
import { generateKey } from '../../local/exchange/generate-key.ts';
import { type Listening, listen } from '../../local/exchange/server.ts';
import { systemClock } from '../../local/exchange/system-clock.ts';
import { generatedWorld } from '../../local/exchange/world/generated-world.ts';
import { localNames } from '../../local/runner/local-names.ts';
import { callPilot } from './run-pilot.ts';

const key = generateKey('ed25519');
let folder: string;
let cloud: Cloud;
let listening: Listening;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pilot-secrets-'));
  cloud = await startCloud({ dataDir: join(folder, 'cloud'), dynamodb: { endpoint: 'http://127.0.0.1:1' } });
  const world = generatedWorld({ seed: 1, markets: 20, start: systemClock.now(), pastDays: 1 });
  listening = await listen(createExchange({ world, clock: systemClock, keys: [key.key] }));
  const variables = { AWS_ENDPOINT_URL: cloud.endpoint, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
  for (const [name, value] of Object.entries({ ...variables, KALSHI_BASE_URL: listening.baseUrl })) vi.stubEnv(name, value);
  for (const Name of [localNames.kalshiSecret, localNames.xaiSecret])
    await new SecretsManagerClient().send(new CreateSecretCommand({ Name, SecretString: '{"placeholder":"x"}' }));
  writeFileSync(join(folder, 'kalshi.pem'), key.privateKey);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all([cloud.close(), listening.close()]);
  rmSync(folder, { recursive: true, force: true });
});

const stored = async () =>
  (await new SecretsManagerClient().send(new GetSecretValueCommand({ SecretId: localNames.kalshiSecret }))).SecretString ?? '';

describe('the keys of the deployed system', () => {
  test('are kept once they worked, and tested as they are stored', async () => {
    expect(await callPilot('secrets', 'test')).toMatchObject({ code: 0, out: expect.stringMatching(/^- kalshi-pilot\/kalshi {2}not set/) });
    const set = await callPilot('secrets', 'set', 'kalshi', '--key-id', key.key.id, '--key-file', join(folder, 'kalshi.pem'));
    expect(set).toMatchObject({ code: 0, out: expect.stringMatching(/ok, balance \$\d+\.\d\d; stored in kalshi-pilot\/kalshi/) });
    expect(JSON.parse(await stored())).toEqual({ keyId: key.key.id, privateKey: key.privateKey });
    const tested = await callPilot('secrets', 'test', '--json');
    expect(JSON.parse(tested.out)).toMatchObject([{ state: 'ok' }, { state: 'not-set' }]);
    expect(set.out + tested.out).not.toContain('PRIVATE KEY');
  });

  test('are not replaced by one that does not work, through setup either', async () => {
    const stranger = ['--key-id', 'stranger', '--key-file', join(folder, 'kalshi.pem')];
    for (const command of [
      ['secrets', 'set', 'kalshi'],
      ['setup', '--env', 'aws'],
    ])
      expect(await callPilot(...command, ...stranger)).toMatchObject({ code: 1, err: expect.stringContaining('Fix:') });
    expect(await stored()).toContain('placeholder');
    const good = ['setup', '--env', 'aws', '--key-id', key.key.id, '--key-file', join(folder, 'kalshi.pem')];
    expect(await callPilot(...good)).toMatchObject({
      code: 0,
      out: expect.stringContaining('Saved kalshi-pilot/kalshi. Next: pilot aws invoke health'),
    });
    expect(await stored()).toContain(key.key.id);
  });

  test('that stopped working are named with what to do', async () => {
    await callPilot('secrets', 'set', 'kalshi', '--key-id', key.key.id, '--key-file', join(folder, 'kalshi.pem'));
    const other = await listen(
      createExchange({
        world: generatedWorld({ seed: 2, markets: 20, start: systemClock.now(), pastDays: 1 }),
        clock: systemClock,
        keys: [],
      }),
    );
    vi.stubEnv('KALSHI_BASE_URL', other.baseUrl);
    const { code, out } = await callPilot('secrets', 'test');
    await other.close();
    expect([code, out]).toEqual([1, expect.stringMatching(/✗ kalshi-pilot\/kalshi {2}.*Fix: /)]);
  });
});
