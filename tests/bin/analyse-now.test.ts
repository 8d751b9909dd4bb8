import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { analyseNow } from '../../bin/analyse-now.ts';
import type { OpenedStore } from '../../bin/open-store.ts';
import type { ViewIo } from '../../bin/views/view.ts';
import { startAnalystServer } from '../../local/analyst/analyst-server.ts';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import { keepReport } from '../../shared/jobs/reports.ts';
import { SIMULATED_KEY } from '../../shared/system/analysts.ts';
import { makeConfig } from '../../shared/system/config/config.ts';
import { deposit } from '../domain/metrics/portfolio.ts';
import { aReport } from '../fixtures/a-report.ts';
import { onAir } from '../local/exchange/on-air.ts';

const now = Date.parse('2026-11-20T19:02:00Z');

async function opened(endpoint?: string): Promise<{ readonly io: ViewIo; readonly opened: OpenedStore }> {
  const store = memoryStore(() => now);
  await store.ledger.append('paper', [deposit(100, now - 1)]);
  const addresses = { dashboard: 'http://127.0.0.1:1', kalshiBaseUrl: 'http://127.0.0.1:2' };
  const running =
    endpoint === undefined ? undefined : ({ ...addresses, endpoint, pid: 1, mode: 'paper', prices: 'generated', clock: '0,0,1' } as const);
  const clock = { now: () => now, sleep: async () => {} };
  return {
    io: { store, now, book: 'paper', mode: 'paper', zone: 'UTC', config: makeConfig({}), stopped: running === undefined, speed: 1 },
    opened: { store, clock, running, env: 'local', mode: 'paper', speed: 1, close: async () => {} },
  };
}

/** A system whose functions answer like this; what they were asked is kept. */
async function system(answer: (payload: unknown) => Promise<{ readonly body: unknown; readonly failed?: true }>) {
  const asked: { readonly path: string | undefined; readonly payload: unknown }[] = [];
  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const payload: unknown = JSON.parse(text);
    asked.push({ path: request.url, payload });
    const { body, failed } = await answer(payload);
    response.writeHead(200, failed ? { 'x-amz-function-error': 'Unhandled' } : {}).end(JSON.stringify(body));
  };
  const server = createServer((request, response) => void reply(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { asked, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

afterEach(() => vi.unstubAllEnvs());

describe('an analysis asked for from the command line, while the system runs', () => {
  it('is written by the system’s own function, with its keys, and shown as it was kept', async () => {
    const there = await opened();
    const { asked, endpoint } = await system(async () => ({
      body: { paper: { key: await keepReport(there.io.store, aReport('emergency')) } },
    }));
    const { running } = (await opened(endpoint)).opened;
    const { text, json } = await analyseNow(there.io, { ...there.opened, running }, 'emergency', 'odd prices');
    expect(text).toMatch(/^KALSHI PAPER: emergency report/);
    expect(json).toMatchObject({ kind: 'emergency', book: 'paper' });
    expect(asked).toEqual([
      {
        path: '/2015-03-31/functions/kalshi-pilot-emergency-analysis/invocations',
        payload: { tick: '2026-11-20T19:02:00.000Z', book: 'paper', reason: 'odd prices' },
      },
    ]);
  });

  it('fails in the function’s own words, and when nothing was written says so with the fix', async () => {
    const failing = await system(async () => ({ body: { errorMessage: 'no quotes. Fix: wait' }, failed: true }));
    const one = await opened(failing.endpoint);
    await expect(analyseNow(one.io, one.opened, 'daily')).rejects.toThrow('no quotes. Fix: wait');
    const silent = await system(async () => ({ body: { skipped: 'locked' } }));
    const other = await opened(silent.endpoint);
    await expect(analyseNow(other.io, other.opened, 'weekly')).rejects.toThrow(/weekly-analysis: wrote nothing \(.*locked.*Fix:/);
    expect(silent.asked).toHaveLength(1);
  });
});

describe('an analysis where no system runs', () => {
  it('is written here: by the labelled stand-in without a key, by the model with one, and kept', async () => {
    const room = await onAir({ markets: 20 });
    vi.stubEnv('KALSHI_BASE_URL', room.baseUrl);
    const { io, opened: here } = await opened();
    const plain = await analyseNow(io, here, 'daily');
    expect(plain.json).toMatchObject({ kind: 'daily', analysis: { model: 'rule-based stand-in', cost: '0.000000', struck: 0 } });
    const analyst = await startAnalystServer({ seed: 'here', apiKey: SIMULATED_KEY });
    onTestFinished(() => analyst.close());
    vi.stubEnv('XAI_API_KEY', SIMULATED_KEY);
    vi.stubEnv('XAI_BASE_URL', analyst.baseUrl);
    const written = await analyseNow(io, here, 'weekly');
    expect(written.json).toMatchObject({ kind: 'weekly', analysis: { model: 'simulated grok-4.7', struck: 0 } });
    expect((await io.store.records.list('report')).map(({ key }) => key)).toEqual(['2026-11-20#daily#paper', '2026-11-20#weekly#paper']);
    for (const { body } of analyst.seen) expect(body).not.toContain(SIMULATED_KEY);
  });
});
