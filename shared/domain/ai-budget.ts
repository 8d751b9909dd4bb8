import { etDay } from './et-day.ts';
import type { Millis, Usd } from './money.ts';

/** List price of a model, in micro-dollars per million tokens: $2.00 is 2,000,000. */
export interface ModelPrice {
  readonly model: string;
  readonly input: Usd;
  readonly cachedInput: Usd;
  readonly output: Usd;
  /** One search by the provider's own tools. */
  readonly toolCall: Usd;
  /** Day the price was last read from the provider's page. */
  readonly checkedOn: string;
}

/** Prices as read; a model that is not here is not called. */
export const modelPrices: readonly ModelPrice[] = [
  { ...perMillion(2, 0.5, 6), model: 'grok-4.7', toolCall: 5_000 as Usd, checkedOn: '2026-11-20' },
  { ...perMillion(1.25, 0.2, 2.5), model: 'grok-4.3', toolCall: 5_000 as Usd, checkedOn: '2026-11-20' },
];

const SIMULATED = 'simulated ';

/** How a model is called whose answers and costs are invented on this machine, so that nobody takes either for real. */
export function simulatedName(model: string): string {
  return `${SIMULATED}${model}`;
}

export function isSimulated(model: string): boolean {
  return model.startsWith(SIMULATED);
}

/** Tokens of one call. Cached input is part of input, reasoning is part of output. */
export interface Usage {
  readonly inputTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
  readonly toolCalls: number;
}

export function priceOf(model: string, prices: readonly ModelPrice[]): ModelPrice | undefined {
  return prices.find((price) => price.model === model);
}

/** What a call cost by its tokens, rounded up to the micro-dollar. */
export function costOf(usage: Usage, price: ModelPrice): Usd {
  const { inputTokens, cachedTokens, outputTokens, toolCalls } = usage;
  const fresh = Math.max(0, inputTokens - cachedTokens);
  const tokens = fresh * price.input + cachedTokens * price.cachedInput + outputTokens * price.output;
  return (Math.ceil(tokens / 1_000_000) + toolCalls * price.toolCall) as Usd;
}

/** A prompt never has more tokens than a third of its characters in the languages markets are written in. */
const CHARACTERS_PER_TOKEN = 3;
/** What a search puts before the model, in tokens. */
const TOKENS_PER_TOOL_CALL = 4_000;

/** Most that a call can cost. */
export function estimateCost(call: { promptCharacters: number; maxOutputTokens: number; maxToolCalls: number }, price: ModelPrice): Usd {
  const inputTokens = Math.ceil(call.promptCharacters / CHARACTERS_PER_TOKEN) + call.maxToolCalls * TOKENS_PER_TOOL_CALL;
  return costOf({ inputTokens, cachedTokens: 0, outputTokens: call.maxOutputTokens, toolCalls: call.maxToolCalls }, price);
}

/** The provider's own figure: 10^10 ticks are a dollar. Rounded up to the micro-dollar. Source: xAI, cost tracking. */
export function ticksToUsd(ticks: number): Usd {
  return Math.ceil(ticks / 10_000) as Usd;
}

/** Ceilings in micro-dollars. Days are the exchange's. */
export interface AiCaps {
  readonly perCall: Usd;
  readonly perMarketDay: Usd;
  readonly perStrategyDay: Usd;
  readonly perDay: Usd;
  readonly perMonth: Usd;
}

/**
 * Every ceiling from a day's: a call may take two fifths of it, a market half, a strategy seven tenths, so
 * that the analyses always have something left; a month is 31 days'.
 */
export function aiCaps(perDay: Usd): AiCaps {
  const cap = (share: number) => Math.round(perDay * share) as Usd;
  return { perCall: cap(0.4), perMarketDay: cap(0.5), perStrategyDay: cap(0.7), perDay: cap(1), perMonth: cap(31) };
}

/** On whose account a call goes. */
export interface AiCharge {
  readonly ticker: string | undefined;
  readonly strategy: string;
}

export interface SpendScope {
  readonly name: 'market' | 'strategy' | 'day' | 'month';
  readonly key: string;
  readonly cap: Usd;
}

/** The counters a call is counted in, the widest last. */
export function spendScopes({ ticker, strategy }: AiCharge, at: Millis, caps: AiCaps): readonly SpendScope[] {
  const day = etDay(at);
  const market = { name: 'market', key: `market|${day}|${ticker}`, cap: caps.perMarketDay } as const;
  return [
    ...(ticker === undefined ? [] : [market]),
    { name: 'strategy', key: `strategy|${day}|${strategy}`, cap: caps.perStrategyDay },
    { name: 'day', key: `day|${day}`, cap: caps.perDay },
    { name: 'month', key: `month|${day.slice(0, 7)}`, cap: caps.perMonth },
  ];
}

/** open: the best model answers. saving: only the cheap one. stopped: none. */
export type Throttle = 'open' | 'saving' | 'stopped';

/** From this share of a budget on, only the cheap model is asked. */
const SAVING_FROM = 0.7;
/** Less than a cheap call is left. */
const STOPPED_FROM = 0.98;

/** The strictest state of several budgets. */
export function throttle(budgets: readonly { readonly spent: Usd; readonly cap: Usd }[]): Throttle {
  const used = Math.max(0, ...budgets.map(({ spent, cap }) => (cap > 0 ? spent / cap : 1)));
  if (used >= STOPPED_FROM) return 'stopped';
  return used >= SAVING_FROM ? 'saving' : 'open';
}

function perMillion(input: number, cachedInput: number, output: number) {
  const usd = (dollars: number) => Math.round(dollars * 1_000_000) as Usd;
  return { input: usd(input), cachedInput: usd(cachedInput), output: usd(output) };
}
