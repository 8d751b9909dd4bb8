import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { createTables } from '../../local/cloud/create-tables.ts';
import { type LocalDynamodb, startDynamodb } from '../../local/cloud/dynamodb.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/dynamo-store.ts';
import type { Run } from '../../shared/system/handle.ts';
import type { FunctionName } from '../../shared/system/map.ts';

const TICK = '2026-11-23T14:00:00.000Z';
const at = (ms: number) => vi.setSystemTime(Date.parse(TICK) + ms);

let engine: LocalDynamodb;
let lines: string[] = [];
let made = 0;
/** As a process that has just begun: nothing is opened yet. */
let fresh: typeof import('../../shared/system/handle.ts');

beforeAll(async () => {
  engine = await startDynamodb();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
  await engine.stop();
});

beforeEach(async () => {
  made += 1;
  const names = { state: `state-${made}`, reports: `reports-${made}` };
  const environment = {
    ...{ AWS_ENDPOINT_URL: engine.endpoint, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
    ...{ PILOT_STATE_TABLE: names.state, PILOT_REPORTS_TABLE: names.reports, PILOT_MODE: 'paper' },
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  await createTables(new DynamoDBClient(), names);
  vi.useFakeTimers({ toFake: ['Date'] });
  at(1_000);
  lines = [];
  vi.resetModules();
  fresh = await import('../../shared/system/handle.ts');
  const { writeLogsTo } = await import('../../shared/system/parts.ts');
  writeLogsTo((line) => lines.push(line));
});

const store = () =>
  dynamoStore({ client: new DynamoDBClient(), stateTable: `state-${made}`, reportsTable: `reports-${made}`, now: () => Date.now() });

/** A function of the map with this inside, as Lambda calls it. */
function under(name: FunctionName, run: Run) {
  const handler = fresh.handle(name, run);
  return (event: unknown = { tick: TICK }, left = 60_000) =>
    handler(event, { awsRequestId: 'r', getRemainingTimeInMillis: () => left } as never) as Promise<unknown>;
}

it('a run is written down with its answer, its heartbeat goes out, and the next tick finds the way free', async () => {
  const call = under('sync', async ({ tick }) => ({ seen: tick }));
  expect(await call()).toEqual({ outcome: 'ok', seen: TICK });
  expect(await store().runs.recent('sync', 5)).toMatchObject([{ tick: TICK, outcome: 'ok', detail: expect.stringContaining(TICK) }]);
  const beats = lines.filter((line) => line.includes('"_aws"')).map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(beats).toMatchObject([{ job: 'sync', Completed: 1 }]);
  at(300_500);
  expect(await call({ tick: '2026-11-23T14:05:00Z' })).toMatchObject({ outcome: 'ok' });
});

it('the same tick delivered twice does its work once', async () => {
  const work = vi.fn<Run>(async () => ({}));
  const call = under('sync', work);
  expect(await call()).toMatchObject({ outcome: 'ok' });
  expect(await call()).toEqual({ outcome: 'skipped', why: 'this tick has been run' });
  expect(work).toHaveBeenCalledOnce();
});

it('two runs of one job never overlap; other jobs go on', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slow = under('sync', async () => {
    await held;
    return {};
  });
  const first = slow();
  await vi.waitFor(async () => expect(await store().runs.recent('sync', 1)).toHaveLength(1));
  expect(await slow({ tick: '2026-11-23T14:00:30Z' })).toEqual({ outcome: 'skipped', why: 'another run of this job is still going' });
  expect(await under('health', async () => ({}))()).toMatchObject({ outcome: 'ok' });
  release();
  expect(await first).toMatchObject({ outcome: 'ok' });
});

it('a tick older than its period is skipped, and that is said', async () => {
  at(300_001);
  const work = vi.fn<Run>(async () => ({}));
  expect(await under('sync', work)()).toEqual({ outcome: 'skipped', why: 'tick is 300 s old, older than its period' });
  expect(work).not.toHaveBeenCalled();
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([{ level: 'warn', job: 'sync', tick: TICK, message: 'skipped' }]);
});

it('nothing is done after a step that did nothing', async () => {
  const work = vi.fn<Run>(async () => ({}));
  const record = { requestPayload: { tick: TICK }, responsePayload: { outcome: 'skipped' } };
  expect(await under('forecast', work)(record)).toMatchObject({ outcome: 'skipped' });
  expect(work).not.toHaveBeenCalled();
  expect(await store().runs.recent('forecast', 1)).toEqual([]);
});

it('a failure is written down and passed on, no heartbeat goes out, and the lease is free again', async () => {
  const call = under('sync', async () => {
    throw new Error('the exchange said no. Fix: wait');
  });
  await expect(call()).rejects.toThrow('the exchange said no');
  expect(await store().runs.recent('sync', 1)).toMatchObject([{ outcome: 'failed', detail: 'the exchange said no. Fix: wait' }]);
  expect(lines.filter((line) => line.includes('"_aws"'))).toEqual([]);
  expect(lines.join('\n')).toContain('"level":"error"');
  expect(await under('sync', async () => ({}))({ tick: '2026-11-23T14:00:01Z' })).toMatchObject({ outcome: 'ok' });
});

it('a run that comes near its time-out is told to stop, and ends as timed out', async () => {
  const call = under('sync', ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))));
  await expect(call({ tick: TICK }, 3_050)).rejects.toThrow(/aborted due to timeout/);
  expect(await store().runs.recent('sync', 1)).toMatchObject([{ outcome: 'timed-out' }]);
});

it('a page is answered without a lease and without a record', async () => {
  expect(await under('api', async () => ({}))({})).toMatchObject({ outcome: 'ok' });
  expect(await store().runs.recent('api', 1)).toEqual([]);
});
