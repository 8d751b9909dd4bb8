import type { Throttle } from '../../domain/ai-budget.ts';
import { horizonOf } from '../../domain/calibration/platt.ts';
import type { Forecast } from '../../domain/forecast.ts';
import type { Abstention } from '../../domain/forecasting/abstention.ts';
import { sentimentOf } from '../../domain/forecasting/evidence.ts';
import type { AbstentionRecord, ForecastRecord } from '../../domain/forecasting/forecast-record.ts';
import { gapState, namedFact } from '../../domain/forecasting/gap.ts';
import type { Judged } from '../../domain/forecasting/learn.ts';
import { judge, unlearned } from '../../domain/forecasting/learn.ts';
import type { NamedGap, Question } from '../../domain/forecasting/question.ts';
import type { Worthwhile } from '../../domain/forecasting/triage.ts';
import { triage } from '../../domain/forecasting/triage.ts';
import type { Millis, Probability, Usd } from '../../domain/money.ts';
import type { Analyst } from '../../ports/analyst.ts';
import { spending } from '../ai-budget.ts';
import { askInTurn } from './ask-in-turn.ts';
import type { ForecastingIo, MarketView, Panel } from './forecasting-io.ts';
import type { Opinion } from './gather-opinion.ts';
import { CACHE, gatherOpinion } from './gather-opinion.ts';

/** Forecasts and abstentions, newest by key: the decisions log. */
export const FORECASTS = 'ai-forecast';
export const ABSTENTIONS = 'ai-abstention';

/** A renewal holds an earlier answer against a new price, every quarter of an hour: it is acted on, and not kept for scores. */
const RENEWAL_KEPT = 2 * 86_400_000;
/** Nothing is learned from an abstention; people look back a year at most. */
export const ABSTENTION_KEPT = 400 * 86_400_000;

export interface Forecasted {
  readonly state: 'forecasted';
  /** Blended with the market. */
  readonly forecast: Forecast;
  readonly record: ForecastRecord;
}

export interface Abstained {
  readonly state: 'abstained';
  readonly record: AbstentionRecord;
}

/**
 * Forecasts one market: triage, cache, evidence, blind drafts, critic, then arithmetic. Both ends are recorded; that nobody was
 * asked for want of money is left to the caller. The models see rules and evidence, never a price, and nothing of what they say is more than a number to bound.
 */
export async function forecastMarket(io: ForecastingIo, market: MarketView, now: Millis): Promise<Forecasted | Abstained> {
  const worth = triage(market, now, io.settings);
  if ('why' in worth) return abstain(io, market, undefined, worth, 0, now);
  const { state } = await spending(io, { ...market, model: io.panel.primary.model }, now);
  const opinion = await gatherOpinion(io, market, questionOf(market, worth, now), worth.mid, analystsFor(io.panel, state), now);
  if ('why' in opinion) return abstain(io, market, worth.mid, opinion, opinion.cost, now);
  const judged = judge(io.learned?.models[opinion.model] ?? unlearned(io.settings.priorWeight), opinion.sum, market.category, worth.mid);
  const gap = await explainGap(io, market, opinion, judged, worth.mid, now);
  if ('why' in gap) return abstain(io, market, worth.mid, gap, opinion.cost + gap.cost, now);
  const record = recordOf(io, market, worth, opinion, judged, gap, now);
  const expiry = record.cached ? { expiresAt: now + RENEWAL_KEPT } : undefined;
  await io.records.put(FORECASTS, `${new Date(now).toISOString()}|${market.ticker}`, record, expiry);
  const { blended: probability, standardError, model } = record;
  return { state: 'forecasted', record, forecast: { ticker: market.ticker, probability, standardError, by: model, at: now } };
}

/** Nobody was asked, for want of money: many markets in a row, and one thing to say of all of them (see note-unasked.ts). */
export function isUnasked({ why, cost }: AbstentionRecord): boolean {
  return why === 'budget' && cost === 0;
}

/** Who is asked while this much of the budget is left. */
function analystsFor({ primary, cheap, fallback }: Panel, state: Throttle): readonly Analyst[] {
  if (state === 'stopped') return [];
  const all = state === 'saving' ? [cheap ?? primary, fallback] : [primary, cheap, fallback];
  return all.filter((analyst) => analyst !== undefined);
}

function questionOf(market: MarketView, { rulesPrimary, closesAt }: Worthwhile, now: Millis): Question {
  const { ticker, title, rulesSecondary, resolutionSource, category, expectedExpiration, baseRate } = market;
  return {
    ...{ ticker, title, rulesPrimary, closesAt, asOf: now, evidence: [], scheduled: [] },
    ...(rulesSecondary !== undefined && { rulesSecondary }),
    ...(resolutionSource !== undefined && { resolutionSource }),
    ...(category !== undefined && { category }),
    ...(expectedExpiration !== undefined && { expectedExpiration }),
    ...(baseRate !== undefined && { baseRate }),
  };
}

interface Gap {
  readonly fact: string | undefined;
  readonly cost: number;
}

/** Far from the market the model has to name the dated fact the market lacks; further still it is not believed at all. */
async function explainGap(
  io: ForecastingIo,
  market: MarketView,
  opinion: Opinion,
  { calibrated }: Judged,
  mid: Probability,
  now: Millis,
): Promise<Gap | (Abstention & { readonly cost: number })> {
  const state = gapState(calibrated, mid, io.settings);
  if (state === 'fine') return { fact: undefined, cost: 0 };
  const distance = `${calibrated.toFixed(2)} against the market's ${mid.toFixed(2)}`;
  if (state === 'refused') return { why: 'gap-too-wide', detail: distance, cost: 0 };
  const { named, cost } = await nameGap(io, market, opinion, calibrated > mid ? 'higher' : 'lower', now);
  const fact = namedFact(named, opinion.question, now, io.settings.gapFactAge);
  return typeof fact === 'string' ? { fact, cost } : { why: fact.why, detail: `${distance}: ${fact.detail}`, cost };
}

/** Asked once for each opinion: the answer is kept as long as the opinion is. */
async function nameGap(io: ForecastingIo, market: MarketView, opinion: Opinion, ours: 'higher' | 'lower', now: Millis) {
  const { question, analysts, key, until } = opinion;
  if (question.evidence.length === 0) return { named: undefined, cost: 0 };
  const gapKey = `${key}|gap ${ours}`;
  const kept = (await io.records.get(CACHE, gapKey)) as NamedGap | undefined;
  if (kept) return { named: kept, cost: 0 };
  const task = { kind: 'gap', question, ours, fence: io.fence() } as const;
  const asked = await askInTurn(io, analysts, market, task, (analyst, own) => analyst.nameGap(own), now);
  if (asked.ok) await io.records.put(CACHE, gapKey, asked.value, { expiresAt: until });
  return { named: asked.ok ? asked.value : undefined, cost: asked.cost };
}

function recordOf(
  { learned, settings }: ForecastingIo,
  { ticker, event, category, strategy }: MarketView,
  { bid, ask, mid, rulesHash, closesAt }: Worthwhile,
  opinion: Opinion,
  judged: Judged,
  gap: Gap,
  at: Millis,
): ForecastRecord {
  const { model, sum, drafts, critic, question, promptHash, cached } = opinion;
  const evidence = question.evidence.map(({ hash, source, publishedAt, fetchedAt }) => ({ hash, source, publishedAt, fetchedAt }));
  const { weight } = learned?.models[model] ?? unlearned(settings.priorWeight);
  return {
    ...{ ticker, event, category, strategy, at, closesAt, horizon: horizonOf(closesAt - at), rulesHash, bid, ask, mid },
    ...{ model, drafts, critic, promptHash, cached, evidence, sentiment: sentimentOf(question.evidence) },
    ...{ raw: sum.probability, ...judged, weight, gap: gap.fact, paperOnly: gap.fact !== undefined },
    cost: (opinion.cost + gap.cost) as Usd,
  };
}

async function abstain(
  io: ForecastingIo,
  { ticker, strategy }: MarketView,
  mid: Probability | undefined,
  { why, detail }: Abstention,
  cost: number,
  at: Millis,
): Promise<Abstained> {
  const record: AbstentionRecord = { ticker, at, strategy, why, detail, mid, cost: cost as Usd };
  if (!isUnasked(record))
    await io.records.put(ABSTENTIONS, `${new Date(at).toISOString()}|${ticker}`, record, { expiresAt: at + ABSTENTION_KEPT });
  return { state: 'abstained', record };
}
