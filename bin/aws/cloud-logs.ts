import { setTimeout } from 'node:timers/promises';
import { CloudWatchLogsClient, type FilteredLogEvent, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { localNames } from '../../local/runner/local-names.ts';
import type { FunctionName } from '../../shared/system/map.ts';
import { awsFailure } from './aws-failure.ts';

export interface CloudLogs {
  readonly jobs: readonly FunctionName[];
  /** Epoch milliseconds. */
  readonly since: number;
  readonly follow: boolean;
}

const EVERY_MS = 5_000;

/** Lines that functions wrote in AWS, oldest first; with `follow` for ever, as they come. Throws Exit. */
export async function* cloudLines({ jobs, since, follow }: CloudLogs): AsyncGenerator<string> {
  const client = new CloudWatchLogsClient({ maxAttempts: 3 });
  const seen = new Set<string>();
  for (let from = since; ; await setTimeout(EVERY_MS)) {
    const found = (await Promise.all(jobs.map((job) => eventsOf(client, job, from)))).flat();
    const fresh = found.filter(({ eventId = '' }) => !seen.has(eventId)).toSorted((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0));
    for (const { eventId = '', message = '', timestamp = 0 } of fresh) {
      seen.add(eventId);
      from = Math.max(from, timestamp);
      // What AWS itself writes between our lines (START, END, REPORT) is not JSON.
      if (message.startsWith('{')) yield message.trimEnd();
    }
    if (!follow) return;
  }
}

async function eventsOf(client: CloudWatchLogsClient, job: FunctionName, startTime: number): Promise<readonly FilteredLogEvent[]> {
  const all: FilteredLogEvent[] = [];
  let nextToken: string | undefined;
  do {
    const command = new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${localNames.prefix}${job}`, startTime, nextToken });
    const page = await client.send(command).catch((cause: unknown) => {
      throw awsFailure(`logs of ${job}`, cause);
    });
    all.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return all;
}
