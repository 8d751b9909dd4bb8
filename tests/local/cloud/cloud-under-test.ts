import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CloudCall } from '../../../local/cloud/cloud-call.ts';
import { type Cloud, type CloudOptions, startCloud } from '../../../local/cloud/start-cloud.ts';

/** An endpoint on an empty folder, gone after the test, and the settings every client of it needs. */
export async function cloudUnderTest(options: Partial<CloudOptions> = {}): Promise<{
  readonly cloud: Cloud;
  readonly dataDir: string;
  readonly calls: readonly CloudCall[];
  readonly client: ReturnType<typeof clientOf>;
}> {
  const dataDir = options.dataDir ?? (await emptyFolder());
  const calls: CloudCall[] = [];
  const cloud = await startCloud({ dynamodb: { endpoint: 'http://127.0.0.1:9' }, onCall: (call) => calls.push(call), ...options, dataDir });
  onTestFinished(() => cloud.close());
  return { cloud, dataDir, calls, client: clientOf(cloud.endpoint) };
}

/** One attempt only, so that a failure is seen as it is. */
export function clientOf(endpoint: string, principal = 'tester') {
  return { endpoint, region: 'us-east-1', credentials: { accessKeyId: principal, secretAccessKey: 'local' }, maxAttempts: 1 };
}

export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pilot-cloud-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
