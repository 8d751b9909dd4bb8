import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createExchange } from '../../local/exchange/create-exchange.ts';
import { type Listening, listen } from '../../local/exchange/server.ts';
import { generatedWorld } from '../../local/exchange/world/generated-world.ts';
import { isBalanced } from '../../shared/domain/ledger.ts';
import { type FunctionName, functionNames, functions } from '../../shared/system/map.ts';
import { type AwsAccount, openAccount } from './account.ts';
import { dayOfSchedules, jumpableClock } from './day-of-schedules.ts';
import { shorten, synthesizedApp } from './synthesized-app.ts';
import { usageOf } from './usage.ts';

const HOUR = 3_600_000;
/** A Monday with every schedule in it, New York's time. */
const FROM = Date.parse('2026-11-23T05:00:00Z');
const TO = FROM + 24 * HOUR;
/** This sync finds an exchange that does not answer, and runs out of time. */
const SILENT = FROM + 10 * HOUR;
const SYNC_SECONDS = 4;

const clock = jumpableClock(FROM);
const app = synthesizedApp();
let silent = false;
let listening: Listening;
let account: AwsAccount;

beforeAll(async () => {
  shorten(app.folder, 'kalshi-pilot-sync', SYNC_SECONDS);
  const exchange = createExchange({
    world: generatedWorld({ seed: 7, markets: 200, start: FROM, pastDays: 8 }),
    clock: { now: () => clock.now(), sleep: (ms) => sleep(ms) },
    keys: [],
    settings: {
      quoteStepMs: 60_000,
      readLagMs: 0,
      limits: { tier: 'basic', read: { refill: 200, capacity: 2_000 }, write: { refill: 1, capacity: 1 } },
    },
  });
  const never = new Promise<never>(() => undefined);
  listening = await listen({ ...exchange, deliver: (request) => (silent ? never : exchange.deliver(request)) });
  account = await openAccount({ app: app.folder, exchangeUrl: listening.baseUrl, now: () => clock.now() });
}, 120_000);

afterAll(async () => {
  await account?.close();
  await listening?.close();
  app.remove();
});

interface Ran {
  readonly job: FunctionName;
  readonly outcome: string;
  readonly cold: boolean;
}

test('every file that is deployed loads with nothing of this machine beside it, and on paper knows no address that takes orders', () => {
  const { functions: deployed } = account.runtime;
  expect(deployed).toHaveLength(functionNames.length);
  for (const { code } of deployed) {
    execFileSync(process.execPath, [join(code, 'index.js')], { env: { AWS_REGION: 'us-east-1' } });
    expect(readFileSync(join(code, 'index.js'), 'utf8')).not.toContain('/portfolio/events/orders');
  }
});

test('a whole day of the deployed bundles, fired by the template’s own schedules, each within its role', async () => {
  const { runs, calls, lines, schedules, endpoint, runtime, store } = account;
  const fired = await dayOfSchedules({
    ...{ schedules, from: FROM, to: TO, clock, endpoint, settled: () => runtime.settled() },
    deliveries: ({ target }, at) => {
      silent = target.endsWith(':kalshi-pilot-sync') && at === SILENT;
      return isRepeated(at) ? 2 : 1;
    },
  });
  const ran = runs.map(ranAs);
  console.log(table(ran));
  const usage = usageOf(runs, calls, new Map(runtime.functions.map(({ name, role }) => [name, role])));
  console.table(Object.fromEntries(usage));

  expect(calls.filter(({ failure }) => failure?.includes('not authorized')).map(({ failure }) => failure)).toEqual([]);
  expect(fired).toBe(96 + 288 + 144 + 24 + 5);
  const ok = (job: FunctionName) => ran.filter((run) => run.job === job && run.outcome === 'ok').length;
  const failed = ran.filter(({ outcome }) => outcome !== 'ok' && outcome !== 'skipped');
  const complaints = lines.filter((line) => line.includes('"level":"error"'));
  expect(complaints.filter((line) => !line.includes('"job":"sync"'))).toEqual([]);
  expect(failed).toEqual([{ job: 'sync', outcome: 'Sandbox.Timedout', cold: false }]);
  const expected = { scan: 96, forecast: 96, trade: 96, sync: 287, 'alert-check': 144, health: 24 };
  for (const [job, count] of Object.entries(expected)) expect([job, ok(job as FunctionName)]).toEqual([job, count]);
  for (const job of ['daily-report', 'daily-analysis', 'weekly-analysis', 'learn', 'backup'] as const)
    expect([job, ok(job)]).toEqual([job, 1]);
  expect(ran.some(({ cold }) => cold) && ran.some(({ cold }) => !cold)).toBe(true);

  const recorded = await Promise.all(functionNames.map((name) => store.runs.recent(name, 1_000)));
  const ticks = recorded.flat().map(({ job, tick }) => `${job} ${tick}`);
  expect(new Set(ticks).size).toBe(ticks.length);
  expect(recorded.flat().filter(({ outcome }) => outcome === 'ok')).toHaveLength(ran.filter(({ outcome }) => outcome === 'ok').length);
  const { ledger } = await store.ledger.head('paper');
  expect(isBalanced(ledger)).toBe(true);
  expect((await store.orders.recent('paper', 1_000)).length).toBeGreaterThan(0);
}, 600_000);

/** Every fifth quarter of an hour is delivered twice: to scan, to sync, and to what else is due then. */
function isRepeated(at: number): boolean {
  return (at - FROM) % (75 * 60_000) === 0;
}

function ranAs({ function: name, payload, failed, cold }: AwsAccount['runs'][number]): Ran {
  const job = functionNames.find((known) => name === `kalshi-pilot-${known}`);
  if (job === undefined) throw new Error(`${name} ran and is not in the map`);
  const answer = JSON.parse(payload.toString('utf8')) as { readonly outcome?: string; readonly errorType?: string } | null;
  return { job, outcome: failed ? (answer?.errorType ?? 'failed') : (answer?.outcome ?? 'no answer'), cold };
}

/** Job, runs, outcomes. */
function table(ran: readonly Ran[]): string {
  const lines = functionNames
    .filter((name) => !('byHand' in functions[name].trigger) && !('http' in functions[name].trigger))
    .map((name) => {
      const own = ran.filter(({ job }) => job === name);
      const outcomes = Object.entries(Object.groupBy(own, ({ outcome }) => outcome)).map(
        ([outcome, group]) => `${group?.length} ${outcome}`,
      );
      return `${name.padEnd(18)}${String(own.length).padStart(5)} runs  ${own.filter(({ cold }) => cold).length} cold  ${outcomes.join(', ')}`;
    });
  return ['', 'A day of schedules:', ...lines, ''].join('\n');
}
