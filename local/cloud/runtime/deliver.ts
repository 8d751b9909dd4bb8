import { setTimeout as sleep } from 'node:timers/promises';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { arn, localRegion } from '../arn.ts';
import type { LambdaFunction } from '../template/lambda-functions.ts';
import { queueUrl } from '../template/local-names.ts';
import type { FunctionRun } from './environment-pool.ts';

export interface DeliverOptions {
  readonly endpoint: string;
  /** Waits before the second and third run, ms. */
  readonly retryDelays: readonly number[];
  /** Gives up waiting, and throws. */
  readonly signal: AbortSignal;
}

type Condition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';

/**
 * An asynchronous event to its end: run, run again as often as configured, then tell the destination, and put an event
 * that failed into the dead-letter queue. Whatever is sent is signed by the function's role.
 * Source: AWS Lambda Developer Guide, "Asynchronous invocation" and "Capturing records of asynchronous invocations".
 */
export async function deliver(
  fn: LambdaFunction,
  payload: Uint8Array,
  run: () => Promise<FunctionRun>,
  { endpoint, retryDelays, signal }: DeliverOptions,
): Promise<void> {
  const { retries, maxAgeSeconds, onSuccess, onFailure, deadLetters } = fn.delivery;
  const accepted = Date.now();
  let last = await run();
  let runs = 1;
  let condition: Condition = last.failed ? 'RetriesExhausted' : 'Success';
  while (last.failed && runs <= retries) {
    const delay = retryDelays[runs - 1] ?? 0;
    if (Date.now() + delay - accepted > maxAgeSeconds * 1000) {
      condition = 'EventAgeExceeded';
      break;
    }
    await sleep(delay, undefined, { signal });
    last = await run();
    runs += 1;
    if (!last.failed) condition = 'Success';
  }
  const client = { endpoint, region: localRegion, credentials: { accessKeyId: fn.role, secretAccessKey: 'local' } };
  const destination = condition === 'Success' ? onSuccess : onFailure;
  if (destination !== undefined) await send(client, destination, JSON.stringify(recordOf(fn, payload, last, runs, condition)));
  if (condition !== 'Success' && deadLetters !== undefined) await send(client, deadLetters, Buffer.from(payload).toString('utf8'));
}

type ClientOptions = ConstructorParameters<typeof LambdaClient>[0] & { readonly endpoint: string };

async function send(client: ClientOptions, destination: string, text: string): Promise<void> {
  const [service, name = ''] = [destination.split(':')[2], destination.split(':').at(-1)];
  if (service === 'lambda') {
    await new LambdaClient(client).send(new InvokeCommand({ FunctionName: destination, InvocationType: 'Event', Payload: text }));
  } else if (service === 'sqs') {
    await new SQSClient(client).send(new SendMessageCommand({ QueueUrl: queueUrl(client.endpoint, name), MessageBody: text }));
  } else {
    throw new Error(`destination ${destination}: only functions and queues are served locally. Fix: choose one of those`);
  }
}

function recordOf(fn: LambdaFunction, payload: Uint8Array, run: FunctionRun, runs: number, condition: Condition): unknown {
  return {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: { requestId: run.requestId, functionArn: `${arn.function(fn.name)}:$LATEST`, condition, approximateInvokeCount: runs },
    requestPayload: parse(payload),
    responseContext: { statusCode: 200, executedVersion: '$LATEST', ...(run.failed && { functionError: 'Unhandled' }) },
    responsePayload: parse(run.payload),
  };
}

function parse(bytes: Uint8Array): unknown {
  return bytes.length === 0 ? undefined : JSON.parse(Buffer.from(bytes).toString('utf8'));
}
