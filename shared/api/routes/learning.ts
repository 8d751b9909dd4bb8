import type { MarketCalibration } from '../../domain/calibration/market-calibration.ts';
import type { AbstentionRecord, ForecastRecord } from '../../domain/forecasting/forecast-record.ts';
import { usdText } from '../../domain/money.ts';
import { CALLS } from '../../jobs/ai-budget.ts';
import { ABSTENTIONS, FORECASTS } from '../../jobs/forecasting/forecast-market.ts';
import { lastLearned, lastScore } from '../../jobs/forecasting/learn-from-outcomes.ts';
import type { AiJson, CalibrationJson } from '../contract/learning.ts';
import type { Reading } from './reading.ts';
import { readAi } from './status.ts';
import { isoTime, orNull } from './unknown.ts';

const LOG = 100;
const CALLS_COUNTED = 1000;
const MONTH = 30 * 86_400_000;

/** How what was said came true, beside the market's own price of the same moments. */
export async function readCalibration({ io }: Reading): Promise<CalibrationJson> {
  const [judged, market] = await Promise.all([lastScore(io.store), io.store.records.get('calibration', 'market')]);
  const scored = judged?.score;
  const { fittedAt, samples, events, active } = (market ?? {}) as Partial<MarketCalibration>;
  const known = fittedAt !== undefined && samples !== undefined && events !== undefined && active !== undefined;
  return {
    settled: judged?.settled ?? 0,
    brier: scored?.brier ?? null,
    marketBrier: scored?.marketBrier ?? null,
    skill: scored?.skill ?? null,
    error: scored?.calibrationError ?? null,
    bins: [...(scored?.bins ?? [])],
    why: scored ? null : 'no forecast has settled yet',
    market: known ? { fittedAt: isoTime(fittedAt), samples, events, active } : null,
  };
}

/** What the models said last, and did not say, with what it cost. */
export async function readAiLog(reading: Reading): Promise<AiJson> {
  const { io, now } = reading;
  const { records } = io.store;
  const newest = { newestFirst: true, limit: LOG } as const;
  const [{ spent, simulated }, learned, forecasts, abstentions, calls] = await Promise.all([
    readAi(reading),
    lastLearned(io.store),
    records.list(FORECASTS, newest),
    records.list(ABSTENTIONS, newest),
    records.list(CALLS, { from: isoTime(now - MONTH), limit: CALLS_COUNTED }),
  ]);
  const log = [
    ...forecasts.map(({ body }) => forecastJson(body as ForecastRecord)),
    ...abstentions.map(({ body }) => abstentionJson(body as AbstentionRecord)),
  ];
  return {
    spentToday: usdText(spent === 0 ? simulated : spent),
    simulated: spent === 0 && simulated > 0,
    budget: usdText(io.settings.aiBudgetPerDay),
    models: Object.entries(learned?.models ?? {}).map(([model, { state, weight }]) => ({ model, state, weight })),
    log: log.toSorted((a, b) => (a.at < b.at ? 1 : -1)).slice(0, LOG),
    calls: calls.length,
  };
}

function forecastJson({ at, ticker, strategy, model, blended, mid, cost, calibrated, cached }: ForecastRecord): AiJson['log'][number] {
  const detail = `model ${Math.round(calibrated * 100)}%${cached ? ', from an earlier answer' : ''}`;
  return { at: isoTime(at), ticker, strategy, kind: 'forecast', model, probability: blended, market: mid, cost: usdText(cost), detail };
}

function abstentionJson({ at, ticker, strategy, why, detail, mid, cost, unasked }: AbstentionRecord): AiJson['log'][number] {
  const unsaid = { model: null, probability: null, market: orNull(mid, Number), cost: usdText(cost) };
  return {
    at: isoTime(at),
    ticker,
    strategy,
    kind: 'abstained',
    ...unsaid,
    detail: `${why}: ${detail}${unasked ? ` (${unasked.markets} markets, since ${isoTime(unasked.since)})` : ''}`,
  };
}
