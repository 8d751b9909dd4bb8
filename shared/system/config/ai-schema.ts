import * as z from 'zod/mini';
import { count, optional, positive, price, setting, share } from './setting.ts';

const name = z.string().check(z.minLength(1));
const rates = optional(z.tuple([z.number().check(z.gte(0)), z.number().check(z.gte(0))]));
const efforts = ['none', 'low', 'medium', 'high', 'xhigh'] as const;

/** What is asked of language models, and what it may cost. */
export const ai = z.strictObject({
  dailyBudget: setting(z.number().check(z.gte(0)), 0.25),
  model: setting(name, 'grok-4.7'),
  cheapModel: setting(optional(name), 'grok-4.3'),
  fallbackModel: setting(optional(name), null),
  rates: setting(rates, null),
  cheapRates: setting(rates, null),
  fallbackRates: setting(rates, null),
  protocol: setting(z.enum(['responses', 'chat']), 'responses'),
  effort: setting(optional(z.enum(efforts)), null),
  callSeconds: setting(positive, 40),
  analysisSeconds: setting(positive, 29),
  maxOutputTokens: setting(z.int().check(z.gte(200)), 2_000),
  analysisTokens: setting(z.int().check(z.gte(500)), 4_000),
  forecastSeconds: setting(positive, 110),
  marketsPerRun: setting(count, 6),
  drafts: setting(z.int().check(z.gte(1)), 5),
  minDrafts: setting(z.int().check(z.gte(1)), 3),
  maxDisagreement: setting(positive, 1.25),
  reach: setting(share, 0.15),
  margin: setting(price, 0.01),
  nearResolutionHours: setting(z.number().check(z.gte(0)), 1),
  priceBucket: setting(price, 0.05),
  cacheHours: setting(positive, 12),
  gapNamed: setting(share, 0.35),
  gapRefused: setting(share, 0.5),
  gapFactHours: setting(positive, 72),
  evidence: setting(z.boolean(), false),
  maxSearches: setting(count, 2),
  maxEvidence: setting(count, 8),
  evidenceDays: setting(positive, 30),
  priorWeight: setting(share, 0.25),
});
