import type { ForecastRecord, SettledForecast } from '../../../shared/domain/forecasting/forecast-record.ts';
import type { Price, Probability, Usd } from '../../../shared/domain/money.ts';

type Numbers = 'raw' | 'calibrated' | 'blended' | 'shadow' | 'mid';
type Change = Partial<Omit<ForecastRecord, Numbers>> & Partial<Record<Numbers, number>>;

/** A forecast for tests: .6 against a mid of .5, unless something else is asked. */
export function settledForecast(change: Change, yes: boolean | undefined): SettledForecast {
  const forecast = {
    ...{ ticker: 'T-1', event: 'T', category: 'weather', at: 0, closesAt: 172_800_000, horizon: '1-3d', strategy: 'directional' },
    ...{ model: 'grok-test', drafts: [], critic: undefined, raw: 0.6, calibrated: 0.6, blended: 0.6, shadow: 0.6, standardError: 0.05 },
    ...{ weight: 0.25, bid: 4900 as Price, ask: 5100 as Price, mid: 0.5 as Probability, rulesHash: 'r', promptHash: 'p', evidence: [] },
    ...{ sentiment: undefined, gap: undefined, paperOnly: false, cached: false, cost: 0 as Usd },
    ...change,
  };
  return { forecast: forecast as ForecastRecord, yes, settledAt: 1 };
}
