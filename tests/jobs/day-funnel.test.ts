import { expect, it } from 'vitest';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import { decide } from '../../shared/domain/decide.ts';
import type { Probability } from '../../shared/domain/money.ts';
import { boardOfRows } from '../../shared/domain/rows-board.ts';
import { dayFunnel } from '../../shared/jobs/day-funnel.ts';
import { keepDecision, lastDecision } from '../../shared/jobs/last-decision.ts';
import { scan } from '../../shared/jobs/scan.ts';
import { makeConfig } from '../../shared/system/config/config.ts';
import { strategyView } from '../../shared/system/desk-settings.ts';
import { aBook, aDesk } from '../fixtures/trading-desk.ts';
import { rowOf } from './forecasting/market-row.ts';
import { now } from './forecasting/scripted-analyst.ts';

const HOUR = 3_600_000;
const tickOf = (at: number) => new Date(at).toISOString();

it('a day counts what scans dropped and what trade made of the rest, none of it twice and nothing older', async () => {
  const store = memoryStore(() => now);
  expect(await dayFunnel(store, 'paper', now)).toBeUndefined();
  const board = boardOfRows([rowOf('A-1'), rowOf('B-1', { status: 'closed' })], now, { lacks: new Set() });
  const forecast = { ticker: 'A-1', probability: 0.7 as Probability, standardError: 0.02, by: 'm', at: now };
  const view = strategyView(makeConfig({}), undefined, new Map([['A-1', forecast]]));
  const market = {
    scan: async function* () {
      yield board;
    },
  };
  const clock = { now: () => now, sleep: async () => {} };
  const decision = decide(board, aDesk({ view, book: aBook({ at: now }) }));
  for (const at of [now - 25 * HOUR, now - HOUR, now]) {
    await scan({ market, clock, records: store.records, view, record: async () => {}, maxCandidates: 9 }, tickOf(at));
    await keepDecision(store.records, { decision, board, view, tick: tickOf(at) });
  }
  expect(await dayFunnel(store, 'paper', now)).toMatchObject({ scans: 2, seen: 4, candidates: 2, signals: 2, orders: 0 });
  expect(await lastDecision(store.records)).toMatchObject({ tick: tickOf(now), signals: 1 });
});
