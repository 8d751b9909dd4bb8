import { expect, it } from 'vitest';
import type { MarketOutcome } from '../../shared/domain/market.ts';
import type { Usd } from '../../shared/domain/money.ts';
import { forecastMarket } from '../../shared/jobs/forecasting/forecast-market.ts';
import { lastLearned } from '../../shared/jobs/forecasting/learn-from-outcomes.ts';
import { learnForecasts } from '../../shared/jobs/learn-forecasts.ts';
import { ioWith, market, now, scripted } from './forecasting/scripted-analyst.ts';

it('a night settles what has ended, keeps the rest, and asks the exchange about nothing else', async () => {
  const io = ioWith({ primary: scripted('grok-4.7', { probability: 0.7 }) });
  for (const ticker of ['T-1', 'T-2']) await forecastMarket(io, market({ ticker }), now);
  const asked: string[] = [];
  const outcomes = async (tickers: readonly string[]): Promise<readonly MarketOutcome[]> => {
    asked.push(...tickers);
    return [{ ticker: 'T-1', result: 'yes', yesValue: 1_000_000 as Usd, settledAt: now }];
  };
  const night = { records: io.records, market: { outcomes }, clock: { now: () => now + 1, sleep: async () => {} }, priorWeight: 0.1 };
  const { settled, weights, lost } = await learnForecasts(night);
  expect([settled, lost, asked]).toEqual([1, [], ['T-1', 'T-2']]);
  expect(weights['grok-4.7']).toBeCloseTo(0.1, 1);
  expect((await lastLearned(io))?.models['grok-4.7']?.test.events).toBe(1);
  expect(await learnForecasts(night)).toMatchObject({ settled: 0 });
  expect(asked.slice(2)).toEqual(['T-2']);
});
