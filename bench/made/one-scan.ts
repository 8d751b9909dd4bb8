import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { wallClock } from '../../shared/adapters/clock/clocks.ts';
import { connectKalshi } from '../../shared/adapters/kalshi/connect-kalshi.ts';
import { recordScan } from '../../shared/adapters/recordings/scan-recording.ts';
import { scanFunnel } from '../../shared/domain/scan/funnel.ts';
import { makeConfig } from '../../shared/system/config/config.ts';
import { scanSettings } from '../../shared/system/config/domain-settings.ts';

/** What a process that scanned once has to tell, as one line of JSON. */
export interface OneScan {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly requests: number;
  /** Answers 429. */
  readonly refused: number;
  readonly markets: number;
  readonly candidates: number;
  readonly blobBytes: number;
  readonly peakMb: number;
}

const plainFetch = globalThis.fetch;
const answers = { requests: 0, refused: 0 };
globalThis.fetch = async (...request) => {
  const number = ++answers.requests;
  const response = await plainFetch(...request);
  if (response.status === 429) answers.refused += 1;
  const isPage = response.url.includes('/markets?');
  return keepIn !== undefined && isPage ? kept(response, join(keepIn, `${number}.page`)) : response;
};

const [baseUrl = '', keepIn] = process.argv.slice(2);
console.log(JSON.stringify(await scanOnce(baseUrl)));

/** Writes an answer's bytes down as they came. */
async function kept(response: Response, file: string): Promise<Response> {
  const bytes = Buffer.from(await response.arrayBuffer());
  await writeFile(file, bytes);
  return new Response(bytes, response);
}

async function scanOnce(baseUrl: string): Promise<OneScan> {
  const { marketData } = await connectKalshi({ baseUrl, clock: wallClock, random: Math.random });
  const settings = scanSettings(makeConfig({}));
  const found = { markets: 0, candidates: 0, blobBytes: 0 };
  const blobs = {
    put: async (_key: string, bytes: Uint8Array) => {
      found.blobBytes = bytes.length;
    },
  };
  const started = performance.now();
  const before = process.cpuUsage();
  await recordScan(blobs, '2026-11-20T12:00:00Z', async (record) => {
    for await (const page of marketData.scan()) {
      await record(page);
      found.markets += page.rows;
      found.candidates += scanFunnel(page, settings).candidates.length;
    }
  });
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - started) / 1000;
  return { seconds, cpuSeconds: (user + system) / 1e6, ...answers, ...found, peakMb: process.resourceUsage().maxRSS / 1024 };
}
