import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startAnalystServer } from '../../local/analyst/analyst-server.ts';
import { sha256 } from '../../shared/adapters/crypto/sha256.ts';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import { makeConfig } from '../../shared/system/config/config.ts';
import { handle } from '../../shared/system/handle.ts';
import type { Parts } from '../../shared/system/parts.ts';
import { analysisRun } from '../../shared/system/runs/analysis-run.ts';
import { forecastRun } from '../../shared/system/runs/forecast-run.ts';
import { scanRun } from '../../shared/system/runs/scan-run.ts';
import { usd } from '../domain/metrics/portfolio.ts';
import { memoryBlobs } from '../fixtures/memory-blobs.ts';
import { onAir } from '../local/exchange/on-air.ts';

const canaries = { xai: 'xai-CANARY-1-0123456789', fallback: 'sk-CANARY-2-0123456789', keyId: 'CANARY-3-key-id', pem: 'CANARY-4-PEM' };

/** A provider that quotes what it was sent, key and all, in every refusal. */
async function quotingProvider(): Promise<string> {
  const server = createServer(({ headers }, response) => {
    response
      .writeHead(400, { 'content-type': 'application/json' })
      .end(JSON.stringify({ error: { message: `not like this: ${headers.authorization}` } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

it('no key of anybody reaches a prompt, a log line, a record or a report, whatever providers quote', async () => {
  const room = await onAir({ markets: 200 });
  const analyst = await startAnalystServer({ apiKey: canaries.fallback, seed: 'canaries' });
  onTestFinished(() => analyst.close());
  const folder = mkdtempSync(join(tmpdir(), 'canary-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'key.pem'), canaries.pem);
  const store = memoryStore(() => room.clock.now());
  const written: string[] = [];
  const records = new Proxy(store.records, {
    get:
      (target, name) =>
      (...given: unknown[]) => {
        written.push(JSON.stringify([name, ...given]));
        return Reflect.get(target, name).apply(target, given);
      },
  });
  const parts: Parts = {
    environment: {
      ...{ KALSHI_BASE_URL: room.baseUrl, KALSHI_KEY_ID: canaries.keyId, KALSHI_PRIVATE_KEY_PATH: join(folder, 'key.pem') },
      ...{ XAI_API_KEY: canaries.xai, XAI_BASE_URL: await quotingProvider() },
      ...{ OPENAI_API_KEY: canaries.fallback, OPENAI_BASE_URL: analyst.baseUrl },
    },
    config: makeConfig({ file: { ai: { fallbackModel: 'grok-4.3', dailyBudget: 12 } } }),
    ...{ clock: room.clock, speed: 1, store: { ...store, records }, digest: sha256, writeLog: (line) => written.push(line) },
    standIns: {
      recordings: memoryBlobs(),
      alerts: { send: async () => ({ outcome: 'sent' }) } as never,
      start: async () => {},
      random: () => 0.5,
    },
  };
  await store.ledger.append('paper', [{ kind: 'deposit', id: 'd', at: room.clock.now(), amount: usd(1000) }]);
  const run = (name: 'scan' | 'forecast' | 'daily-analysis', job: typeof scanRun) =>
    handle(name, job, async () => parts)({ tick: new Date(room.clock.now()).toISOString() }, {} as never);
  expect(await run('scan', scanRun)).toMatchObject({ outcome: 'ok' });
  expect(await run('forecast', forecastRun)).toMatchObject({ outcome: 'ok' });
  const analysed = await run('daily-analysis', analysisRun('daily'));
  expect(analysed).toMatchObject({ paper: { model: 'grok-4.3', struck: 0 } });
  expect(analyst.seen.length).toBeGreaterThan(6);
  expect(written.some((text) => text.includes('"rejected"'))).toBe(true);
  const told = [...analyst.seen.map(({ body }) => body), ...written, JSON.stringify(analysed)];
  expect(told.flatMap((text) => text.match(/.{60}CANARY.{20}/) ?? [])).toEqual([]);
});
