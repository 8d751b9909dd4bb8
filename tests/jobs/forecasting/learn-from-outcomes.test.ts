import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../../shared/adapters/memory/memory-store.ts';
import type { MarketOutcome, MarketResult } from '../../../shared/domain/market.ts';
import type { Usd } from '../../../shared/domain/money.ts';
import { FORECASTS } from '../../../shared/jobs/forecasting/forecast-market.ts';
import {
  lastLearned,
  learnFromOutcomes,
  settledForecasts,
  settleForecasts,
  unsettledTickers,
} from '../../../shared/jobs/forecasting/learn-from-outcomes.ts';
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
    expect((await settledForecasts(io)).map(({ forecast, yes }) => [forecast.ticker, yes])).toEqual([
      ['T-0', true],
      ['T-2', false],
    ]);
  });

  it('may be repeated', async () => {
    const io = await withForecasts(1);
    await settleForecasts(io, [outcome('T-0', 'yes')], now);
    expect(await settleForecasts(io, [outcome('T-0', 'yes')], now)).toBe(0);
    expect(await settledForecasts(io)).toHaveLength(1);
  });

  it('keeps a scalar end without scoring it', async () => {
    const io = await withForecasts(1);
    await settleForecasts(io, [outcome('T-0', 'scalar')], now);
    expect((await settledForecasts(io))[0]?.yes).toBeUndefined();
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

  it('has learned nothing before the first night', async () => expect(await lastLearned(memoryStore())).toBeUndefined());
});
