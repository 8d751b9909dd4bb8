import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { goLiveView } from '../../bin/views/golive.ts';
import type { ViewIo } from '../../bin/views/view.ts';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import { gateRows } from '../../shared/api/routes/live-gate.ts';
import type { Metrics } from '../../shared/domain/metrics/performance.ts';
import { metricIds } from '../../shared/domain/metrics/performance.ts';
import { busyStore, config, NOW } from '../fixtures/watched-book.ts';
import { callPilot, spawnPilot } from './run-pilot.ts';

const before = process.cwd();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pilot-golive-'));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

const io = async (store: ViewIo['store']): Promise<ViewIo> => ({
  store,
  now: NOW,
  book: 'paper',
  mode: 'paper',
  zone: config.zone,
  config,
});

describe('pilot golive', () => {
  test('lists every row with what there is, and none of what only the exchange or a later proof can show passes', async () => {
    const { store } = await busyStore();
    const { text, rows, missing } = await goLiveView(await io(store));
    const state = Object.fromEntries(rows.map((row) => [row.name, row.state]));
    expect(state).toMatchObject({ Trades: 'not-met', Reconciliation: 'not-applicable', Fees: 'not-applicable', Evidence: 'unknown' });
    expect(missing).toEqual(expect.arrayContaining(['Reconciliation', 'Fees', 'Evidence']));
    expect(text).toContain('not yet measured');
  });

  test('knows nothing of a fresh book, and says so', async () => {
    const { text, missing } = await goLiveView(await io(memoryStore(() => NOW)));
    expect(text).toContain('nothing booked yet');
    expect(missing).toEqual(['Trades', 'Exits', 'Evidence']);
  });

  test('passes the exchange’s rows of a demo book only once they were earned', () => {
    const metrics = Object.fromEntries(metricIds.map((id) => [id, { value: undefined, n: 0 }])) as Metrics;
    const day = { ended: 1, ok: 1, compared: 10, told: 0, delivered: 0 };
    const days = Object.fromEntries(
      Array.from({ length: 14 }, (_, at) => [`2026-11-${String(at + 1).padStart(2, '0')}`, { ...day, agreed: 10 }]),
    );
    const of = (agreed: number) =>
      gateRows({
        book: 'demo',
        now: NOW,
        metrics,
        fills: [],
        levels: { upTo: NOW, comparedAt: NOW, days: { ...days, '2026-11-15': { ...day, agreed } } },
      });
    const reconciliation = (agreed: number) => of(agreed).find(({ name }) => name === 'Reconciliation')?.state;
    expect([reconciliation(10), reconciliation(9)]).toEqual(['met', 'not-met']);
  });

  test('lets a strategy trade live over rows that are not met only with a reason, which the journal keeps', async () => {
    writeFileSync('pilot.config.ts', 'export const config = { strategies: { favourites: { minEdge: 0.02 } } }; // mine\n');
    expect(await callPilot('golive')).toMatchObject({ code: 1, out: expect.stringContaining('the way to real money') });
    const refused = await callPilot('golive', 'favourites', '--yes');
    expect(refused).toMatchObject({ code: 4, err: expect.stringContaining('--override REASON') });
    const unasked = await callPilot('golive', 'favourites', '--override', 'I know');
    expect(unasked).toMatchObject({ code: 2, err: expect.stringContaining('REAL MONEY') });
    expect(readFileSync('pilot.config.ts', 'utf8')).not.toContain('live');
    const { code, out } = await callPilot('golive', 'favourites', '--override', 'small test', '--yes', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      strategy: 'favourites',
      settings: { 'strategies.favourites.rung': 'live', 'sizing.maxOrder': 10 },
    });
    expect(readFileSync('pilot.config.ts', 'utf8')).toBe(
      "export const config = { strategies: { favourites: { minEdge: 0.02, rung: 'live', exits: { stop: 0.2 } } }, sizing: { maxOrder: 10 } }; // mine\n",
    );
    const journal = (await spawnPilot(['export', 'journal'], folder)).out;
    expect(journal).toMatch(/"kind":"golive".*"overridden":\["Trades"/);
    expect(journal).toContain('small test');
  });
});
