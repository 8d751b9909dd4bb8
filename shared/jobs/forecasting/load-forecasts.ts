import type { Forecast } from '../../domain/forecast.ts';
import type { ForecastRecord } from '../../domain/forecasting/forecast-record.ts';
import type { Millis } from '../../domain/money.ts';
import type { RecordStore } from '../../ports/store.ts';
import { FORECASTS } from './forecast-market.ts';

/** The newest forecast of each market, of those made since `since`; what strategies see. */
export async function loadForecasts(records: RecordStore, since: Millis, now: Millis): Promise<ReadonlyMap<string, Forecast>> {
  const range = { from: new Date(since).toISOString(), to: `${new Date(now).toISOString()}|~` };
  const kept = await records.list(FORECASTS, range);
  return new Map(kept.map(({ body }) => forecastOf(body as ForecastRecord)).map((forecast) => [forecast.ticker, forecast]));
}

function forecastOf({ ticker, blended, standardError, model, at, paperOnly }: ForecastRecord): Forecast {
  return { ticker, probability: blended, standardError, by: model, at, ...(paperOnly ? { paperOnly } : {}) };
}
