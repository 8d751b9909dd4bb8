import { type OpenSns, type SnsTexts, snsChannel } from '../adapters/sns/sns-channel.ts';
import type { Alert } from '../domain/words/alert.ts';
import type { Outlet } from '../jobs/alerts/deliver-alerts.ts';

export interface AlertTopics {
  readonly client: OpenSns;
  /** Whoever listens here is told everything: mail, and AWS's own alarms, which carry nothing to filter on. */
  readonly topicArn: string;
  readonly render: (alert: Alert) => SnsTexts;
}

/** A way out for each column of the noise table, so that a phone can ring later than a mail comes, or not at all. */
export function alertOutlets({ client, topicArn, render }: AlertTopics): readonly Outlet[] {
  const phones = phonesTopic(topicArn);
  return [
    { channel: 'email', by: snsChannel({ name: 'email', client, topicArn, render }) },
    { channel: 'sms', by: snsChannel({ name: 'sms', client, topicArn: phones, render }) },
    { channel: 'webhook', by: snsChannel({ name: 'webhook', client, topicArn: phones, render }) },
  ];
}

/** Phones and webhooks listen beside the mail, each to its own name: a listener without a filter would hear all three. */
export function phonesTopic(alertsTopic: string): string {
  return alertsTopic.replace(/alerts$/, 'phones');
}
