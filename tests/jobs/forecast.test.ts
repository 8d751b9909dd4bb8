import { describe, expect, it } from 'vitest';
import type { Millis, Usd } from '../../shared/domain/money.ts';
import type { MarketRow } from '../../shared/domain/rows-board.ts';
import { boardOfRows } from '../../shared/domain/rows-board.ts';
import { reserveCall, SPEND } from '../../shared/jobs/ai-budget.ts';
import type { ForecastIo } from '../../shared/jobs/forecast.ts';
import { forecast } from '../../shared/jobs/forecast.ts';
import { ABSTENTIONS, FORECASTS } from '../../shared/jobs/forecasting/forecast-market.ts';
import { loadForecasts } from '../../shared/jobs/forecasting/load-forecasts.ts';
import { learn } from '../../shared/jobs/learn.ts';
import { ExchangeError } from '../../shared/ports/exchange-error.ts';
import { makeConfig } from '../../shared/system/config/config.ts';
import { strategySettings } from '../../shared/system/config/domain-settings.ts';
import { rowOf } from './forecasting/market-row.ts';
import type { Script } from './forecasting/scripted-analyst.ts';
import { ioWith, now, scripted } from './forecasting/scripted-analyst.ts';

const HOUR = 3_600_000;

/** A run over some rows, asked of one scripted analyst; the clock moves on by `tick` with every look. */
function run(rows: readonly MarketRow[], script: Script = { probability: 0.7 }, change: Partial<ForecastIo> = {}, tick = 0) {
  const primary = scripted('grok-4.7', script);
  let time = now;
  const clock = {
    now: (): Millis => {
      time += tick;
      return time;
    },
    sleep: async () => {},
  };
  const io: ForecastIo = {
    ...ioWith({ primary }),
    market: { quotes: async () => boardOfRows(rows, now, { lacks: new Set() }) },
    clock,
    view: { ...strategySettings(makeConfig({})), calibration: undefined, forecast: () => undefined },
    stakes: 'routine',
    maxMarkets: 6,
    maxTime: HOUR,
    ...change,
  };
  return { io, primary, forecast: () => forecast(io, [...rows.map(({ ticker }) => ticker), 'GONE']) };
}

describe('the forecast job', () => {
  it('forecasts what passes the filters and could pay, and counts the rest', async () => {
    const rows = [rowOf('A-1'), rowOf('B-1', { status: 'closed' }), rowOf('C-1', { terms: { ...rowOf('C-1').terms, fee: undefined } })];
    const { forecast: go, io } = run(rows);
    expect(await go()).toMatchObject({
      seen: 4,
      filtered: 2,
      notWorth: { 'no-fee-terms': 1 },
      forecasted: 1,
      abstained: {},
      cost: 600,
      leftOut: 0,
    });
    expect(await io.records.get('forecast-latest', 'forecast')).toMatchObject({ forecasted: 1 });
    expect((await io.records.list(FORECASTS)).map(({ body }) => body)).toMatchObject([
      { ticker: 'A-1', strategy: 'directional', mid: 0.5 },
    ]);
  });

  it('gives strategies the newest forecast of each market, and none that is too old or not yet made', async () => {
    const { forecast: go, io } = run([rowOf('A-1')]);
    await go();
    const seen = await loadForecasts(io.records, now - 60_000, now);
    expect([...seen.values()]).toMatchObject([{ ticker: 'A-1', by: 'grok-4.7', at: now }]);
    expect(seen.get('A-1')?.probability).toBeGreaterThan(0.5);
    expect((await loadForecasts(io.records, now + 1, now + 2)).size).toBe(0);
    expect((await loadForecasts(io.records, now - 2, now - 1)).size).toBe(0);
  });

  it('asks about no more markets than it may, and next time about others: what is in force is only renewed', async () => {
    const { forecast: go, primary } = run(
      ['A-1', 'B-1', 'C-1'].map((ticker) => rowOf(ticker)),
      { probability: 0.7 },
      { maxMarkets: 1 },
    );
    expect(await go()).toMatchObject({ forecasted: 1, cached: 0, leftOut: 2 });
    const asked = primary.asked.length;
    expect(await go()).toMatchObject({ forecasted: 2, cached: 1, leftOut: 1 });
    expect(primary.asked.length).toBe(2 * asked);
  });

  it('does not let a market that models decline stand before the others', async () => {
    const declined = run(
      ['A-1', 'B-1'].map((ticker) => rowOf(ticker)),
      { rulesClear: false },
      { maxMarkets: 1 },
    );
    await declined.forecast();
    await declined.forecast();
    const decisions = (await declined.io.records.list(ABSTENTIONS)).map(({ body }) => body as { ticker: string; why: string });
    expect(decisions.map(({ ticker, why }) => [ticker, why])).toEqual([
      ['A-1', 'rules-unclear'],
      ['B-1', 'rules-unclear'],
    ]);
  });

  it('stops asking when its time is over, in the middle of a market too', async () => {
    const rows = ['A-1', 'B-1', 'C-1'].map((ticker) => rowOf(ticker));
    const { forecast: go, primary } = run(rows, { probability: 0.7 }, { maxTime: 30_000 }, 10_000);
    const { forecasted, leftOut } = await go();
    expect(primary.asked.length).toBeLessThan(4);
    expect([forecasted, leftOut]).toEqual([0, 2]);
  });

  it('costs nothing and breaks nothing when every model is out', async () => {
    expect(await run([rowOf('A-1')], { fails: 'server-error' }).forecast()).toMatchObject({ forecasted: 0, abstained: { 'no-answer': 1 } });
  });

  it('asks nothing when the money is gone', async () => {
    const base = run([rowOf('A-1')]);
    const { forecast: go, primary } = run([rowOf('A-1')], {}, { caps: { ...base.io.caps, perDay: 0 as Usd } });
    expect(await go()).toMatchObject({ abstained: { budget: 1 }, cost: 0 });
    expect(primary.asked).toEqual([]);
  });

  it('says once, and since when, that nobody is asked for want of money', async () => {
    const rows = ['A-1', 'B-1', 'C-1'].map((ticker) => rowOf(ticker));
    const { io } = run(rows, {}, { caps: { ...run(rows).io.caps, perDay: 0 as Usd } });
    const at = (time: Millis) => ({ ...io, clock: { now: () => time, sleep: async () => {} } });
    const told = async () => (await io.records.list(ABSTENTIONS)).map(({ body }) => body);
    const tickers = rows.map(({ ticker }) => ticker);
    await forecast(at(now), tickers);
    await forecast(at(now + 900_000), tickers);
    expect(await told()).toMatchObject([{ why: 'budget', at: now + 900_000, unasked: { markets: 3, since: now } }]);
    await forecast(at(now + 24 * HOUR), tickers);
    expect(await told()).toMatchObject([{ at: now + 900_000 }, { at: now + 24 * HOUR, unasked: { since: now + 24 * HOUR } }]);
  });

  it('gives back what a run that died had reserved', async () => {
    const { forecast: go, io } = run([]);
    const call = { ticker: 'T', strategy: 'directional', purpose: 'forecast', model: 'm', estimate: 500 as Usd };
    await reserveCall(io, call, now - HOUR);
    expect(await go()).toMatchObject({ expiredReservations: 1 });
    expect(await io.records.get(SPEND, 'day|2026-11-20')).toBe(0);
  });

  it('tells models what is planned, and forecasts without it when nobody answers', async () => {
    const asked: string[] = [];
    const scheduled = async (event: string) => {
      asked.push(event);
      return [{ title: 'The vote', at: now + HOUR }];
    };
    const { forecast: go, primary } = run([rowOf('A-1')], {}, { scheduled });
    await go();
    await go();
    expect(asked).toEqual(['A']);
    expect(primary.asked[0]).toMatchObject({ question: { scheduled: [{ title: 'The vote' }], resolutionSource: 'the gauge' } });
    const out = async () => Promise.reject(new ExchangeError('GetMilestones: no answer.', { outcome: 'unknown', code: 'x', fix: 'wait' }));
    expect(await run([rowOf('A-1')], {}, { scheduled: out }).forecast()).toMatchObject({ forecasted: 1 });
  });

  it('tells models how often the category ended YES, once enough of it has', async () => {
    const { forecast: go, primary, io } = run([rowOf('A-1')]);
    const samples = Array.from({ length: 40 }, (_, i) => ({
      ...{ event: `E${i}`, category: 'Weather', horizon: '1-3d' as const, mid: 0.5, yes: i % 4 === 0 },
    }));
    await learn({
      records: io.records,
      clock: io.clock,
      settings: { strength: 300, minEvents: 30, clamp: 0.1 },
      samples: async () => samples,
    });
    await go();
    expect(primary.asked[0]).toMatchObject({ question: { baseRate: 0.25 } });
  });

  it('never shows a model a price or a key', async () => {
    const { forecast: go, primary } = run([rowOf('A-1', { bid: 4321, ask: 4523 })]);
    await go();
    expect(primary.asked.length).toBeGreaterThan(0);
    expect(JSON.stringify(primary.asked)).not.toMatch(/4321|4523|0\.4321|0\.4422|PRIVATE/);
  });
});
