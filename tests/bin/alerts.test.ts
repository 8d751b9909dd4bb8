import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as sdk from '@aws-sdk/client-sns';
import { SNSClient } from '@aws-sdk/client-sns';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { addListener, listListeners, requireAddress } from '../../bin/alerts/listeners.ts';
import { hidden, verifyPhone } from '../../bin/alerts/verify-phone.ts';
import type { OpenedStore } from '../../bin/open-store.ts';
import { type Cloud, startCloud } from '../../local/cloud/start-cloud.ts';
import { localNames } from '../../local/runner/local-names.ts';

const PHONE = '+15550100';
let cloud: Cloud;
let opened: OpenedStore;
let client: SNSClient;

beforeEach(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'pilot-alerts-'));
  cloud = await startCloud({ dataDir, dynamodb: { endpoint: 'http://127.0.0.1:1' } });
  client = new SNSClient({ endpoint: cloud.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  await client.send(new sdk.CreateTopicCommand({ Name: localNames.topic.split(':').at(-1) }));
  opened = { running: { endpoint: cloud.endpoint }, env: 'local' } as OpenedStore;
  onTestFinished(async () => {
    await cloud.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
});

/** The code in the last text that went out. */
async function texted(): Promise<string> {
  const text = (await cloud.messages()).at(-1)?.deliveries[0]?.text ?? '';
  return /\d{6}/.exec(text)?.[0] ?? '';
}

describe('pilot alerts add', () => {
  test('tells a phone once its owner has typed the code that it was sent', async () => {
    const said: string[] = [];
    const answers = [async () => '000000', texted];
    const code = async () => (await answers.shift()?.()) ?? '';
    await verifyPhone({ sdk, client, code, say: (line) => said.push(line) }, PHONE, false);
    expect(said.join('\n')).toContain('Sent a code to +1•••0100');
    expect(said.join('\n')).toContain('✓ verified');
    expect(said.join('\n')).toContain('! No US sending number');
  });

  test('ends after three wrong codes, and subscribes nobody', async () => {
    const wrong: (string | undefined)[] = [];
    const code = async (why: string | undefined) => {
      wrong.push(why);
      return '000000';
    };
    await expect(verifyPhone({ sdk, client, code, say: () => undefined }, PHONE, false)).rejects.toMatchObject({
      code: 1,
      message: expect.stringContaining('Fix: ask for a new code'),
    });
    expect(wrong).toEqual([undefined, 'the code is wrong or too old', 'the code is wrong or too old']);
    expect(await listListeners(opened)).toEqual([]);
  });

  test('takes the code of an earlier call where nobody can be asked, and says how where there is none', async () => {
    const listener = { way: 'sms', address: PHONE } as const;
    await expect(addListener(opened, { ...listener, code: undefined }, () => undefined)).rejects.toMatchObject({
      code: 2,
      message: expect.stringContaining(`pilot alerts add sms ${PHONE} --code CODE`),
    });
    await addListener(opened, { ...listener, code: await texted() }, () => undefined);
    expect(await listListeners(opened)).toEqual([{ way: 'sms', address: PHONE, confirmed: true }]);
  });

  test('lists an address that has not been confirmed as waiting', async () => {
    await addListener(opened, { way: 'email', address: 'a@example.com', code: undefined }, () => undefined);
    expect(await listListeners(opened)).toEqual([{ way: 'email', address: 'a@example.com', confirmed: false }]);
    const Token = /token (\w+)/.exec((await cloud.messages()).at(-1)?.deliveries[0]?.text ?? '')?.[1];
    await client.send(new sdk.ConfirmSubscriptionCommand({ TopicArn: localNames.topic, Token }));
    expect(await listListeners(opened)).toMatchObject([{ confirmed: true }]);
  });

  test('says what an address looks like, and shows a number only to its owner', () => {
    expect(() => requireAddress('sms', '5550100')).toThrow(/Fix: .*\+15550100/);
    expect(() => requireAddress('webhook', 'http://x')).toThrow(/https:/);
    expect(hidden('+15551234')).toBe('+1•••1234');
  });
});
