import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test } from 'vitest';
import { roleGuard } from '../../../local/cloud/iam/role-guard.ts';
import { rolePolicies } from '../../../local/cloud/iam/role-policies.ts';
import type { FunctionRun } from '../../../local/cloud/runtime/environment-pool.ts';
import { type Runtime, type RuntimeOptions, startRuntime } from '../../../local/cloud/runtime/start-runtime.ts';
import { readAssembly } from '../../../local/cloud/template/assembly.ts';
import { resolver } from '../../../local/cloud/template/resolver.ts';
import { cloudUnderTest } from './cloud-under-test.ts';

const app = fileURLToPath(new URL('./fixtures/app', import.meta.url));

async function runtimeUnderTest(options: Pick<RuntimeOptions, 'now'> = {}) {
  let runtime: Runtime | undefined;
  const assembly = readAssembly(app);
  const under = await cloudUnderTest({
    invoke: async (...call) => runtime?.invoke(...call),
    authorize: roleGuard(rolePolicies(assembly, resolver(assembly, 'http://127.0.0.1:9'))),
  });
  const runs: FunctionRun[] = [];
  const lines: string[] = [];
  runtime = await startRuntime(app, {
    endpoint: under.cloud.endpoint,
    resolve: (resource) => (resource.type === 'AWS::Lambda::Url' ? 'http://127.0.0.1:8082' : undefined),
    onRun: (run) => runs.push(run),
    log: (line) => lines.push(line),
    retryDelays: [0],
    ...options,
  });
  onTestFinished(() => runtime?.close());
  const lambda = new LambdaClient(under.client);
  const invoke = async (FunctionName: string, event: unknown, InvocationType: 'Event' | 'RequestResponse' = 'RequestResponse') => {
    const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event), InvocationType }));
    const text = answer.Payload?.transformToString() ?? '';
    return { error: answer.FunctionError, payload: text === '' ? undefined : JSON.parse(text) };
  };
  return { ...under, runtime, runs, lines, invoke };
}

test('a bundle runs as deployed: its context, its environment with references resolved, and nothing of this machine', async () => {
  const { invoke } = await runtimeUnderTest();
  const { payload, error } = await invoke('pilot-worker', { tick: 't' });
  expect(error).toBeUndefined();
  expect(payload).toMatchObject({
    event: { tick: 't' },
    env: { PILOT_STATE_TABLE: 'pilot-state', PILOT_NEXT: 'pilot-follower', PILOT_URL: 'http://127.0.0.1:8082' },
    name: 'pilot-worker',
    memory: '256',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:pilot-worker',
  });
  expect(Object.keys(payload.env)).toHaveLength(3);
  expect(payload.left).toBeLessThanOrEqual(1000);
});

test('the first run is cold, the next uses the same process, two at once use two', async () => {
  const { invoke, runs, runtime } = await runtimeUnderTest();
  const first = await invoke('Worker', {});
  const second = await invoke('Worker', {});
  expect([first.payload.runs, second.payload.runs]).toEqual([1, 2]);
  const atOnce = () => runtime.invoke('Worker', Buffer.from('{}'), { async: false });
  await Promise.all([atOnce(), atOnce()]);
  expect(runs.map(({ cold }) => cold).filter(Boolean)).toHaveLength(2);
  expect(runs.filter(({ cold, initMs }) => cold !== (initMs !== undefined))).toEqual([]);
});

test('a function believes the time it is given, from its first line on, and follows when that jumps', async () => {
  const noon = Date.UTC(2031, 5, 1, 12);
  let now = noon;
  const { invoke } = await runtimeUnderTest({ now: () => now });
  const told = async () => (await invoke('pilot-follower', {})).payload;
  const first = await told();
  expect(first.loadedAt).toMatch(/^2031-06-01T12:00/);
  expect(first.at).toMatch(/^2031-06-01T12:00/);
  now = noon + 86_400_000;
  const second = await told();
  expect([second.runs, second.at.slice(0, 16)]).toEqual([2, '2031-06-02T12:00']);
  expect(second.left).toBeLessThanOrEqual(3000);
  expect(second.left).toBeGreaterThan(0);
});

test('an exception is answered in AWS’s form and leaves the process warm', async () => {
  const { invoke } = await runtimeUnderTest();
  const failed = await invoke('Worker', { fail: true });
  expect(failed).toMatchObject({ error: 'Unhandled', payload: { errorType: 'TypeError', errorMessage: 'no such market' } });
  expect(failed.payload.trace[0]).toContain('no such market');
  expect((await invoke('Worker', {})).payload.runs).toBe(2);
});

test('a run over its time and a process that ends are said in AWS’s words, and the next run is cold', async () => {
  const { invoke } = await runtimeUnderTest();
  const late = await invoke('Worker', { hang: true });
  expect(late).toMatchObject({
    error: 'Unhandled',
    payload: { errorType: 'Sandbox.Timedout', errorMessage: expect.stringMatching(/Task timed out after 1.00 seconds$/) },
  });
  expect((await invoke('Worker', {})).payload.runs).toBe(1);
  const ended = await invoke('Worker', { exit: true });
  expect(ended.payload).toEqual({ errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/exit status 7$/) });
  expect((await invoke('Worker', {})).payload.runs).toBe(1);
});

test('code that cannot be loaded fails every run with the reason: what was not bundled is not found', async () => {
  const { invoke } = await runtimeUnderTest();
  for (let run = 0; run < 2; run += 1) {
    expect(await invoke('Broken', {})).toMatchObject({
      error: 'Unhandled',
      payload: { errorMessage: expect.stringContaining("Cannot find module 'not-bundled'") },
    });
  }
});

test('an asynchronous event that succeeds goes on to its destination, with what was asked and answered', async () => {
  const { invoke, runtime, runs } = await runtimeUnderTest();
  expect((await invoke('Worker', { tick: 't' }, 'Event')).payload).toBeUndefined();
  await runtime.settled();
  expect(runs.map((run) => run.function)).toEqual(['pilot-worker', 'pilot-follower']);
  expect(JSON.parse(runs[1]?.payload.toString() ?? '').event).toMatchObject({
    requestContext: {
      condition: 'Success',
      functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:pilot-worker:$LATEST',
      approximateInvokeCount: 1,
    },
    requestPayload: { tick: 't' },
    responsePayload: { event: { tick: 't' } },
  });
});

test('an asynchronous event that keeps failing is run again as configured, then reported and kept as a dead letter', async () => {
  const { invoke, runtime, runs, client, dataDir } = await runtimeUnderTest();
  await new SQSClient(client).send(new CreateQueueCommand({ QueueName: 'pilot-undelivered' }));
  await invoke('Worker', { fail: true }, 'Event');
  await runtime.settled();
  expect(runs.map((run) => [run.function, run.failed])).toEqual([
    ['pilot-worker', true],
    ['pilot-worker', true],
    ['pilot-follower', false],
  ]);
  expect(JSON.parse(runs[2]?.payload.toString() ?? '').event).toMatchObject({
    requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 2 },
    responseContext: { functionError: 'Unhandled' },
    responsePayload: { errorMessage: 'no such market' },
  });
  const queue = join(dataDir, 'sqs', 'pilot-undelivered');
  const letters = await Promise.all((await readdir(queue)).map((file) => readFile(join(queue, file), 'utf8')));
  expect(letters.map((letter) => JSON.parse(letter).body)).toEqual(['{"fail":true}']);
});

test('each call is signed by the role of its function, and one that the role does not allow fails', async () => {
  const { invoke, calls } = await runtimeUnderTest();
  const publish = {
    service: 'sns',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'Action=Publish&TopicArn=arn:aws:sns:us-east-1:000000000000:pilot-alerts&Message=x',
  };
  const allowed = await invoke('Worker', { call: publish });
  expect(allowed.payload).toMatchObject({ status: 404, text: expect.stringContaining('Topic does not exist') });
  const denied = await invoke('pilot-follower', { call: publish });
  expect(denied.payload).toMatchObject({ status: 403, text: expect.stringContaining('AuthorizationError') });
  const mine = calls.filter(({ service }) => service === 'sns');
  expect(mine.map(({ principal, failure }) => [principal, failure])).toEqual([
    ['pilot-functions-WorkerRole', 'NotFound: Topic does not exist'],
    [
      'pilot-functions-FollowerRole',
      'AuthorizationError: arn:aws:iam::000000000000:role/pilot-functions-FollowerRole is not authorized to perform: sns:Publish on resource: arn:aws:sns:us-east-1:000000000000:pilot-alerts',
    ],
  ]);
});

test('what a function logs reaches the log, line by line, with its name', async () => {
  const { invoke, lines, runtime } = await runtimeUnderTest();
  await invoke('Worker', {});
  await runtime.close();
  expect(lines.some((line) => line.startsWith('pilot-worker: ') && line.endsWith('run 1'))).toBe(true);
});
