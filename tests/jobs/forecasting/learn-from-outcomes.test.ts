import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../../shared/adapters/memory/memory-store.ts';
import { WINDOW } from '../../../shared/domain/forecasting/learn.ts';
import type { MarketOutcome, MarketResult } from '../../../shared/domain/market.ts';
import type { Usd } from '../../../shared/domain/money.ts';
import { FORECASTS } from '../../../shared/jobs/forecasting/forecast-market.ts';
import {
  lastLearned,
  lastScore,
  learnFromOutcomes,
  settledForecasts,
  settleForecasts,
  unsettledTickers,
} from '../../../shared/jobs/forecasting/learn-from-outcomes.ts';
import type { RecordStore } from '../../../shared/ports/store.ts';
import { settledForecast } from '../../domain/forecasting/forecasts.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const at = (index: number) => new Date(now + index * 1000).toISOString();

async function withForecasts(count: number, shadow = 0.6) {
  const { records } = memoryStore();
  for (let i = 0; i < count; i++) {
    const { forecast } = settledForecast({ ticker: `T-${i}`, event: `E-${i}`, shadow }, true);
    await records.put(FORECASTS, `${at(i)}|T-${i}`, forecast);
  }
  return { records };
}

const outcome = (ticker: string, result: MarketResult): MarketOutcome => ({
  ticker,
  result,
  yesValue: 0 as Usd,
  settledAt: now + 9_000_000,
});

describe('learning from outcomes', () => {
  it('asks about forecasts that have not settled, and moves those that have', async () => {
    const io = await withForecasts(3);
    expect(await unsettledTickers(io, now)).toEqual(['T-0', 'T-1', 'T-2']);
    expect(await settleForecasts(io, [outcome('T-0', 'yes'), outcome('T-2', 'no'), outcome('OTHER', 'yes')], now)).toBe(2);
    expect(await unsettledTickers(io, now)).toEqual(['T-1']);
    expect((await settledForecasts(io, 0)).map(({ forecast, yes }) => [forecast.ticker, yes])).toEqual([
      ['T-0', true],
      ['T-2', false],
    ]);
  });

  it('may be repeated', async () => {
    const io = await withForecasts(1);
    await settleForecasts(io, [outcome('T-0', 'yes')], now);
    expect(await settleForecasts(io, [outcome('T-0', 'yes')], now)).toBe(0);
    expect(await settledForecasts(io, 0)).toHaveLength(1);
  });

  it('scores models on the price of the moment they were asked, not on renewals of an earlier answer', async () => {
    const io = await withForecasts(1);
    const { forecast } = settledForecast({ ticker: 'T-0', event: 'E-0', cached: true, mid: 0.9 }, true);
    await io.records.put(FORECASTS, `${at(5)}|T-0`, forecast);
    expect(await settleForecasts(io, [outcome('T-0', 'yes')], now)).toBe(1);
    expect((await settledForecasts(io, 0)).map((one) => one.forecast.mid)).toEqual([0.5]);
    expect(await unsettledTickers(io, now)).toEqual([]);
  });

  it('reads no more than half a year of outcomes each night, and remembers the verdict of those before', async () => {
    const io = await withForecasts(150, 0.8);
    await settleForecasts(
      io,
      Array.from({ length: 150 }, (_, i) => outcome(`T-${i}`, i % 2 === 0 ? 'yes' : 'no')),
      now,
    );
    await learnFromOutcomes(io, now + 10_000_000);
    const later = now + 10_000_000 + WINDOW;
    const read: (string | undefined)[] = [];
    const list: RecordStore['list'] = async (kind, range) => {
      read.push(range?.from);
      return io.records.list(kind, range);
    };
    const watched = {
      records: new Proxy(io.records, { get: (target, name) => (name === 'list' ? list : Reflect.get(target, name).bind(target)) }),
    };
    await learnFromOutcomes(watched, later);
    const { learned } = await learnFromOutcomes(watched, later + 1);
    expect(learned.models['grok-test']).toMatchObject({ weight: 0, state: 'lost', test: { events: 150 }, blend: { events: 0 } });
    expect(read).toEqual([new Date(0).toISOString(), new Date(later - WINDOW).toISOString()]);
    expect(JSON.stringify(learned).length).toBeLessThan(10_000);
  });

  it('keeps a scalar end without scoring it', async () => {
    const io = await withForecasts(1);
    await settleForecasts(io, [outcome('T-0', 'scalar')], now);
    expect((await settledForecasts(io, 0))[0]?.yes).toBeUndefined();
    expect((await learnFromOutcomes(io, now)).learned.models['grok-test']?.test.events).toBe(0);
  });

  it('takes the weight of a model that does not beat the price, says so once, and keeps what it learned', async () => {
    const io = await withForecasts(120, 0.8);
    const outcomes = Array.from({ length: 120 }, (_, i) => outcome(`T-${i}`, i % 2 === 0 ? 'yes' : 'no'));
    await settleForecasts(io, outcomes, now);
    expect((await learnFromOutcomes(io, now)).lost).toEqual(['grok-test']);
    expect(await lastLearned(io)).toMatchObject({ at: now, models: { 'grok-test': { weight: 0, state: 'lost' } } });
    expect((await learnFromOutcomes(io, now + 1)).lost).toEqual([]);
  });

  it('scores what was acted on once a night, for pages that ask often', async () => {
    const io = await withForecasts(3);
    expect(await lastScore(io)).toBeUndefined();
    await settleForecasts(io, [outcome('T-0', 'yes'), outcome('T-1', 'scalar')], now);
    await learnFromOutcomes(io, now);
    const kept = await lastScore(io);
    expect(kept).toMatchObject({ at: now, settled: 2, excluded: 1, score: { events: 1, marketBrier: 0.25 } });
    await learnFromOutcomes(io, now);
    expect(await lastScore(io)).toEqual(kept);
  });

  it('has learned nothing before the first night', async () => expect(await lastLearned(memoryStore())).toBeUndefined());
});
