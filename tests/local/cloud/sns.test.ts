import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ConfirmSubscriptionCommand,
  CreateSMSSandboxPhoneNumberCommand,
  CreateTopicCommand,
  GetSMSSandboxAccountStatusCommand,
  InvalidParameterException,
  ListOriginationNumbersCommand,
  ListSubscriptionsByTopicCommand,
  NotFoundException,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
  VerificationException,
  VerifySMSSandboxPhoneNumberCommand,
} from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { type Cloud, startCloud } from '../../../local/cloud/start-cloud.ts';
import { clientOf, cloudUnderTest } from './cloud-under-test.ts';

async function topicUnderTest() {
  const under = await cloudUnderTest();
  const sns = new SNSClient(under.client);
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'alerts' }));
  return { ...under, sns, TopicArn };
}

async function subscribeEmail(cloud: Cloud, sns: SNSClient, TopicArn: string, Endpoint: string, filter?: object): Promise<string> {
  const Attributes = filter && { FilterPolicy: JSON.stringify(filter) };
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint, ...(Attributes && { Attributes }) }));
  const token = /[0-9a-f]{64}/.exec((await cloud.messages()).at(-1)?.deliveries[0]?.text ?? '')?.[0];
  const { SubscriptionArn = '' } = await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: token }));
  return SubscriptionArn;
}

async function verifyPhone(cloud: Cloud, sns: SNSClient, PhoneNumber: string): Promise<void> {
  await sns.send(new CreateSMSSandboxPhoneNumberCommand({ PhoneNumber }));
  const code = /\d{6}/.exec((await cloud.messages()).at(-1)?.deliveries[0]?.text ?? '')?.[0];
  await sns.send(new VerifySMSSandboxPhoneNumberCommand({ PhoneNumber, OneTimePassword: code }));
}

const texts = JSON.stringify({ default: 'plain', sms: 'short', email: 'long' });

test('one publish gives each protocol its own text', async () => {
  const { cloud, sns, TopicArn } = await topicUnderTest();
  await subscribeEmail(cloud, sns, TopicArn, 'you@example.com');
  await verifyPhone(cloud, sns, '+12025550100');
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sms', Endpoint: '+12025550100' }));
  const { MessageId } = await sns.send(new PublishCommand({ TopicArn, Message: texts, MessageStructure: 'json', Subject: 'Halted' }));
  const message = (await cloud.messages()).at(-1);
  expect(message?.id).toBe(MessageId);
  expect(message?.deliveries).toEqual([
    { protocol: 'email', endpoint: 'you@example.com', subject: 'Halted', text: 'long' },
    { protocol: 'sms', endpoint: '+12025550100', text: 'short' },
  ]);
});

test('a filter policy keeps a message from those who did not ask for its severity', async () => {
  const { cloud, sns, TopicArn } = await topicUnderTest();
  await subscribeEmail(cloud, sns, TopicArn, 'all@example.com');
  await subscribeEmail(cloud, sns, TopicArn, 'critical@example.com', { severity: ['CRITICAL', { prefix: 'RES' }] });
  await subscribeEmail(cloud, sns, TopicArn, 'not-weekly@example.com', { severity: [{ 'anything-but': 'WEEKLY_SUMMARY' }] });
  const reached = async (severity: string): Promise<readonly string[]> => {
    const MessageAttributes = { severity: { DataType: 'String', StringValue: severity } };
    await sns.send(new PublishCommand({ TopicArn, Message: 'text', MessageAttributes }));
    return (await cloud.messages()).at(-1)?.deliveries.map(({ endpoint }) => endpoint) ?? [];
  };
  expect(await reached('CRITICAL')).toEqual(['all@example.com', 'critical@example.com', 'not-weekly@example.com']);
  expect(await reached('RESOLVED')).toEqual(['all@example.com', 'critical@example.com', 'not-weekly@example.com']);
  expect(await reached('WARNING')).toEqual(['all@example.com', 'not-weekly@example.com']);
  expect(await reached('WEEKLY_SUMMARY')).toEqual(['all@example.com']);
});

test('of several values one is enough to pass a filter, and what is no list of texts is refused', async () => {
  const { cloud, sns, TopicArn } = await topicUnderTest();
  await subscribeEmail(cloud, sns, TopicArn, 'sms@example.com', { channels: ['sms'] });
  await subscribeEmail(cloud, sns, TopicArn, 'webhook@example.com', { channels: ['webhook'] });
  const send = (StringValue: string) => {
    const MessageAttributes = { channels: { DataType: 'String.Array', StringValue } };
    return sns.send(new PublishCommand({ TopicArn, Message: 'text', MessageAttributes }));
  };
  const reached = async (channels: readonly string[]): Promise<readonly string[]> => {
    await send(JSON.stringify(channels));
    return (await cloud.messages()).at(-1)?.deliveries.map(({ endpoint }) => endpoint) ?? [];
  };
  expect(await reached(['email', 'sms'])).toEqual(['sms@example.com']);
  expect(await reached(['sms', 'webhook'])).toEqual(['sms@example.com', 'webhook@example.com']);
  expect(await reached([])).toEqual([]);
  await expect(send('sms')).rejects.toBeInstanceOf(InvalidParameterException);
});

test('what carries no attribute passes no filter: an alarm of AWS itself reaches only who filters nothing', async () => {
  const { cloud, sns, TopicArn } = await topicUnderTest();
  await subscribeEmail(cloud, sns, TopicArn, 'all@example.com');
  await subscribeEmail(cloud, sns, TopicArn, 'not-sms@example.com', { channel: [{ exists: false }] });
  await sns.send(new PublishCommand({ TopicArn, Message: 'ALARM' }));
  expect((await cloud.messages()).at(-1)?.deliveries.map(({ endpoint }) => endpoint)).toEqual(['all@example.com']);
  const MessageAttributes = { severity: { DataType: 'String', StringValue: 'WARNING' } };
  await sns.send(new PublishCommand({ TopicArn, Message: 'text', MessageAttributes }));
  expect((await cloud.messages()).at(-1)?.deliveries.map(({ endpoint }) => endpoint)).toEqual(['all@example.com', 'not-sms@example.com']);
});

test('an address hears nothing before it has confirmed, nor after it has left', async () => {
  const { cloud, sns, TopicArn } = await topicUnderTest();
  const { SubscriptionArn } = await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'you@example.com' }));
  expect(SubscriptionArn).toBe('pending confirmation');
  const listed = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  expect(listed.Subscriptions?.map((one) => one.SubscriptionArn)).toEqual(['PendingConfirmation']);
  await sns.send(new PublishCommand({ TopicArn, Message: 'too early' }));
  expect((await cloud.messages()).at(-1)?.deliveries).toEqual([]);
  const confirmed = await subscribeEmail(cloud, sns, TopicArn, 'other@example.com');
  await sns.send(new UnsubscribeCommand({ SubscriptionArn: confirmed }));
  await sns.send(new PublishCommand({ TopicArn, Message: 'too late' }));
  expect((await cloud.messages()).at(-1)?.deliveries).toEqual([]);
});

test('a phone in the sandbox gets nothing until its code was typed in, and a wrong code is refused', async () => {
  const { cloud, sns, TopicArn } = await topicUnderTest();
  const PhoneNumber = '+12025550100';
  expect((await sns.send(new GetSMSSandboxAccountStatusCommand({}))).IsInSandbox).toBe(true);
  expect((await sns.send(new ListOriginationNumbersCommand({}))).PhoneNumbers).toEqual([]);
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sms', Endpoint: PhoneNumber }));
  await sns.send(new PublishCommand({ TopicArn, Message: 'text' }));
  expect((await cloud.messages()).at(-1)?.deliveries[0]?.undelivered).toContain('not verified');
  await sns.send(new CreateSMSSandboxPhoneNumberCommand({ PhoneNumber }));
  const wrong = sns.send(new VerifySMSSandboxPhoneNumberCommand({ PhoneNumber, OneTimePassword: '000000' }));
  await expect(wrong).rejects.toBeInstanceOf(VerificationException);
  await verifyPhone(cloud, sns, PhoneNumber);
  await sns.send(new PublishCommand({ PhoneNumber, Message: 'direct' }));
  expect((await cloud.messages()).at(-1)?.deliveries).toEqual([{ protocol: 'sms', endpoint: PhoneNumber, text: 'direct' }]);
});

test('what SNS would refuse is refused with its typed error', async () => {
  const { sns, TopicArn } = await topicUnderTest();
  const publish = (input: object) => sns.send(new PublishCommand({ TopicArn, Message: 'text', ...input }));
  await expect(publish({ TopicArn: `${TopicArn}-other` })).rejects.toBeInstanceOf(NotFoundException);
  await expect(publish({ Subject: 'two\nlines' })).rejects.toThrow(/Subject/);
  await expect(publish({ Message: '{"sms":"no default"}', MessageStructure: 'json' })).rejects.toThrow(/No default entry/);
  await expect(publish({ Message: '{broken', MessageStructure: 'json' })).rejects.toBeInstanceOf(InvalidParameterException);
  const subscribe = (input: object) =>
    sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'you@example.com', ...input }));
  await expect(subscribe({ Attributes: { FilterPolicy: '{"severity":"CRITICAL"}' } })).rejects.toThrow(/FilterPolicy/);
  await expect(subscribe({ Protocol: 'sms', Endpoint: '5550100' })).rejects.toThrow(/E.164/);
  await expect(subscribe({ Protocol: 'fax' })).rejects.toThrow(/fax is not served locally/);
});

test('topics, listeners and messages are still there after a restart', async () => {
  const { cloud, dataDir, sns, TopicArn } = await topicUnderTest();
  await subscribeEmail(cloud, sns, TopicArn, 'you@example.com');
  await cloud.close();
  const again = await startCloud({ dataDir, dynamodb: { endpoint: 'http://127.0.0.1:9' } });
  await new SNSClient(clientOf(again.endpoint)).send(new PublishCommand({ TopicArn, Message: 'back' }));
  const messages = await again.messages();
  await again.close();
  expect(messages.map(({ deliveries }) => deliveries.map(({ text }) => text))).toEqual([[expect.stringContaining('token')], ['back']]);
});

test('a corrupt state file stops the start, is named with the fix, and stays as it was', async () => {
  const { cloud, dataDir } = await topicUnderTest();
  await cloud.close();
  const file = join(dataDir, 'sns', 'state.json');
  const half = (await readFile(file, 'utf8')).slice(0, 20);
  await writeFile(file, half);
  const start = startCloud({ dataDir, dynamodb: { endpoint: 'http://127.0.0.1:9' } });
  await expect(start).rejects.toThrow(new RegExp(`${file}.*not JSON.*Fix: .*move it away`));
  expect(await readFile(file, 'utf8')).toBe(half);
  expect(await readdir(join(dataDir, 'sns'))).toEqual(['state.json']);
});
