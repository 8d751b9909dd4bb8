import { steadyChance } from '../../domain/calibration/steady-chance.ts';
import type { ForecastRecord, SettledForecast } from '../../domain/forecasting/forecast-record.ts';
import type { Learned } from '../../domain/forecasting/learn.ts';
import { learn, WINDOW } from '../../domain/forecasting/learn.ts';
import type { ScoreReport } from '../../domain/forecasting/score.ts';
import { score } from '../../domain/forecasting/score.ts';
import type { MarketOutcome } from '../../domain/market.ts';
import type { Millis } from '../../domain/money.ts';
import type { RecordStore } from '../../ports/store.ts';
import { FORECASTS } from './forecast-market.ts';

/** Forecasts with how they ended, in the order they settled. */
const SETTLED = 'ai-settled';
/** What was learned last, under the key `latest`. */
const LEARNED = 'ai-learned';
const LATEST = 'latest';
/** How what was acted on came true, under the same key. */
const SCORE = 'ai-score';
/** Longest stay of a forecast that never settles. */
const LONGEST = 400 * 86_400_000;

interface LearningIo {
  readonly records: RecordStore;
}

/** Tickers of forecasts that have not settled: what the exchange is asked about. */
export async function unsettledTickers({ records }: LearningIo, now: Millis): Promise<readonly string[]> {
  const open = await records.list(FORECASTS, { from: new Date(now - LONGEST).toISOString() });
  return [...new Set(open.map(({ body }) => (body as ForecastRecord).ticker))];
}

/**
 * Moves forecasts of ended markets to the settled ones; returns how many. One that was made from an earlier answer goes: models are
 * scored on the price of the moment they were asked. Void and scalar ends are kept, not scored. Safe to repeat.
 */
export async function settleForecasts({ records }: LearningIo, outcomes: readonly MarketOutcome[], now: Millis): Promise<number> {
  const byTicker = new Map(outcomes.map((outcome) => [outcome.ticker, outcome]));
  let moved = 0;
  for (const { key, body } of await records.list(FORECASTS, { from: new Date(now - LONGEST).toISOString() })) {
    const forecast = body as ForecastRecord;
    const outcome = byTicker.get(forecast.ticker);
    if (outcome === undefined) continue;
    if (!forecast.cached) {
      const yes = outcome.result === 'scalar' ? undefined : outcome.result === 'yes';
      const settled: SettledForecast = { forecast, yes, settledAt: outcome.settledAt };
      await records.put(SETTLED, `${new Date(outcome.settledAt).toISOString()}|${key}`, settled);
      moved++;
    }
    await records.remove(FORECASTS, key);
  }
  return moved;
}

/** What settled since a moment, in the order it did; for people, what models are judged on by now. */
export async function settledForecasts({ records }: LearningIo, since: Millis): Promise<readonly SettledForecast[]> {
  const found = await records.list(SETTLED, { from: new Date(Math.max(0, since)).toISOString() });
  return found.map(({ body }) => body as SettledForecast);
}

/** The forecasts that settled last, the newest first. */
export async function lastSettled({ records }: LearningIo, limit: number): Promise<readonly SettledForecast[]> {
  return (await records.list(SETTLED, { newestFirst: true, limit })).map(({ body }) => body as SettledForecast);
}

export async function lastLearned({ records }: LearningIo): Promise<Learned | undefined> {
  return (await records.get(LEARNED, LATEST)) as Learned | undefined;
}

/** How the blended forecasts of the window came true. */
export interface ForecastScore extends ScoreReport {
  readonly at: Millis;
  readonly settled: number;
}

/** As of the last night: pages ask often, and nothing settles between two nights. */
export async function lastScore({ records }: LearningIo): Promise<ForecastScore | undefined> {
  return (await records.get(SCORE, LATEST)) as ForecastScore | undefined;
}

function scoreOf(settled: readonly SettledForecast[], at: Millis): ForecastScore {
  const fresh = settled.filter(({ settledAt }) => settledAt > at - WINDOW);
  return { at, settled: fresh.length, ...score(fresh, 'blended', steadyChance()) };
}

/**
 * The nightly refit: weights and calibration of every model from what settled lately and what the test remembers of before. Names
 * the models that lost their weight.
 */
export async function learnFromOutcomes(
  io: LearningIo,
  now: Millis,
  priorWeight?: number,
): Promise<{ learned: Learned; lost: readonly string[] }> {
  const previous = await lastLearned(io);
  const settled = await settledForecasts(io, previous?.past?.through ?? 0);
  const result = learn(settled, previous, now, priorWeight);
  await io.records.put(SCORE, LATEST, scoreOf(settled, now));
  await io.records.put(LEARNED, LATEST, result.learned);
  return result;
}
