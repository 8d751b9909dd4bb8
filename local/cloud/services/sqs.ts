import { createHash, randomUUID } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { arn } from '../arn.ts';
import { queueUrl } from '../template/local-names.ts';
import type { AwsApi } from './aws-api.ts';
import { AwsFailure } from './aws-failure.ts';
import type { AwsRequest } from './aws-request.ts';
import { jsonBody, jsonOperation, jsonProtocol, unknownOperation } from './json-protocol.ts';
import { writeState } from './state-file.ts';

const attribute = z.object({ DataType: z.string(), StringValue: z.string() });
const message = z.object({
  QueueUrl: z.string(),
  MessageBody: z.string().check(z.minLength(1)),
  MessageAttributes: z._default(z.record(z.string(), attribute), {}),
});
const queue = z.object({ QueueName: z.string().check(z.regex(/^[\w-]{1,80}$/)) });
const named = z.object({ QueueUrl: z.optional(z.string()), QueueName: z.optional(z.string()) });

const { reply, refuse } = jsonProtocol('1.0');

/** Dead letters: a folder per queue, a file per message, to be read by a person. `endpoint` is known once it listens. */
export function sqs(folder: string, now: () => number, endpoint: () => string): AwsApi {
  async function create(request: AwsRequest): Promise<unknown> {
    const { QueueName } = jsonBody(request, queue);
    await mkdir(join(folder, QueueName), { recursive: true });
    return { QueueUrl: queueUrl(endpoint(), QueueName) };
  }

  async function send(request: AwsRequest): Promise<unknown> {
    const { QueueUrl, MessageBody, MessageAttributes } = jsonBody(request, message);
    const name = nameOf(QueueUrl);
    const exists = await stat(join(folder, name)).catch(() => undefined);
    if (exists === undefined) throw new AwsFailure('QueueDoesNotExist', `The queue ${name} does not exist. Fix: create it`);
    const id = randomUUID();
    const at = new Date(now()).toISOString();
    await writeState(join(folder, name, `${at.replaceAll(':', '')}-${id}.json`), {
      id,
      at,
      body: MessageBody,
      attributes: MessageAttributes,
    });
    return { MessageId: id, MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') };
  }

  const operations: Readonly<Record<string, (request: AwsRequest) => Promise<unknown>>> = { CreateQueue: create, SendMessage: send };

  return {
    plan(request) {
      const operation = jsonOperation(request);
      const run = operations[operation];
      if (run === undefined) throw unknownOperation('sqs', operation);
      const { QueueUrl, QueueName } = jsonBody(request, named);
      const resource = arn.queue(QueueName ?? nameOf(QueueUrl ?? ''));
      return { operation, needs: [{ action: `sqs:${operation}`, resource }], run: async () => reply(await run(request)) };
    },
    refuse,
  };
}

function nameOf(url: string): string {
  const name = url.split('/').at(-1) ?? '';
  if (/^[\w-]{1,80}$/.test(name)) return name;
  throw new AwsFailure('QueueDoesNotExist', `${url} names no queue. Fix: give its QueueUrl`);
}
