import { mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { answerCall } from './answer-call.ts';
import type { CloudCall } from './cloud-call.ts';
import { type Faults, faultBoard } from './faults.ts';
import type { Authorize } from './iam/role-guard.ts';
import type { AwsApi } from './services/aws-api.ts';
import { dynamodb } from './services/dynamodb/dynamodb.ts';
import { type Invoker, lambda } from './services/lambda.ts';
import { s3 } from './services/s3/s3.ts';
import { secretsManager } from './services/secrets/secrets-manager.ts';
import { sns } from './services/sns/sns.ts';
import type { SnsMessage } from './services/sns/sns-state.ts';
import { sqs } from './services/sqs.ts';
import { sts } from './services/sts.ts';

export interface CloudOptions {
  /** Folder of everything that is kept. */
  readonly dataDir: string;
  /** 0 or absent: any free one. */
  readonly port?: number;
  readonly dynamodb: { readonly endpoint: string };
  /** Runs functions; absent: there are none. */
  readonly invoke?: Invoker;
  /** Refuses calls that a role does not allow; absent: everybody may do everything. */
  readonly authorize?: Authorize;
  /** Sees every call once it is answered. */
  readonly onCall?: (call: CloudCall) => void;
  /** Told of what went wrong inside, in one line. */
  readonly log?: (line: string) => void;
  /** Time of messages and versions, ms. */
  readonly now?: () => number;
}

export interface Cloud {
  /** What `AWS_ENDPOINT_URL` is to be. */
  readonly endpoint: string;
  readonly faults: Faults;
  /** What SNS would have sent, oldest first. */
  messages(): Promise<readonly SnsMessage[]>;
  close(): Promise<void>;
}

/**
 * AWS as far as this system uses it, on one machine, at one address: SNS, Secrets Manager, S3, Lambda, SQS and STS on
 * files, DynamoDB passed on to its engine. What was acknowledged is on the disk. Throws CorruptState for a file it
 * cannot read, and an error naming the port when that is taken.
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const { dataDir, now = Date.now } = options;
  await mkdir(dataDir, { recursive: true });
  let endpoint = '';
  const notifications = await sns(join(dataDir, 'sns'), now);
  const services: Readonly<Record<string, AwsApi>> = {
    sns: notifications,
    secretsmanager: await secretsManager(join(dataDir, 'secrets'), now),
    s3: s3(join(dataDir, 's3')),
    lambda: lambda(options.invoke),
    sqs: sqs(join(dataDir, 'sqs'), now, () => endpoint),
    sts: sts(),
    dynamodb: dynamodb(options.dynamodb.endpoint),
  };
  const faults = faultBoard();
  const desk = { services, faults, log: options.log ?? (() => undefined), onCall: options.onCall, authorize: options.authorize };
  const server = createServer((request, response) => void answerCall(desk, request, response));
  endpoint = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  return { endpoint, faults, messages: () => notifications.outbox.read(), close: () => close(server) };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why =
        cause.code === 'EADDRINUSE'
          ? 'is already in use. Fix: stop what uses it, or choose another port'
          : `cannot be used: ${cause.message}`;
      reject(new Error(`port ${port} of the local AWS endpoint ${why}`, { cause }));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  await closed;
}
