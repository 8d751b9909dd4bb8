import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { type FunctionName, functionNames, functions } from '../../shared/system/map.ts';
import { createTables } from '../cloud/create-tables.ts';
import { startDynamodb } from '../cloud/dynamodb.ts';
import { type Cloud, startCloud } from '../cloud/start-cloud.ts';
import { callHandler } from './handlers.ts';
import { localNames } from './local-names.ts';

/** AWS as far as the functions use it, on this machine, with the functions behind it. */
export interface Services {
  readonly cloud: Cloud;
  /** Whose DynamoDB it is, in words. */
  readonly engine: string;
  call(name: FunctionName, event: unknown): Promise<unknown>;
  close(): Promise<void>;
}

export interface ServicesOptions {
  readonly folder: string;
  readonly now: () => number;
  readonly log: (line: string) => void;
}

/** Starts them on a folder's files and tells this process's AWS clients where they are. */
export async function openServices({ folder, now, log }: ServicesOptions): Promise<Services> {
  const engine = await startDynamodb({ endpoint: process.env.AWS_ENDPOINT_URL_DYNAMODB, dataPath: join(folder, 'dynamodb.sqlite') });
  const call = (name: FunctionName, event: unknown) => callHandler(name, event, functions[name].timeoutSeconds);
  const cloud = await startCloud({ dataDir: join(folder, 'cloud'), dynamodb: engine, invoke: invoker(call), now, log });
  Object.assign(process.env, servicesOf(cloud));
  await createResources();
  const close = async () => {
    await cloud.close();
    await engine.stop();
  };
  return { cloud, engine: engine.engine, call, close };
}

/** What AWS's own clients need to find this machine's services. */
function servicesOf(cloud: Cloud): Readonly<Record<string, string>> {
  return { AWS_ENDPOINT_URL: cloud.endpoint, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
}

export const recordings = { bucket: localNames.recordings, client: { forcePathStyle: true } } as const;

/** Tables, bucket and topic, where they are not there yet. */
async function createResources(): Promise<void> {
  await createTables(new DynamoDBClient({ maxAttempts: 3 }), { state: localNames.stateTable, reports: localNames.reportsTable });
  await new S3Client(recordings.client).send(new CreateBucketCommand({ Bucket: recordings.bucket })).catch(unlessExists);
  await new SNSClient().send(new CreateTopicCommand({ Name: localNames.topic.split(':').at(-1) }));
}

function unlessExists(error: unknown): void {
  if (!(error instanceof Error && error.name === 'BucketAlreadyOwnedByYou')) throw error;
}

function invoker(call: (name: FunctionName, event: unknown) => Promise<unknown>) {
  return async (name: string, payload: Uint8Array, { async }: { readonly async: boolean }) => {
    const known = functionNames.find((candidate) => name === candidate || name === `${localNames.prefix}${candidate}`);
    if (known === undefined) return undefined;
    const event: unknown = payload.length === 0 ? {} : JSON.parse(new TextDecoder().decode(payload));
    const running = call(known, event);
    if (async) {
      running.catch(() => undefined);
      return { payload: '' };
    }
    try {
      return { payload: JSON.stringify((await running) ?? null) };
    } catch (error) {
      const { name: errorType, message: errorMessage } = error instanceof Error ? error : { name: 'Error', message: String(error) };
      return { payload: JSON.stringify({ errorType, errorMessage }), functionError: 'Unhandled' as const };
    }
  };
}

/** The names that the stack would give the functions. */
export const functionNamesEnvironment: Readonly<Record<string, string>> = {
  PILOT_STATE_TABLE: localNames.stateTable,
  PILOT_REPORTS_TABLE: localNames.reportsTable,
  PILOT_RECORDINGS_BUCKET: localNames.recordings,
  PILOT_ALERTS_TOPIC: localNames.topic,
  PILOT_FUNCTION_PREFIX: localNames.prefix,
};
