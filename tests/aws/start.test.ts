import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, test } from 'vitest';
import { localNames } from '../../local/runner/local-names.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/dynamo-store.ts';
import { continues } from '../../shared/domain/journal.ts';
import { foldLedger, isBalanced } from '../../shared/domain/ledger.ts';
import { functionNames } from '../../shared/system/map.ts';

const start = join(import.meta.dirname, '..', '..', 'bin', 'start.ts');
const started: ChildProcess[] = [];
const folder = mkdtempSync(join(tmpdir(), 'pilot-start-'));

afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
});

interface Machine {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<unknown>;
}

/** `npm start` in an empty folder, on its own port. */
function startIn(cwd: string, port: number): Machine {
  const child = spawn(process.execPath, [start, '--markets', '200', '--speed', '300'], {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: String(port) },
  });
  started.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, output: () => text, ended: once(child, 'exit') };
}

interface Status {
  readonly clock: string;
  readonly mode: string;
  readonly equity: string | null;
  readonly positions: number;
  readonly jobs: readonly { readonly name: string; readonly lastOutcome: string | null }[];
}

/** Asks until the answer is as wanted; fails with what was said last. */
async function statusWhen(port: number, wanted: (status: Status) => boolean, machine: Machine): Promise<Status> {
  const giveUp = performance.now() + 60_000;
  let last: unknown;
  while (performance.now() < giveUp) {
    try {
      const status = (await (await fetch(`http://127.0.0.1:${port}/api/status`)).json()) as Status;
      if (wanted(status)) return status;
      last = status;
    } catch (error) {
      last = error;
    }
    await sleep(200);
  }
  throw new Error(`not so within 60 s: ${JSON.stringify(last)}\n${machine.output()}`);
}

const working = ({ jobs }: Status): boolean =>
  ['scan', 'trade', 'sync'].every((name) => jobs.find((job) => job.name === name)?.lastOutcome === 'ok');
const traded = (status: Status): boolean => status.positions > 0 && working(status);

/** What the running system has kept, read through its own endpoint. */
async function kept() {
  const { endpoint } = JSON.parse(readFileSync(join(folder, '.pilot', 'running.json'), 'utf8')) as { readonly endpoint: string };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'reader', secretAccessKey: 'local' } });
  const store = dynamoStore({ client, stateTable: localNames.stateTable, reportsTable: localNames.reportsTable, now: Date.now });
  const journal = await all(store.journal.read('paper'));
  const entries = await all(store.ledger.entries('paper'));
  const orders = (await store.orders.recent('paper', 1_000)).map(
    ({ intent }) => `${intent.ticker} ${intent.strategy} ${JSON.stringify(intent)}`,
  );
  const runs = (await Promise.all(functionNames.map((name) => store.runs.recent(name, 1_000)))).flat();
  return { journal, entries, orders, runs, head: await store.ledger.head('paper') };
}

/** The same once the journal has grown: when something is decided again is up to the markets of the hour. */
async function keptSince(length: number) {
  const giveUp = performance.now() + 60_000;
  let found = await kept();
  while (found.journal.length <= length && performance.now() < giveUp) {
    await sleep(500);
    found = await kept();
  }
  return found;
}

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { readonly port: number };
  server.close();
  return port;
}

test('within a minute it scans, trades on paper and tells; killed and started again nothing is lost or doubled; Ctrl-C drains it', async () => {
  const port = await freePort();
  const first = startIn(folder, port);
  const before = await statusWhen(port, traded, first);
  expect(before).toMatchObject({ mode: 'paper', equity: expect.stringMatching(/^\d+\.\d{6}$/) });
  const was = await kept();
  first.child.kill('SIGKILL');
  await first.ended;

  const second = startIn(folder, port);
  const after = await statusWhen(
    port,
    (status) => working(status) && Date.parse(status.clock) > Date.parse(before.clock) + 1_800_000,
    second,
  );
  expect(Date.parse(after.clock)).toBeGreaterThan(Date.parse(before.clock));
  const is = await keptSince(was.journal.length);
  expect(is.journal.slice(0, was.journal.length)).toEqual(was.journal);
  expect(continues(undefined, is.journal)).toBe(true);
  expect(is.journal.length).toBeGreaterThan(was.journal.length);
  const ids = new Set(is.entries.map(({ id }) => id));
  expect(ids.size).toBe(is.entries.length);
  expect(was.entries.filter(({ id }) => !ids.has(id))).toEqual([]);
  expect(foldLedger(is.entries).cash).toBe(is.head.ledger.cash);
  expect(isBalanced(is.head.ledger)).toBe(true);
  expect(was.orders.filter((order) => !is.orders.includes(order))).toEqual([]);
  const ticks = is.runs.map(({ job, tick }) => `${job} ${tick}`);
  expect(new Set(ticks).size).toBe(ticks.length);

  second.child.kill('SIGINT');
  expect(await second.ended).toEqual([0, null]);
  expect(second.output()).toMatch(/Stopping: .*\n[\s\S]*Stopped\. Nothing is traded while stopped\./);
  expect(existsSync(join(folder, '.pilot', 'running.json'))).toBe(false);
  rmSync(folder, { recursive: true });
}, 240_000);

test('a port that is given and taken is an error with its fix', async () => {
  const other = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { readonly port: number };
  const cwd = mkdtempSync(join(tmpdir(), 'pilot-busy-'));
  const machine = startIn(cwd, port);
  const [code] = (await machine.ended) as readonly [number];
  expect(code).not.toBe(0);
  expect(machine.output()).toMatch(new RegExp(`PORT ${port} is in use. Fix: `));
  other.close();
  rmSync(cwd, { recursive: true });
}, 60_000);
