import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { generateKey } from '../local/exchange/generate-key.ts';
import { wallClock } from '../shared/adapters/clock/clocks.ts';
import { basicLimits, Limiter } from '../shared/adapters/kalshi/limiter.ts';
import { readMarketPage } from '../shared/adapters/kalshi/market-page.ts';
import { SchemaCanary } from '../shared/adapters/kalshi/schema-canary.ts';
import { createSigner } from '../shared/adapters/kalshi/signer.ts';
import { recordScan } from '../shared/adapters/recordings/scan-recording.ts';
import { scanFunnel } from '../shared/domain/scan/funnel.ts';
import { makeConfig } from '../shared/system/config/config.ts';
import { scanSettings } from '../shared/system/config/domain-settings.ts';
import type { Figure } from './figure.ts';
import type { OneScan } from './made/one-scan.ts';
import { cpu, interleave, MIN_RUNS, measure, median } from './measure.ts';

const root = join(import.meta.dirname, '..');
const MARKETS = 100_000;
const PAGE_DELAY_MS = 100;
/** Tokens of a page, and of the simulated exchange's read bucket: what the rate limit alone makes a scan take. */
const PAGE_COST = 10;
const { capacity, refill } = basicLimits.read;

/**
 * A scan of 100,000 markets served over HTTP by another process: CPU against parsing the same pages, peak memory of a fresh
 * process made of a bundle as it is deployed, and wall time against what the rate limit alone takes.
 */
export async function figures(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pilot-bench-'));
  const { exchange, baseUrl } = await startExchange(folder);
  try {
    const scans = await scanAgain(folder, baseUrl);
    const refused = scans.reduce((sum, scan) => sum + scan.refused, 0);
    if (refused > 0) console.error(`scan: ${refused} answers were 429`);
    const floor = (median(scans.map(({ requests }) => requests)) * PAGE_COST - capacity) / refill;
    return [
      await cpuFigure(keptPages(folder)),
      { figure: 'scan.rss', value: median(scans.map(({ peakMb }) => peakMb)), unit: 'MB', better: 'lower', budget: 256 },
      { figure: 'scan.wall', value: median(scans.map(({ seconds }) => seconds)), unit: 's', better: 'lower', limit: floor, budget: 1.15 },
      { figure: 'scan.refused', value: refused, unit: 'answers 429', better: 'lower', budget: 0 },
      ...(await besideFigures()),
    ];
  } finally {
    exchange.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Quotes stand still, so that a page is made once and then served from memory. */
async function startExchange(folder: string): Promise<{ readonly exchange: ChildProcess; readonly baseUrl: string }> {
  const options = ['--markets', `${MARKETS}`, '--page-delay', `${PAGE_DELAY_MS}`, '--quote-step', '86400000', '--json'];
  const exchange = spawn(process.execPath, [join(root, 'bin', 'pilot.ts'), 'exchange', ...options], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const line of createInterface({ input: exchange.stdout })) return { exchange, ...JSON.parse(line) };
  throw new Error('scan: the simulated exchange did not start. Fix: run `pilot exchange --json` and read what it says');
}

/** Scans in one fresh process after another; the first, unmeasured, lets the exchange make its pages, and keeps them. */
async function scanAgain(folder: string, baseUrl: string): Promise<readonly OneScan[]> {
  const outfile = join(folder, 'one-scan.mjs');
  const entryPoints = [join(root, 'bench', 'made', 'one-scan.ts')];
  await build({ entryPoints, outfile, bundle: true, minify: true, platform: 'node', format: 'esm', mainFields: ['module', 'main'] });
  const scans: OneScan[] = [];
  for (let run = -1; run < MIN_RUNS; run++) {
    // The bucket fills again meanwhile.
    await setTimeout((capacity / refill) * 1000);
    const { stdout } = await promisify(execFile)(process.execPath, [outfile, baseUrl, ...(run < 0 ? [folder] : [])]);
    if (run >= 0) scans.push(JSON.parse(stdout) as OneScan);
  }
  return scans;
}

/** The bytes of every page of the unmeasured scan. */
function keptPages(folder: string): readonly Buffer[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.page'));
  return files.map((file) => readFileSync(join(folder, file)));
}

/** What is between the two is a fifth of either: fewer runs tell it no better than the machine's own unrest. */
const CPU_RUNS = 9;

/** Bytes to text to checked integers to funnel to a compressed recording, against bytes to text to JSON.parse. */
async function cpuFigure(pages: readonly Buffer[]): Promise<Figure> {
  const settings = scanSettings(makeConfig({}));
  const blobs = { put: async () => undefined };
  // One for all pages, as a connection has.
  const canary = new SchemaCanary();
  const scan = () =>
    recordScan(blobs, '2026-11-20T12:00:00Z', async (record) => {
      for (const bytes of pages) {
        const { board } = readMarketPage(bytes.toString(), {
          at: 0,
          canary,
          keep: (created) => !Number.isNaN(created),
        });
        await record(board);
        scanFunnel(board, settings);
      }
    });
  const parse = () => {
    for (const bytes of pages) JSON.parse(bytes.toString());
  };
  const times = await interleave({ scan, parse }, { clock: cpu, runs: CPU_RUNS, warmUps: 2 });
  return { figure: 'scan.cpu', value: times.scan, unit: 'ms', better: 'lower', limit: times.parse, budget: 1.25 };
}

const SIGNATURES = 200;
const TURNS = 10_000;

/** What a request costs beside the page: a signature, and its turn at the limiter when nobody waits. */
async function besideFigures(): Promise<readonly Figure[]> {
  const { key, privateKey } = generateKey('rsa');
  const signer = createSigner({ keyId: key.id, privateKey });
  const signing = await measure(() => {
    for (let turn = 0; turn < SIGNATURES; turn++) signer.headers('GET', '/trade-api/v2/markets', turn);
  });
  const limiter = new Limiter(wallClock, { ...basicLimits, read: { refill: 1e9, capacity: 1e9 } });
  const waiting = await measure(async () => {
    for (let turn = 0; turn < TURNS; turn++) (await limiter.acquire('read', PAGE_COST))();
  });
  return [
    { figure: 'scan.signing', value: (SIGNATURES / signing) * 1000, unit: 'signatures/s', better: 'higher' },
    { figure: 'scan.limiter', value: (waiting / TURNS) * 1000, unit: 'µs/request', better: 'lower' },
  ];
}
