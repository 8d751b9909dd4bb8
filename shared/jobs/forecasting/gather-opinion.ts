import type { Abstention } from '../../domain/forecasting/abstention.ts';
import { refuseAnswers } from '../../domain/forecasting/abstention.ts';
import type { Aggregate } from '../../domain/forecasting/aggregate.ts';
import { aggregate } from '../../domain/forecasting/aggregate.ts';
import { cacheKey, cacheUntil } from '../../domain/forecasting/cache-key.ts';
import { admitEvidence } from '../../domain/forecasting/evidence.ts';
import { forecastPrompt } from '../../domain/forecasting/prompts.ts';
import type { Critique, Draft, Evidence, Question, ScheduledEvent } from '../../domain/forecasting/question.ts';
import type { Millis, Probability, Usd } from '../../domain/money.ts';
import type { Analyst } from '../../ports/analyst.ts';
import { unlessExchange } from '../unless-exchange.ts';
import type { Asked } from './ask-in-turn.ts';
import { askInTurn } from './ask-in-turn.ts';
import type { ForecastingIo, MarketView } from './forecasting-io.ts';

/** Answers that may be used again. */
export const CACHE = 'ai-cache';

/** What the models think of a question, before the market's price is held against it. */
export interface Opinion {
  readonly question: Question;
  readonly analysts: readonly Analyst[];
  readonly model: string;
  readonly drafts: readonly Probability[];
  readonly critic: Probability | undefined;
  readonly sum: Aggregate;
  readonly promptHash: string;
  readonly cached: boolean;
  readonly cost: Usd;
  /** Where it is kept, and how long. */
  readonly key: string;
  readonly until: Millis;
}

/** What is kept of an opinion: everything that money was spent on. */
interface CachedOpinion {
  readonly until: Millis;
  readonly model: string;
  readonly drafts: readonly Draft[];
  readonly critique: Critique;
  readonly evidence: readonly Evidence[];
  readonly scheduled: readonly ScheduledEvent[];
  readonly promptHash: string;
}

type Silence = Abstention & { readonly cost: number };

/** Drafts and critique of a question, from the cache while they are fresh, else from the models. */
export async function gatherOpinion(
  io: ForecastingIo,
  market: MarketView,
  question: Question,
  mid: Probability,
  analysts: readonly Analyst[],
  now: Millis,
): Promise<Opinion | Silence> {
  const panel = `${analysts.map(({ model }) => model).join('+')}|${market.stakes}`;
  const key = cacheKey(market.ticker, mid, io.settings.priceBucket, market.rulesHash ?? '', panel);
  const kept = (await io.records.get(CACHE, key)) as CachedOpinion | undefined;
  if (kept && kept.until > now) return opinionOf(io, question, analysts, kept, { key, cached: true, cost: 0 as Usd });
  if (analysts.length === 0) return { why: 'budget', detail: 'the AI budget is used up', cost: 0 };
  const asked = await askModels(io, market, question, analysts, now);
  if ('why' in asked) return asked;
  const { cost, ...fresh } = asked;
  const until = cacheUntil(now, question.closesAt, io.settings.cacheFor);
  await io.records.put(CACHE, key, { ...fresh, until }, { expiresAt: until });
  return opinionOf(io, question, analysts, { ...fresh, until }, { key, cached: false, cost: cost as Usd });
}

async function askModels(
  io: ForecastingIo,
  market: MarketView,
  bare: Question,
  analysts: readonly Analyst[],
  now: Millis,
): Promise<(Omit<CachedOpinion, 'until'> & { readonly cost: number }) | Silence> {
  const dated: Question = { ...bare, scheduled: await plannedFor(io, market, now) };
  const found = await findEvidence(io, market, dated, analysts, now);
  const question: Question = { ...dated, evidence: found.evidence };
  const asked = await draft(io, market, question, analysts, now);
  const drafts = asked.flatMap((one) => (one.ok ? [one] : []));
  let cost = found.cost + asked.reduce((sum, one) => sum + one.cost, 0);
  if (drafts.length < io.settings.minDrafts) return { ...silence(asked, drafts.length, io.settings.minDrafts), cost };
  const values = drafts.map(({ value }) => value);
  const task = { kind: 'critique', question, drafts: values, fence: io.fence() } as const;
  const critique = await askInTurn(io, analysts, market, task, (analyst, own) => analyst.critique(own), now);
  cost += critique.cost;
  if (!critique.ok) return { why: critique.why === 'budget' ? 'budget' : 'no-answer', detail: `the critic: ${critique.detail}`, cost };
  const model = [...new Set(drafts.map((one) => one.model))].sort().join('+');
  const { instructions, input } = forecastPrompt(question, '');
  return {
    model,
    drafts: values,
    critique: critique.value,
    evidence: found.evidence,
    scheduled: dated.scheduled,
    promptHash: io.digest(`${instructions}\n${input}`),
    cost,
  };
}

/** Asked for once models are. The exchange not answering costs the dates, not the forecast. */
async function plannedFor({ scheduled }: ForecastingIo, { event }: MarketView, now: Millis): Promise<readonly ScheduledEvent[]> {
  return (await scheduled?.(event, now).catch(unlessExchange)) ?? [];
}

/** Blind drafts at the same time. With high stakes the models take turns in going first, so that each is heard. */
function draft(io: ForecastingIo, market: MarketView, question: Question, analysts: readonly Analyst[], now: Millis) {
  return Promise.all(
    Array.from({ length: io.settings.drafts }, (_, index) => {
      const first = market.stakes === 'high' ? index % analysts.length : 0;
      const order = [...analysts.slice(first), ...analysts.slice(0, first)];
      const task = { kind: 'forecast', question, fence: io.fence() } as const;
      return askInTurn(io, order, market, task, (analyst, own) => analyst.forecast(own), now);
    }),
  );
}

async function findEvidence(io: ForecastingIo, market: MarketView, question: Question, analysts: readonly Analyst[], now: Millis) {
  const { searchEvidence, evidence: limits } = io.settings;
  if (!searchEvidence) return { evidence: [], cost: 0 };
  const task = { kind: 'evidence', question, maxItems: limits.maxItems, fence: io.fence() } as const;
  const asked = await askInTurn(io, analysts, market, task, (analyst, own) => analyst.evidence(own), now);
  if (!asked.ok) return { evidence: [], cost: asked.cost };
  return { evidence: admitEvidence(asked.value, now, question.asOf, limits, io.digest).evidence, cost: asked.cost };
}

/** Drafts that the critic found to misread the rules do not count; the critic's own forecast does. */
function opinionOf(
  io: ForecastingIo,
  question: Question,
  analysts: readonly Analyst[],
  { model, drafts, critique, evidence, scheduled, promptHash, until }: CachedOpinion,
  origin: Pick<Opinion, 'key' | 'cached' | 'cost'>,
): Opinion | Silence {
  const sound = drafts.filter((_, index) => !critique.misread.includes(index)).map(({ probability }) => probability);
  const sum = aggregate([...sound, critique.probability], question.baseRate);
  if (!sum) return { why: 'too-few-drafts', detail: 'no usable forecast', cost: origin.cost };
  const refused = refuseAnswers(sum, critique, io.settings);
  if (refused) return { ...refused, cost: origin.cost };
  const critic = critique.probability;
  return { ...origin, until, model, promptHash, critic, drafts: sound, sum, analysts, question: { ...question, evidence, scheduled } };
}

function silence(asked: readonly Asked<Draft>[], usable: number, needed: number): Abstention {
  const failed = asked.flatMap((one) => (one.ok ? [] : [one]));
  const reasons = [...new Set(failed.map(({ detail }) => detail))].join('; ');
  if (failed.every(({ why }) => why === 'budget') && usable === 0) return { why: 'budget', detail: reasons };
  return { why: usable === 0 ? 'no-answer' : 'too-few-drafts', detail: `${usable} of at least ${needed} drafts: ${reasons}` };
}
