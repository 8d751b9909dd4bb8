import * as z from 'zod/mini';
import { count, optional, positive, price, setting, share } from './setting.ts';

const name = z.string().check(z.minLength(1));
const rates = optional(z.tuple([z.number().check(z.gte(0)), z.number().check(z.gte(0))]));
const efforts = ['none', 'low', 'medium', 'high', 'xhigh'] as const;

/** What is asked of language models, and what it may cost. */
export const ai = z.strictObject({
  dailyBudget: setting(
    z.number().check(z.gte(0)),
    0.25,
    'dollars a day for models; a call, a market, a strategy and a month have their share of it',
  ),
  model: setting(name, 'grok-4.7', 'model that is asked first'),
  cheapModel: setting(optional(name), 'grok-4.3', 'model that is asked when the first is out or money is short; null is none'),
  fallbackModel: setting(optional(name), null, 'model of another compatible provider (OPENAI_API_KEY, OPENAI_BASE_URL); null is none'),
  rates: setting(rates, null, 'dollars per million tokens in and out of the first model; null is the list price of models we know'),
  cheapRates: setting(rates, null, 'the same of the cheap model'),
  fallbackRates: setting(rates, null, 'the same of the fallback: without it, it is never asked'),
  protocol: setting(
    z.enum(['responses', 'chat']),
    'responses',
    'how XAI_BASE_URL is spoken to: responses is xAI, chat is what every other provider has',
  ),
  effort: setting(optional(z.enum(efforts)), null, 'how hard models are told to think; null leaves it to them'),
  callSeconds: setting(positive, 40, 'longest wait for one answer'),
  maxOutputTokens: setting(z.int().check(z.gte(200)), 2_000, 'most tokens of one forecast, thinking included'),
  analysisTokens: setting(z.int().check(z.gte(500)), 4_000, 'most tokens of one analysis, thinking included'),
  forecastSeconds: setting(positive, 110, 'no new question is asked this long after a forecast run began'),
  marketsPerRun: setting(count, 6, 'most markets that one run asks models about'),
  drafts: setting(z.int().check(z.gte(1)), 5, 'blind forecasts of one question; from 5 on the highest and lowest are left out'),
  minDrafts: setting(z.int().check(z.gte(1)), 3, 'fewer usable forecasts than this are none'),
  maxDisagreement: setting(positive, 1.25, 'standard deviation of log odds beyond which forecasts say nothing'),
  reach: setting(share, 0.15, 'how far a forecast may move a price: nothing is asked where even that could not pay'),
  margin: setting(price, 0.01, 'dollars a contract that asking must be able to find, after fee and spread'),
  nearResolutionHours: setting(z.number().check(z.gte(0)), 1, 'this close to the end nothing is asked'),
  priceBucket: setting(price, 0.05, 'a price that leaves its bucket, this many dollars wide, is asked about again'),
  cacheHours: setting(positive, 12, 'longest that an answer is used again'),
  gapNamed: setting(share, 0.35, 'from this distance to the market on, the models must name the fact it lacks, and only paper follows'),
  gapRefused: setting(share, 0.5, 'from this distance on there is no forecast'),
  gapFactHours: setting(positive, 72, 'oldest fact that explains such a distance'),
  evidence: setting(z.boolean(), false, 'let the provider search the web and X for dated news first; each search costs'),
  maxSearches: setting(count, 2, 'searches for one question'),
  maxEvidence: setting(count, 8, 'pieces of news for one question'),
  evidenceDays: setting(positive, 30, 'oldest news that is used'),
  priorWeight: setting(share, 0.25, 'weight of forecasts beside the price before anything has settled'),
});
