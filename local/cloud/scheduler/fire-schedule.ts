import { randomUUID } from 'node:crypto';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { localRegion } from '../arn.ts';
import { queueUrl } from '../template/local-names.ts';
import type { Schedule } from './timetable.ts';

/**
 * One tick: starts the function for the time it was scheduled at, signed by the schedule's role, as often as it may be
 * tried; then the event goes to the dead-letter queue. False when the function was not started.
 * Source: EventBridge Scheduler User Guide, "Adding context attributes" and "Configuring a dead-letter queue".
 */
export async function fireSchedule(schedule: Schedule, at: number, endpoint: string): Promise<boolean> {
  const client = { endpoint, region: localRegion, credentials: { accessKeyId: schedule.role, secretAccessKey: 'local' }, maxAttempts: 1 };
  const lambda = new LambdaClient(client);
  const id = randomUUID();
  for (let attempt = 1; attempt <= 1 + schedule.retries; attempt += 1) {
    const Payload = eventOf(schedule, at, id, attempt);
    const started = await lambda.send(new InvokeCommand({ FunctionName: schedule.target, InvocationType: 'Event', Payload })).then(
      () => true,
      () => false,
    );
    if (started) return true;
  }
  if (schedule.deadLetters !== undefined) {
    const QueueUrl = queueUrl(endpoint, schedule.deadLetters.split(':').at(-1) ?? '');
    await new SQSClient(client).send(new SendMessageCommand({ QueueUrl, MessageBody: eventOf(schedule, at, id, 1 + schedule.retries) }));
  }
  return false;
}

function eventOf(schedule: Schedule, at: number, id: string, attempt: number): string {
  const facts: Readonly<Record<string, string>> = {
    'scheduled-time': `${new Date(at).toISOString().slice(0, 19)}Z`,
    'schedule-arn': schedule.arn,
    'execution-id': id,
    'attempt-number': String(attempt),
  };
  return schedule.input.replace(/<aws\.scheduler\.([\w-]+)>/g, (whole, name: string) => facts[name] ?? whole);
}
