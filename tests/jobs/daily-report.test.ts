import { describe, expect, test } from 'vitest';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import type { Alert } from '../../shared/domain/words/alert.ts';
import type { Report } from '../../shared/domain/words/report.ts';
import { DIGEST } from '../../shared/jobs/alerts/raise-alerts.ts';
import { dailyReport } from '../../shared/jobs/daily-report.ts';
import { equityHistory, keepEquity } from '../../shared/jobs/equity-history.ts';
import { usd } from '../fixtures/trading-desk.ts';
import { busyStore, NOW, watchIo } from '../fixtures/watched-book.ts';

const DAY = 86_400_000;

describe('the daily report', () => {
  test('is kept under its day, holds notes and what was not worth a message, and goes out by mail', async () => {
    const { store, clock } = await busyStore();
    const arrived: Alert[] = [];
    const send = async (alert: Alert) => ({ delivered: arrived.push(alert) > 0 });
    const report = await dailyReport({ ...watchIo(store, clock), outlets: [{ channels: ['email'], by: { send } }] }, 'paper');
    expect((await store.records.get('report', '2026-11-20#daily#paper')) as Report).toMatchObject(report);
    expect(report.sections.map(({ title }) => title)).toEqual(['Digest, 2 notices', 'Notes']);
    expect(report.funnel?.seen).toBe(533);
    expect(arrived.map(({ subject }) => subject)).toEqual([expect.stringContaining('Daily report 2026-11-20')]);
    expect(arrived[0]?.text).toContain('the Fed speaks on Tuesday');
    expect(await store.records.list(DIGEST)).toEqual([]);
  });

  test('brings the week on Mondays', async () => {
    const { store, clock } = await busyStore();
    clock.at = NOW + 3 * DAY;
    const arrived: Alert[] = [];
    const send = async (alert: Alert) => ({ delivered: arrived.push(alert) > 0 });
    await dailyReport({ ...watchIo(store, clock), outlets: [{ channels: ['email'], by: { send } }] }, 'paper');
    expect(arrived.map(({ type }) => type)).toEqual(['WARNING', 'WEEKLY_SUMMARY']);
  });
});

describe('the history of a book’s worth', () => {
  test('keeps the extremes of days whose points are gone, so that the deepest fall stays known', async () => {
    let now = NOW;
    const store = memoryStore(() => now);
    for (const [hour, worth] of [100, 120, 60, 90].entries()) {
      await keepEquity(store, 'paper', { at: NOW + hour * 3_600_000, equity: usd(worth), deposits: usd(100), realised: usd(0) });
    }
    now = NOW + 60 * DAY;
    expect((await equityHistory(store, 'paper', now)).map(({ equity }) => equity)).toEqual([usd(120), usd(60), usd(90)]);
  });
});
