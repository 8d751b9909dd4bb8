import { ConfirmSubscriptionCommand, CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { severityAttribute, snsChannel, snsClient } from '../../../shared/adapters/sns/sns-channel.ts';
import { emailText } from '../../../shared/domain/words/email.ts';
import { smsText } from '../../../shared/domain/words/sms.ts';
import { alertChannelContract, sampleAlert } from '../../contract/alert-channel-contract.ts';
import { cloudUnderTest } from '../../local/cloud/cloud-under-test.ts';

const toMail = { channels: ['email'] } as const;

async function channelUnderTest() {
  const under = await cloudUnderTest();
  const { maxAttempts: _one, ...settings } = under.client;
  const open = snsClient(settings);
  const { client } = await open();
  const { TopicArn = '' } = await client.send(new CreateTopicCommand({ Name: 'alerts' }));
  const render = (alert: typeof sampleAlert) => {
    const { subject, body } = emailText(alert, 'paper');
    return { subject, email: body, sms: smsText(alert, 'paper') };
  };
  const subscribe = async (Endpoint: string, filter?: readonly string[]): Promise<void> => {
    const Attributes = filter && { FilterPolicy: JSON.stringify({ [severityAttribute]: filter }) };
    await client.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint, ...(Attributes && { Attributes }) }));
    const Token = /[0-9a-f]{64}/.exec((await under.cloud.messages()).at(-1)?.deliveries[0]?.text ?? '')?.[0];
    await client.send(new ConfirmSubscriptionCommand({ TopicArn, Token }));
  };
  const published = async () => (await under.cloud.messages()).filter(({ attributes }) => severityAttribute in attributes);
  return {
    ...under,
    snsClient: open,
    TopicArn,
    render,
    subscribe,
    published,
    channel: snsChannel({ client: open, topicArn: TopicArn, render }),
  };
}

alertChannelContract('SNS', async () => {
  const { channel, cloud, subscribe, published } = await channelUnderTest();
  await subscribe('you@example.com');
  return {
    channel,
    breakIt: (times) =>
      void cloud.faults.add({ service: 'sns', operation: 'Publish', kind: 'failing', ...(times !== undefined && { times }) }),
    arrived: async () => (await published()).flatMap(({ deliveries }) => deliveries.map(({ text }) => text)),
  };
});

test('who filters on severity gets what they asked for and no more', async () => {
  const { channel, subscribe, published } = await channelUnderTest();
  await subscribe('all@example.com');
  await subscribe('urgent@example.com', ['CRITICAL', 'RESOLVED']);
  for (const type of ['CRITICAL', 'WEEKLY_SUMMARY', 'RESOLVED'] as const) await channel.send({ ...sampleAlert, type }, toMail);
  expect((await published()).map(({ deliveries }) => deliveries.map(({ endpoint }) => endpoint))).toEqual([
    ['all@example.com', 'urgent@example.com'],
    ['all@example.com'],
    ['all@example.com', 'urgent@example.com'],
  ]);
});

test('it gives up after three attempts', async () => {
  const { channel, cloud, calls } = await channelUnderTest();
  cloud.faults.add({ service: 'sns', operation: 'Publish', kind: 'throttled' });
  expect((await channel.send(sampleAlert, toMail)).delivered).toBe(false);
  expect(calls.filter(({ operation }) => operation === 'Publish')).toHaveLength(3);
});

test('a subject too long for SNS is cut, not refused', async () => {
  const { snsClient: client, TopicArn, subscribe, published } = await channelUnderTest();
  await subscribe('you@example.com');
  const wordy = snsChannel({
    client,
    topicArn: TopicArn,
    render: () => ({ subject: 'x'.repeat(120), email: 'long', sms: 'short' }),
  });
  expect((await wordy.send(sampleAlert, toMail)).delivered).toBe(true);
  expect((await published())[0]?.deliveries[0]?.subject?.length).toBe(99);
});

test('a topic that does not exist is told with its fix', async () => {
  const { snsClient: client, TopicArn, render } = await channelUnderTest();
  const lost = snsChannel({ client, topicArn: `${TopicArn}-gone`, render });
  expect(await lost.send(sampleAlert, toMail)).toEqual({
    delivered: false,
    detail: expect.stringMatching(/-gone: NotFoundException: .*Fix: create the topic/),
  });
});
