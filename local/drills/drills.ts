import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { generateKey } from '../exchange/generate-key.ts';
import { awaitSites, sitesIn } from './await-sites.ts';
import type { WorkerData } from './drill-worker.ts';
import type { Played } from './play.ts';
import { play } from './play.ts';
import { playBroken } from './play-broken.ts';

const DEFAULT_SEEDS = '20';
const USAGE = `npm run drills -- [--seeds N] [--from FIRST] [--json] | --seed S [--trace] | --broken
  --seeds N    play N days, each from another seed (default 20)
  --from F     the first seed (default 1)
  --seed S     play one seed; --trace prints every call in its order
  --ticks T    quarter hours a day has (default 96)
  --markets M  markets open at the start (default 20)
  --workers W  days played at once (default: one a core)
  --json       no talk, one line of numbers at the end
  --until-violation
               begin no seed after one has failed
  --broken     break the protocol on purpose, one promise at a time, and say within how many seeds each is caught`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: DEFAULT_SEEDS },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    ticks: { type: 'string', default: '96' },
    markets: { type: 'string', default: '20' },
    workers: { type: 'string', default: String(availableParallelism()) },
    trace: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    'until-violation': { type: 'boolean', default: false },
    broken: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(`${USAGE}\n`);
else process.exitCode = values.broken ? await mainBroken() : await main();

async function main(): Promise<number> {
  const [ticks, markets] = [whole('ticks', values.ticks), whole('markets', values.markets)];
  const played = values.seed === undefined ? await playAll(ticks, markets) : [await playOne(whole('seed', values.seed), ticks, markets)];
  const violations = played.reduce((sum, one) => sum + one.violations.length, 0);
  process.stdout.write(`${JSON.stringify(summaryOf(played, violations))}\n`);
  return violations === 0 ? 0 : 1;
}

/** Fine when each breakage is caught. */
async function mainBroken(): Promise<number> {
  const options = ['--seeds', values.seeds === DEFAULT_SEEDS ? '200' : values.seeds, '--from', values.from, '--workers', values.workers];
  let uncaught = 0;
  for await (const { breakage, seeds, violation } of playBroken(options)) {
    if (seeds === undefined) uncaught += 1;
    process.stdout.write(`${JSON.stringify({ breakage, caughtWithin: seeds ?? null, violation })}\n`);
  }
  return uncaught === 0 ? 0 : 1;
}

async function playOne(seed: number, ticks: number, markets: number): Promise<Played> {
  const trace = values.trace ? (line: string) => process.stdout.write(`${line}\n`) : undefined;
  const played = await play({ seed, key: generateKey(seed === 1 ? 'rsa' : 'ed25519'), ticks, markets, ...(trace ? { trace } : {}) });
  tell(played);
  return played;
}

/** Seeds in order, as workers become free. */
async function playAll(ticks: number, markets: number): Promise<readonly Played[]> {
  const [count, from] = [whole('seeds', values.seeds), whole('from', values.from)];
  const played: Played[] = [];
  let next = from;
  const workerData: WorkerData = { ticks, markets, ed25519: generateKey('ed25519'), rsa: generateKey('rsa') };
  const goesOn = () => !values['until-violation'] || played.every(({ violations }) => violations.length === 0);
  const one = async () => {
    const worker = new Worker(new URL('./drill-worker.ts', import.meta.url), { workerData });
    try {
      for (let seed = next++; seed < from + count && goesOn(); seed = next++) {
        const result = await answerOf(worker, seed);
        tell(result);
        played.push(result);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, whole('workers', values.workers)) }, one));
  return played;
}

function answerOf(worker: Worker, seed: number): Promise<Played> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => reject(error);
    worker.once('error', failed);
    worker.once('message', (played: Played) => {
      worker.off('error', failed);
      resolve(played);
    });
    worker.postMessage(seed);
  });
}

function tell({ seed, violations, orders, fills, crashes }: Played): void {
  for (const violation of violations)
    process.stderr.write(`seed ${seed}: ${violation}. Replay: npm run drills -- --seed ${seed} --trace\n`);
  if (!values.json && violations.length === 0) process.stderr.write(`seed ${seed}: ${orders} orders, ${fills} fills, ${crashes} crashes\n`);
}

function summaryOf(played: readonly Played[], violations: number) {
  const faults: Record<string, number> = {};
  for (const one of played) for (const [name, count] of Object.entries(one.faults)) faults[name] = (faults[name] ?? 0) + count;
  const sum = (of: (one: Played) => number) => played.reduce((total, one) => total + of(one), 0);
  return {
    seeds: played.length,
    violations,
    orders: sum(({ orders }) => orders),
    fills: sum(({ fills }) => fills),
    crashes: sum(({ crashes }) => crashes),
    faults: Object.values(faults).reduce((total, count) => total + count, 0),
    duplicates: sum(({ duplicates }) => duplicates),
    byHand: sum(({ byHand }) => byHand),
    byFault: faults,
    awaits: awaitsOf(played),
  };
}

/** At how many of the awaits that the deployed functions can pass a process has died, and at which none has. */
function awaitsOf(played: readonly Played[]) {
  const sites = awaitSites(fileURLToPath(new URL('../../', import.meta.url)));
  const stacks = new Set(played.flatMap((one) => one.stacks));
  const crashed = new Set([...stacks].flatMap((stack) => sitesIn(stack, sites)));
  const never = sites.filter((site) => !crashed.has(site)).map(({ file, from, text }) => `${file}:${from} ${text}`);
  return { crashed: crashed.size, total: sites.length, never };
}

function whole(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} is "${text}". Fix: give a whole number from 1 up\n${USAGE}`);
  return value;
}
