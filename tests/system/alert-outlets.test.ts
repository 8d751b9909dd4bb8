import { ConfirmSubscriptionCommand, CreateTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { addListener } from '../../bin/alerts/listeners.ts';
import type { OpenedStore } from '../../bin/open-store.ts';
import { localNames } from '../../local/runner/local-names.ts';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import { channelsAttribute, snsClient } from '../../shared/adapters/sns/sns-channel.ts';
import type { Alert } from '../../shared/domain/words/alert.ts';
import { alertOf } from '../../shared/domain/words/alert.ts';
import { emailText } from '../../shared/domain/words/email.ts';
import { defaultNoise } from '../../shared/domain/words/noise.ts';
import { smsText } from '../../shared/domain/words/sms.ts';
import { deliverAlerts, HISTORY, type ToldAlert } from '../../shared/jobs/alerts/deliver-alerts.ts';
import { raiseAlerts } from '../../shared/jobs/alerts/raise-alerts.ts';
import { alertOutlets } from '../../shared/system/alert-outlets.ts';
import { cloudUnderTest } from '../local/cloud/cloud-under-test.ts';

const MINUTE = 60_000;
const PHONE = '+12025550100';
const topicArn = localNames.topic;

/** A mail reader and a phone on one topic, as `pilot alerts add` subscribes them. */
async function listeners() {
  const { cloud, client } = await cloudUnderTest();
  const sns = new SNSClient(client);
  const opened = { running: { endpoint: cloud.endpoint }, env: 'local' } as OpenedStore;
  const add = (way: 'email' | 'sms', address: string, code?: string) => addListener(opened, { way, address, code }, () => undefined);
  const last = async (pattern: RegExp) => pattern.exec((await cloud.messages()).at(-1)?.deliveries[0]?.text ?? '')?.[0];
  await sns.send(new CreateTopicCommand({ Name: topicArn.split(':').at(-1) }));
  await add('email', 'you@example.com');
  await sns.send(new ConfirmSubscriptionCommand({ TopicArn: topicArn, Token: await last(/[0-9a-f]{64}/) }));
  await expect(add('sms', PHONE)).rejects.toThrow('--code');
  await add('sms', PHONE, await last(/\d{6}/));
  const before = (await cloud.messages()).length;
  const published = async () => (await cloud.messages()).slice(before);
  const { maxAttempts: _one, ...settings } = client;
  return { cloud, sns, client: snsClient(settings), published };
}

function render(alert: Alert) {
  const { subject, body } = emailText(alert, 'live');
  return { subject, email: body, sms: smsText(alert, 'live') };
}

/** What a check finds at a time, for the alert policy of the house. `check` returns what each publish so far has reached. */
async function desk() {
  const { client, ...under } = await listeners();
  const clock = { at: 0, now: () => clock.at, sleep: async () => {} };
  const io = { store: memoryStore(() => clock.at), clock, noise: defaultNoise, outlets: alertOutlets({ client, topicArn, render }) };
  const check = async (minutes: number, kind: 'cash-low' | 'breaker' | undefined) => {
    clock.at = minutes * MINUTE;
    const alerts = kind === undefined ? [] : [critical(kind, clock.at)];
    await raiseAlerts(io, 'live', { alerts, judged: ['cash-low', 'breaker'] });
    await deliverAlerts(io);
    return (await under.published()).map(({ deliveries }) => deliveries.map(({ protocol }) => protocol).join(' and '));
  };
  const states = async () => {
    const [told] = (await io.store.records.list(HISTORY)).map(({ body }) => body as ToldAlert);
    return told?.deliveries;
  };
  return { ...under, check, states };
}

function critical(kind: 'cash-low' | 'breaker', at: number): Alert {
  const parts = { type: 'CRITICAL', kind, headline: 'CASH LOW 9.4%', subject: 'cash', happened: 'x', done: 'y', advice: 'z' } as const;
  return alertOf({ at, book: 'live' }, { ...parts, commands: ['pilot risk'], values: {} });
}

test('a halt is one publish that comes by mail and rings at once', async () => {
  const { check, published, states } = await desk();
  expect(await check(0, 'breaker')).toEqual(['email and sms']);
  const [halt] = await published();
  expect(halt?.topic).toBe(topicArn);
  expect(JSON.parse(halt?.attributes[channelsAttribute] ?? '')).toEqual(['email', 'sms', 'webhook']);
  expect(halt?.deliveries[0]?.text).toMatch(/^KALSHI LIVE/);
  const details = Object.values((await states()) ?? {}).map(({ detail }) => detail);
  expect(details).toEqual(Array(3).fill(`SNS message ${halt?.id}`));
});

test('what is only pressing is mailed at once, and rings when it is still so after 15 minutes; mail is reminded why', async () => {
  const { check, published } = await desk();
  expect(await check(0, 'cash-low')).toEqual(['email']);
  expect(await check(10, 'cash-low')).toEqual(['email']);
  expect(await check(15, 'cash-low')).toEqual(['email', 'email and sms']);
  expect(await check(25, 'cash-low')).toEqual(['email', 'email and sms']);
  const [first, second] = await published();
  const due = [first, second].map((message) => JSON.parse(message?.attributes[channelsAttribute] ?? ''));
  expect(due).toEqual([['email', 'webhook'], ['sms']]);
  const [mail, text] = second?.deliveries.map(({ text }) => text) ?? [];
  expect(first?.deliveries[0]?.text).not.toContain('Still so');
  expect(mail).toMatch(/^Still so after 15 minutes: the phone is told now, too\.\n\nKALSHI LIVE/);
  expect(text).toBe(smsText(critical('cash-low', 15 * MINUTE), 'live'));
});

test('what was over before it rang never rings, and its end is mailed', async () => {
  const { check } = await desk();
  await check(0, 'cash-low');
  await check(10, undefined);
  expect(await check(21, undefined)).toEqual(['email', 'email']);
});

test('a publish that fails is recorded for each channel that it carried, and tried again as one', async () => {
  const { check, cloud, states } = await desk();
  cloud.faults.add({ service: 'sns', operation: 'Publish', kind: 'failing', times: 3 });
  expect(await check(0, 'breaker')).toEqual([]);
  const waiting = { state: 'waiting', tries: 1, at: 0, detail: expect.stringContaining('Fix: ') };
  expect(await states()).toEqual({ email: waiting, sms: waiting, webhook: waiting });
  expect(await check(10, 'breaker')).toEqual(['email and sms']);
  const delivered = { state: 'delivered', tries: 2, at: 10 * MINUTE, detail: expect.stringContaining('SNS message') };
  expect(await states()).toEqual({ email: delivered, sms: delivered, webhook: delivered });
});

test('a phone whose call fails is tried again by itself: what was mailed before stays delivered', async () => {
  const { check, cloud, states } = await desk();
  await check(0, 'cash-low');
  cloud.faults.add({ service: 'sns', operation: 'Publish', kind: 'failing', times: 3 });
  expect(await check(15, 'cash-low')).toEqual(['email']);
  expect(await check(20, 'cash-low')).toEqual(['email', 'email and sms']);
  expect(await states()).toMatchObject({ email: { state: 'delivered', tries: 1 }, webhook: { state: 'delivered', tries: 1 } });
});

test('an alarm of AWS itself carries nothing to filter on, and reaches the mail alone', async () => {
  const { sns, published } = await listeners();
  await sns.send(new PublishCommand({ TopicArn: topicArn, Subject: 'ALARM', Message: 'no scan for 45 minutes' }));
  expect((await published()).flatMap(({ deliveries }) => deliveries.map(({ protocol }) => protocol))).toEqual(['email']);
});
