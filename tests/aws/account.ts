import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { CloudCall } from '../../local/cloud/cloud-call.ts';
import { createTables } from '../../local/cloud/create-tables.ts';
import { startDynamodb } from '../../local/cloud/dynamodb.ts';
import { roleGuard } from '../../local/cloud/iam/role-guard.ts';
import { rolePolicies } from '../../local/cloud/iam/role-policies.ts';
import type { FunctionRun } from '../../local/cloud/runtime/environment-pool.ts';
import { type Runtime, startRuntime } from '../../local/cloud/runtime/start-runtime.ts';
import { type Schedule, timetable } from '../../local/cloud/scheduler/timetable.ts';
import { startCloud } from '../../local/cloud/start-cloud.ts';
import { type Assembly, readAssembly, resourcesOf } from '../../local/cloud/template/assembly.ts';
import { type Override, type Resolve, resolver } from '../../local/cloud/template/resolver.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/dynamo-store.ts';
import type { Store } from '../../shared/ports/store.ts';

export interface AccountOptions {
  /** Folder of the synthesized app. */
  readonly app: string;
  readonly exchangeUrl: string;
  now(): number;
}

/** An AWS account after the deploy, on this machine: what the templates ask for is there, and each role may do what it says. */
export interface AwsAccount {
  readonly endpoint: string;
  readonly runtime: Runtime;
  readonly schedules: readonly Schedule[];
  readonly store: Store;
  readonly runs: readonly FunctionRun[];
  readonly calls: readonly CloudCall[];
  readonly lines: readonly string[];
  close(): Promise<void>;
}

/** Attributes that only AWS knows stay words. */
const words: Override = ({ type }, attribute) => (attribute === undefined || attribute === 'Arn' ? undefined : `${type} ${attribute}`);

export async function openAccount({ app, exchangeUrl, now }: AccountOptions): Promise<AwsAccount> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pilot-account-'));
  const assembly = readAssembly(app);
  const engine = await startDynamodb();
  const [runs, calls, lines]: [FunctionRun[], CloudCall[], string[]] = [[], [], []];
  let runtime: Runtime | undefined;
  const cloud = await startCloud({
    ...{ dataDir, now, dynamodb: engine, onCall: (call) => calls.push(call) },
    invoke: async (...call) => runtime?.invoke(...call),
    authorize: roleGuard(rolePolicies(assembly, resolver(assembly, 'http://127.0.0.1:9', words))),
  });
  const { endpoint } = cloud;
  const resolve = resolver(assembly, endpoint, words);
  await deploy(assembly, resolve, endpoint);
  runtime = await startRuntime(app, {
    ...{ endpoint, now, resolve: words, retryDelays: [0, 0], environment: { KALSHI_BASE_URL: exchangeUrl } },
    onRun: (run) => runs.push(run),
    log: (line) => lines.push(line),
  });
  const [stateTable = '', reportsTable = ''] = tablesOf(assembly, resolve);
  const running = runtime;
  return {
    ...{ endpoint, runtime, runs, calls, lines, schedules: timetable(assembly, resolve) },
    store: dynamoStore({ client: new DynamoDBClient({ ...clientOf(endpoint) }), stateTable, reportsTable, now }),
    close: async () => {
      await running.close();
      await cloud.close();
      await engine.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function clientOf(endpoint: string) {
  return { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'deployer', secretAccessKey: 'local' } };
}

/** State first. */
function tablesOf(assembly: Assembly, resolve: Resolve): readonly string[] {
  const names = namesOf(assembly, resolve, 'AWS::DynamoDB::GlobalTable', 'TableName');
  return [...names].sort((a, b) => Number(b.endsWith('-state')) - Number(a.endsWith('-state')));
}

function namesOf(assembly: Assembly, resolve: Resolve, type: string, property: string): readonly string[] {
  return resourcesOf(assembly, type).map(({ stack, properties }) => String(resolve(stack, properties[property])));
}

/** What CloudFormation would make that functions use; the templates' own names. */
async function deploy(assembly: Assembly, resolve: Resolve, endpoint: string): Promise<void> {
  const client = clientOf(endpoint);
  const named = (type: string, property: string) => namesOf(assembly, resolve, type, property);
  const [state = '', reports = ''] = tablesOf(assembly, resolve);
  await createTables(new DynamoDBClient(client), { state, reports });
  const secrets = new SecretsManagerClient(client);
  for (const Name of named('AWS::SecretsManager::Secret', 'Name'))
    await secrets.send(new CreateSecretCommand({ Name, SecretString: '{"placeholder":"x"}' }));
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  for (const Bucket of named('AWS::S3::Bucket', 'BucketName')) await s3.send(new CreateBucketCommand({ Bucket }));
  for (const Name of named('AWS::SNS::Topic', 'TopicName')) await new SNSClient(client).send(new CreateTopicCommand({ Name }));
  for (const QueueName of named('AWS::SQS::Queue', 'QueueName')) await new SQSClient(client).send(new CreateQueueCommand({ QueueName }));
}
