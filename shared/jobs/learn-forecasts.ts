import type { LearnedModel } from '../domain/forecasting/learn.ts';
import type { Clock } from '../ports/clock.ts';
import type { MarketData } from '../ports/exchange.ts';
import type { RecordStore } from '../ports/store.ts';
import { learnFromOutcomes, settleForecasts, unsettledTickers } from './forecasting/learn-from-outcomes.ts';

export interface LearnForecastsIo {
  readonly records: RecordStore;
  readonly market: Pick<MarketData, 'outcomes'>;
  readonly clock: Clock;
  /** Weight of a model before anything of it has settled. */
  readonly priorWeight: number;
}

/** What a night taught: forecasts whose markets ended, and what each model weighs now. */
export interface ForecastLessons {
  readonly settled: number;
  readonly weights: Readonly<Record<string, number>>;
  /** Models that lost their weight this night; the alert check tells as long as it lasts. */
  readonly lost: readonly string[];
}

/** Settles the forecasts of ended markets, then refits calibration and weight of every model. Safe to repeat. */
export async function learnForecasts({ records, market, clock, priorWeight }: LearnForecastsIo): Promise<ForecastLessons> {
  const now = clock.now();
  const tickers = await unsettledTickers({ records }, now);
  const outcomes = tickers.length === 0 ? [] : await market.outcomes(tickers);
  const settled = await settleForecasts({ records }, outcomes, now);
  const { learned, lost } = await learnFromOutcomes({ records }, now, priorWeight);
  const weights = Object.entries(learned.models).map(([name, { weight }]: [string, LearnedModel]): [string, number] => [name, weight]);
  return { settled, weights: Object.fromEntries(weights), lost };
}
