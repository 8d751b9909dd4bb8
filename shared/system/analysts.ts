import { standinAnalyst } from '../adapters/standin/standin-analyst.ts';
import { xaiAnalyst } from '../adapters/xai/xai-analyst.ts';
import type { ModelPrice } from '../domain/ai-budget.ts';
import { modelPrices, priceOf } from '../domain/ai-budget.ts';
import type { Usd } from '../domain/money.ts';
import type { Panel } from '../jobs/forecasting/forecasting-io.ts';
import type { Analyst } from '../ports/analyst.ts';
import { usd } from './config/domain-settings.ts';
import type { Config } from './config/schema.ts';

/** A provider and its key; without a key nobody is asked there. */
export interface ProviderAccess {
  readonly apiKey: string | undefined;
  /** With the version; the provider's own address when absent. */
  readonly baseUrl?: string | undefined;
}

export interface AnalystAccess {
  readonly xai: ProviderAccess;
  readonly fallback: ProviderAccess;
  /** Milliseconds, to time calls. */
  readonly now: () => number;
}

export interface Analysts {
  /** For forecasts. */
  readonly panel: Panel;
  /** For analyses, in the order they are asked: these may write at length. */
  readonly writers: readonly Analyst[];
}

/** The key of the simulated xAI that `npm start` brings along: what answers to it is invented. */
export const SIMULATED_KEY = 'simulated';

const XAI = 'https://api.x.ai/v1';
const OPENAI = 'https://api.openai.com/v1';

/**
 * Whom the configuration has asked, with what keys there are: the labelled stand-in where there is none. The client's
 * package is loaded with the first question.
 */
export function analystsOf(config: Config, access: AnalystAccess): Analysts {
  const [first, ...others] = modelsOf(config, access);
  if (!first) return { panel: { primary: standinAnalyst(), cheap: undefined, fallback: undefined }, writers: [standinAnalyst()] };
  const { maxOutputTokens, analysisTokens, callSeconds, analysisSeconds } = config.ai;
  const cheap = others.find(({ role }) => role === 'cheap');
  const fallback = others.find(({ role }) => role === 'fallback');
  const forecaster = (model: Model) => analystOf(config, access, model, { maxOutputTokens, timeoutMs: callSeconds * 1000 });
  return {
    panel: { primary: forecaster(first), cheap: cheap && forecaster(cheap), fallback: fallback && forecaster(fallback) },
    writers: [first, ...others].map((model) =>
      analystOf(config, access, model, { maxOutputTokens: analysisTokens, timeoutMs: analysisSeconds * 1000 }),
    ),
  };
}

interface Model {
  readonly role: 'first' | 'cheap' | 'fallback';
  readonly name: string;
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly protocol: 'responses' | 'chat';
  readonly price: ModelPrice | undefined;
}

/** Models there is a key for, the one to ask first in front. */
function modelsOf({ ai }: Config, { xai, fallback }: AnalystAccess): readonly Model[] {
  const models: Model[] = [];
  const add = (role: Model['role'], name: string | null, { apiKey, baseUrl }: ProviderAccess, rates: Rates) => {
    if (name === null || apiKey === undefined) return;
    const [address, protocol] = role === 'fallback' ? [OPENAI, 'chat' as const] : [XAI, ai.protocol];
    models.push({ role, name, apiKey, baseUrl: baseUrl ?? address, protocol, price: modelPrice(name, rates) });
  };
  add('first', ai.model, xai, ai.rates);
  add('cheap', ai.cheapModel, xai, ai.cheapRates);
  add('fallback', ai.fallbackModel, fallback, ai.fallbackRates);
  return models;
}

type Rates = readonly [number, number] | null;

/** The price as configured, in dollars per million tokens, else the list price; undefined when neither is known. */
export function modelPrice(model: string, rates: Rates): ModelPrice | undefined {
  const listed = priceOf(model, modelPrices);
  if (rates === null) return listed;
  const [input, output] = [usd(rates[0]), usd(rates[1])];
  return { model, input, cachedInput: input, output, toolCall: listed?.toolCall ?? (0 as Usd), checkedOn: 'configuration' };
}

/** What one call may take. */
interface Bounds {
  readonly maxOutputTokens: number;
  readonly timeoutMs: number;
}

function analystOf({ ai }: Config, { now }: AnalystAccess, model: Model, bounds: Bounds): Analyst {
  const { name, apiKey, baseUrl, protocol, price } = model;
  return xaiAnalyst({
    ...{ apiKey, baseUrl, model: name, protocol, price, now, ...bounds },
    maxSearches: protocol === 'chat' ? 0 : ai.maxSearches,
    ...(ai.effort === null ? {} : { effort: ai.effort }),
    ...(apiKey === SIMULATED_KEY && { simulated: true as const }),
  });
}
