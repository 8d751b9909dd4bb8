import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { createTables } from '../../../local/cloud/create-tables.ts';
import { startDynamodb } from '../../../local/cloud/dynamodb.ts';
import { type Cloud, startCloud } from '../../../local/cloud/start-cloud.ts';
import type { GeneratedKey } from '../../../local/exchange/generate-key.ts';
import { dynamoStore } from '../../../shared/adapters/dynamodb/dynamo-store.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { Store } from '../../../shared/ports/store.ts';

/** AWS for drills, at one address that this process's own clients know: services of one desk differ from another's by name. */
export interface OutageCloud {
  readonly faults: Cloud['faults'];
  /** Names for one desk, with its bucket and its topic made. */
  names(): Promise<CloudNames>;
  /** Tables of those names, and the store on them. */
  store(names: CloudNames, clock: Clock): Promise<Store>;
  keepSecret(names: CloudNames, key: GeneratedKey): Promise<void>;
  /** How many messages went out on a desk's topic. */
  sent(names: CloudNames): Promise<number>;
  close(): Promise<void>;
}

/** The part of a function's environment that the stacks set. */
export interface CloudNames {
  readonly PILOT_STATE_TABLE: string;
  readonly PILOT_REPORTS_TABLE: string;
  readonly PILOT_RECORDINGS_BUCKET: string;
  readonly PILOT_ALERTS_TOPIC: string;
  readonly PILOT_SECRET_KALSHI: string;
}

export async function openOutageCloud(): Promise<OutageCloud> {
  const folder = await mkdtemp(join(tmpdir(), 'pilot-outages-'));
  const engine = await startDynamodb();
  const cloud = await startCloud({ dataDir: folder, dynamodb: engine });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: cloud.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
  const client = new DynamoDBClient({ maxAttempts: 1 });
  let made = 0;
  return {
    faults: cloud.faults,
    names: () => createNames(++made),
    store: async (names, clock) => {
      const tables = { stateTable: names.PILOT_STATE_TABLE, reportsTable: names.PILOT_REPORTS_TABLE };
      await createTables(client, { state: tables.stateTable, reports: tables.reportsTable });
      return dynamoStore({ client, ...tables, now: () => clock.now() });
    },
    keepSecret: async ({ PILOT_SECRET_KALSHI: Name }, { key, privateKey }) => {
      const SecretString = JSON.stringify({ keyId: key.id, privateKey });
      await new SecretsManagerClient().send(new CreateSecretCommand({ Name, SecretString }));
    },
    sent: async ({ PILOT_ALERTS_TOPIC }) => (await cloud.messages()).filter(({ topic }) => topic === PILOT_ALERTS_TOPIC).length,
    close: async () => {
      await cloud.close();
      await engine.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function createNames(number: number): Promise<CloudNames> {
  const Bucket = `recordings-${number}`;
  await new S3Client({ forcePathStyle: true }).send(new CreateBucketCommand({ Bucket }));
  const { TopicArn = '' } = await new SNSClient().send(new CreateTopicCommand({ Name: `drill-${number}-alerts` }));
  return {
    PILOT_STATE_TABLE: `state-${number}`,
    PILOT_REPORTS_TABLE: `reports-${number}`,
    PILOT_RECORDINGS_BUCKET: Bucket,
    PILOT_ALERTS_TOPIC: TopicArn,
    PILOT_SECRET_KALSHI: `kalshi-${number}`,
  };
}
