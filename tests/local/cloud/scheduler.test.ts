import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { roleGuard } from '../../../local/cloud/iam/role-guard.ts';
import { rolePolicies } from '../../../local/cloud/iam/role-policies.ts';
import { timetable } from '../../../local/cloud/scheduler/timetable.ts';
import { readAssembly } from '../../../local/cloud/template/assembly.ts';
import { resolver } from '../../../local/cloud/template/resolver.ts';
import { dayOfSchedules, jumpableClock } from '../../aws/day-of-schedules.ts';
import { cloudUnderTest } from './cloud-under-test.ts';

const app = readAssembly(fileURLToPath(new URL('./fixtures/app', import.meta.url)));
const resolve = resolver(app, 'http://local');
const midnight = Date.UTC(2026, 10, 20, 5);

async function schedulerUnderTest() {
  const started: { readonly name: string; readonly event: unknown; readonly at: string }[] = [];
  const clock = jumpableClock(midnight);
  const under = await cloudUnderTest({
    authorize: roleGuard(rolePolicies(app, resolve)),
    invoke: async (name, payload) => {
      started.push({ name, event: JSON.parse(Buffer.from(payload).toString()), at: new Date(clock.now()).toISOString() });
      return { payload: '' };
    },
  });
  await new SQSClient(under.client).send(new CreateQueueCommand({ QueueName: 'pilot-undelivered' }));
  const day = { from: midnight, to: midnight + 86_400_000, clock, endpoint: under.cloud.endpoint, settled: async () => undefined };
  return { ...under, started, day };
}

test('the schedules of the template are read with their zone, target and delivery; a disabled one is left out', () => {
  const schedules = timetable(app, resolve);
  expect(schedules.map(({ arn }) => arn.split('/').at(-1))).toEqual(['pilot-worker', 'pilot-follower']);
  expect(schedules[1]).toMatchObject({
    expression: 'cron(0 8 * * ? *)',
    zone: 'America/New_York',
    target: 'arn:aws:lambda:us-east-1:000000000000:function:pilot-follower',
    role: 'pilot-functions-SchedulerRole',
    retries: 1,
    deadLetters: 'arn:aws:sqs:us-east-1:000000000000:pilot-undelivered',
  });
});

test('a day of ticks starts the functions at their times, in order, told which tick it is, also when delivered twice', async () => {
  const { day, started } = await schedulerUnderTest();
  const schedules = timetable(app, resolve).slice(0, 1);
  const fired = await dayOfSchedules({ ...day, schedules, deliveries: (_schedule, at) => (at === midnight ? 2 : 1) });
  const times = ['05', '11', '17', '23'].map((hour) => `2026-11-20T${hour}:00:00`);
  expect(fired).toBe(4);
  expect(started.map(({ at }) => at.slice(0, 19))).toEqual([times[0], ...times]);
  expect(started[1]).toMatchObject({
    name: 'pilot-worker',
    event: { tick: '2026-11-20T05:00:00Z', by: 'arn:aws:scheduler:us-east-1:000000000000:schedule/pilot/pilot-worker' },
  });
});

test('a function that its role may not start is tried as configured, and the tick is kept as a dead letter', async () => {
  const { day, started, calls, dataDir } = await schedulerUnderTest();
  await dayOfSchedules({ ...day, schedules: timetable(app, resolve).slice(1) });
  expect(started).toEqual([]);
  expect(calls.filter(({ operation }) => operation === 'Invoke').map(({ status }) => status)).toEqual([403, 403]);
  const queue = join(dataDir, 'sqs', 'pilot-undelivered');
  const letters = await Promise.all((await readdir(queue)).map((file) => readFile(join(queue, file), 'utf8')));
  expect(letters.map((letter) => JSON.parse(JSON.parse(letter).body).tick)).toEqual(['2026-11-20T13:00:00Z']);
});
