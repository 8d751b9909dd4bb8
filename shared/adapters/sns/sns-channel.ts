import type { SNSClient, SNSClientConfig } from '@aws-sdk/client-sns';
import type { Alert } from '../../domain/words/alert.ts';
import { passedOnLine } from '../../domain/words/passed-on.ts';
import type { AlertChannel } from '../../ports/alerts.ts';

/** What each kind of listener is sent. */
export interface SnsTexts {
  /** ASCII, one line. */
  readonly subject: string;
  readonly email: string;
  readonly sms: string;
}

type Sdk = typeof import('@aws-sdk/client-sns');

/** Opens the client, once. */
export type OpenSns = () => Promise<{ readonly sdk: Sdk; readonly client: SNSClient }>;

export interface SnsChannelOptions {
  readonly client: OpenSns;
  readonly topicArn: string;
  readonly render: (alert: Alert) => SnsTexts;
}

/** Message attributes that subscriptions filter on: the alert's type, and the channels that are due. */
export const severityAttribute = 'severity';
export const channelsAttribute = 'channels';

/** SNS refuses 100 characters and more. */
const longestSubject = 99;

/** Three attempts, five seconds each: an alert must not hold up the run that raises it. */
const bounds = { maxAttempts: 3, requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 } } as const;

/** The SDK is loaded with the first alert: most runs have nothing to say. */
export function snsClient(config: SNSClientConfig = {}): OpenSns {
  let opened: ReturnType<OpenSns> | undefined;
  return () => {
    opened ??= import('@aws-sdk/client-sns').then((sdk) => ({ sdk, client: new sdk.SNSClient({ ...bounds, ...config }) }));
    return opened;
  };
}

/**
 * One publish for all channels that are due, with a text for each protocol; mail filters nothing, so it is told why it
 * comes where it is not due itself. An answer that was lost is asked for again, so an alert may arrive twice, never not
 * at all. What did not go out comes back as a value.
 */
export function snsChannel({ client: open, topicArn, render }: SnsChannelOptions): AlertChannel {
  return {
    async send(alert, due) {
      const { subject, email, sms } = render(alert);
      const line = passedOnLine(alert, due);
      const mail = line === undefined ? email : `${line}\n\n${email}`;
      const message = {
        TopicArn: topicArn,
        Subject: subject.slice(0, longestSubject),
        MessageStructure: 'json',
        Message: JSON.stringify({ default: email, email: mail, sms }),
        MessageAttributes: {
          [severityAttribute]: { DataType: 'String', StringValue: alert.type },
          [channelsAttribute]: { DataType: 'String.Array', StringValue: JSON.stringify(due.channels) },
        },
      };
      try {
        const { sdk, client } = await open();
        const { MessageId } = await client.send(new sdk.PublishCommand(message));
        return { delivered: true, ...(MessageId !== undefined && { detail: `SNS message ${MessageId}` }) };
      } catch (cause) {
        const { name, message } = cause instanceof Error ? cause : { name: 'Error', message: String(cause) };
        return {
          delivered: false,
          detail: `SNS ${topicArn}: ${name}: ${message}. Fix: ${fixes[name] ?? 'pilot alerts test, and see how SNS is'}`,
        };
      }
    },
  };
}

const fixes: Readonly<Record<string, string>> = {
  NotFoundException: 'create the topic: `npm start` does on this machine, deploying the state stack does in AWS',
  AuthorizationErrorException: 'let the role publish; the map in shared/system says which function may',
  CredentialsProviderError: 'give AWS credentials',
};
