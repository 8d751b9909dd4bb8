import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import type { Usd } from '../../shared/domain/money.ts';
import { boardOfRows } from '../../shared/domain/rows-board.ts';
import type { AiCallRecord } from '../../shared/jobs/ai-budget.ts';
import { CALLS, SPEND } from '../../shared/jobs/ai-budget.ts';
import type { ForecastIo } from '../../shared/jobs/forecast.ts';
import { forecast } from '../../shared/jobs/forecast.ts';
import { writeAnalysis } from '../../shared/jobs/write-analysis.ts';
import type { RecordStore } from '../../shared/ports/store.ts';
import { makeConfig } from '../../shared/system/config/config.ts';
import { strategyView } from '../../shared/system/desk-settings.ts';
import type { LocalStores } from '../adapters/dynamodb/local-store.ts';
import { localStores } from '../adapters/dynamodb/local-store.ts';
import { rowOf } from './forecasting/market-row.ts';
import { ioWith, now, scripted } from './forecasting/scripted-analyst.ts';

let dynamo: LocalStores;
beforeAll(async () => {
  dynamo = await localStores();
});
afterAll(() => dynamo.stop());

const stores: readonly (readonly [string, () => Promise<RecordStore>])[] = [
  ['memory', async () => memoryStore(() => now).records],
  ['DynamoDB', async () => (await dynamo.make(() => now)).records],
];

/** A run of its own over the same records; its calls cost 100 of the 150 they reserve. */
function runOf(records: RecordStore, perDay: number, name: string): ForecastIo {
  const rows = ['A-1', 'B-1', 'C-1'].map((ticker) => rowOf(ticker));
  const base = ioWith({ primary: scripted('grok-4.7', { probability: 0.7 }) });
  let count = 0;
  return {
    ...base,
    records,
    caps: { ...base.caps, perDay: perDay as Usd },
    nonce: () => `${name}${count++}`,
    market: { quotes: async () => boardOfRows(rows, now, { lacks: new Set() }) },
    clock: { now: () => now, sleep: async () => {} },
    view: strategyView(makeConfig({}), undefined),
    stakes: 'routine',
    maxMarkets: 9,
    maxTime: 60_000,
  };
}

describe.each(stores)('two runs at once on %s', (_name, make) => {
  it('never spend more than the budget together, and account for every call', async () => {
    const records = await make();
    const perDay = 1_450;
    const tickers = ['A-1', 'B-1', 'C-1'];
    await Promise.all(['x', 'y'].map((name) => forecast(runOf(records, perDay, name), tickers)));
    const calls = (await records.list(CALLS)).map(({ body }) => body as AiCallRecord);
    const spent = calls.reduce((sum, { cost }) => sum + (cost ?? 0), 0);
    expect(await records.get(SPEND, 'day|2026-11-20')).toBe(spent);
    expect(spent).toBeLessThanOrEqual(perDay);
    expect(spent).toBeGreaterThan(perDay - 600);
    expect(new Set(calls.map(({ state }) => state))).toEqual(new Set(['settled']));
  });

  it('write one analysis where the money is enough for one', async () => {
    const records = await make();
    const io = { ...runOf(records, 200, 'z'), analysts: [scripted('grok-4.7', {})] };
    const request = { kind: 'daily', at: now, facts: 'Cash  $9.84' } as const;
    const both = await Promise.all([writeAnalysis(io, request, now), writeAnalysis(io, request, now)]);
    expect(both.map(({ state }) => state).sort()).toEqual(['absent', 'written']);
    expect(await records.get(SPEND, 'day|2026-11-20')).toBe(100);
  });
});
