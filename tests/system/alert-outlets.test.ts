import {
  ConfirmSubscriptionCommand,
  CreateSMSSandboxPhoneNumberCommand,
  CreateTopicCommand,
  SNSClient,
  SubscribeCommand,
  VerifySMSSandboxPhoneNumberCommand,
} from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import { channelAttribute, severityAttribute, snsClient } from '../../shared/adapters/sns/sns-channel.ts';
import type { Alert } from '../../shared/domain/words/alert.ts';
import { alertOf } from '../../shared/domain/words/alert.ts';
import { emailText } from '../../shared/domain/words/email.ts';
import { defaultNoise } from '../../shared/domain/words/noise.ts';
import { smsText } from '../../shared/domain/words/sms.ts';
import { deliverAlerts, HISTORY, type ToldAlert } from '../../shared/jobs/alerts/deliver-alerts.ts';
import { raiseAlerts } from '../../shared/jobs/alerts/raise-alerts.ts';
import { alertOutlets, phonesTopic } from '../../shared/system/alert-outlets.ts';
import { cloudUnderTest } from '../local/cloud/cloud-under-test.ts';

const MINUTE = 60_000;
const PHONE = '+12025550100';

/** One mail reader and one phone behind their topics, as `pilot alerts add` subscribes them. */
async function listeners() {
  const { cloud, client } = await cloudUnderTest();
  const sns = new SNSClient(client);
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'pilot-alerts' }));
  await sns.send(new CreateTopicCommand({ Name: 'pilot-phones' }));
  const last = async (pattern: RegExp) => pattern.exec((await cloud.messages()).at(-1)?.deliveries[0]?.text ?? '')?.[0];
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'you@example.com' }));
  await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: await last(/[0-9a-f]{64}/) }));
  await sns.send(new CreateSMSSandboxPhoneNumberCommand({ PhoneNumber: PHONE }));
  await sns.send(new VerifySMSSandboxPhoneNumberCommand({ PhoneNumber: PHONE, OneTimePassword: await last(/\d{6}/) }));
  const FilterPolicy = JSON.stringify({ [channelAttribute]: ['sms'], [severityAttribute]: ['CRITICAL', 'RESOLVED'] });
  await sns.send(new SubscribeCommand({ TopicArn: phonesTopic(TopicArn), Protocol: 'sms', Endpoint: PHONE, Attributes: { FilterPolicy } }));
  const before = (await cloud.messages()).length;
  const heard = async () => (await cloud.messages()).slice(before).flatMap(({ deliveries }) => deliveries.map(({ protocol }) => protocol));
  const { maxAttempts: _one, ...settings } = client;
  return { cloud, topicArn: TopicArn, client: snsClient(settings), heard };
}

function render(alert: Alert) {
  const { subject, body } = emailText(alert, 'live');
  return { subject, email: body, sms: smsText(alert, 'live') };
}

/** What a check finds at a time, for the alert policy of the house. */
async function desk() {
  const { heard, ...topics } = await listeners();
  const clock = { at: 0, now: () => clock.at, sleep: async () => {} };
  const io = { store: memoryStore(() => clock.at), clock, noise: defaultNoise, outlets: alertOutlets({ ...topics, render }) };
  const check = async (minutes: number, kind: 'cash-low' | 'breaker' | undefined) => {
    clock.at = minutes * MINUTE;
    const alerts = kind === undefined ? [] : [critical(kind, clock.at)];
    await raiseAlerts(io, 'live', { alerts, judged: ['cash-low', 'breaker'] });
    await deliverAlerts(io);
    return heard();
  };
  return { ...topics, store: io.store, check };
}

function critical(kind: 'cash-low' | 'breaker', at: number): Alert {
  const parts = { type: 'CRITICAL', kind, headline: 'CASH LOW 9.4%', subject: 'cash', happened: 'x', done: 'y', advice: 'z' } as const;
  return alertOf({ at, book: 'live' }, { ...parts, commands: ['pilot risk'], values: {} });
}

test('a halt rings at once', async () => {
  const { check } = await desk();
  expect((await check(0, 'breaker')).toSorted()).toEqual(['email', 'sms']);
});

test('what is only pressing is mailed at once, and rings when it is still so after 15 minutes', async () => {
  const { check } = await desk();
  expect(await check(0, 'cash-low')).toEqual(['email']);
  expect(await check(10, 'cash-low')).toEqual(['email']);
  expect(await check(20, 'cash-low')).toEqual(['email', 'sms']);
  expect(await check(30, 'cash-low')).toEqual(['email', 'sms']);
});

test('what was over before it rang never rings, and its end is mailed', async () => {
  const { check } = await desk();
  await check(0, 'cash-low');
  await check(10, undefined);
  expect(await check(21, undefined)).toEqual(['email', 'email']);
});

test('a phone that cannot be reached keeps no mail from going out, and is tried again', async () => {
  const { check, cloud, store } = await desk();
  cloud.faults.add({ service: 'sns', operation: 'Publish', kind: 'failing', times: 3 });
  await check(0, 'breaker');
  const states = async () => {
    const [told] = (await store.records.list(HISTORY)).map(({ body }) => body as ToldAlert);
    return Object.values(told?.deliveries ?? {}).map(({ state }) => state);
  };
  expect((await states()).toSorted()).toEqual(['delivered', 'delivered', 'waiting']);
  expect((await check(10, 'breaker')).toSorted()).toEqual(['email', 'sms']);
  expect(await states()).toEqual(['delivered', 'delivered', 'delivered']);
});
