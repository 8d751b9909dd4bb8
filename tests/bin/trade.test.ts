import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createExchange } from '../../local/exchange/create-exchange.ts';
import { listen } from '../../local/exchange/server.ts';
import { systemClock } from '../../local/exchange/system-clock.ts';
import { generatedWorld } from '../../local/exchange/world/generated-world.ts';
import { announce } from '../../local/runner/running.ts';
import { runTickers } from '../../shared/system/run-tickers.ts';
import { callPilot, spawnPilot } from './run-pilot.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'pilot-trade-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

describe('pilot trade', () => {
  test('runs the ordinary jobs in their order, and tells the trade and the journal what it is kept to', async () => {
    const cwd = folder();
    const world = generatedWorld({ seed: 3, markets: 50, start: systemClock.now(), pastDays: 1 });
    const { baseUrl, close } = await listen(createExchange({ world, clock: systemClock, keys: [] }));
    onTestFinished(close);
    const { code, out } = await spawnPilot(['trade', '--tickers', 'KXA', 'KXB', '--train', '--rounds', '1', '--json'], cwd, {
      KALSHI_BASE_URL: baseUrl,
    });
    expect(code).toBe(0);
    const told = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { job: string; answer: Record<string, unknown> });
    expect(told.map(({ job }) => job)).toEqual(['learn', 'sync', 'scan', 'forecast', 'trade', 'alert-check']);
    expect(told.map(({ answer }) => answer.outcome)).toEqual(Array(6).fill('ok'));
    expect(told.find(({ job }) => job === 'trade')?.answer.only).toEqual(['KXA', 'KXB']);
    expect(readFileSync(join(cwd, '.pilot/logs/latest.log'), 'utf8')).toContain('"job":"trade"');
    const journal = await spawnPilot(['export', 'journal'], cwd);
    expect(journal.out).toMatch(/"kind":"run-tickers".*"only":\["KXA","KXB"\]/);
  });

  test('leaves a system that runs here alone, and says how to narrow that one', async () => {
    const before = process.cwd();
    process.chdir(folder());
    onTestFinished(() => process.chdir(before));
    announce({
      ...{ pid: process.pid, endpoint: 'http://127.0.0.1:1', dashboard: 'http://127.0.0.1:2', mode: 'paper', prices: 'generated' },
      ...{ clock: '0,0,1', kalshiBaseUrl: 'http://127.0.0.1:3' },
    });
    expect(await callPilot('trade', '--tickers', 'KXA')).toMatchObject({ code: 1, err: expect.stringContaining('capital.allow.tickers') });
  });

  test.each([
    [['--tickers', 'KXA', '--interval', '1'], 'from 10 to'],
    [['--tickers', 'KXA', '--mode', 'live'], 'Allowed choices'],
    [[], 'tickers'],
  ])('refuses %j with 2', async (args, said) => {
    expect(await callPilot('trade', ...args)).toMatchObject({ code: 2, err: expect.stringContaining(said) });
  });
});

describe('the tickers of a run', () => {
  test('are all when nothing is said, and never all by mistake', () => {
    expect(runTickers({})).toBeUndefined();
    expect(runTickers({ tickers: ['KXA'] })).toEqual(['KXA']);
    for (const tickers of [[], 'KXA', [3], null, ['']]) expect(() => runTickers({ tickers })).toThrow(/tickers: .*Fix:/);
  });
});
