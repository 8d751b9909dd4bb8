import type { Fault } from './faults.ts';
import type { Schema } from './write-answer.ts';
import { unit, writeAnswer, writeText } from './write-answer.ts';

/** A request as far as an answer depends on it. */
export interface Asked {
  readonly model: string;
  readonly instructions: string;
  readonly input: string;
  readonly schema: Schema | undefined;
  readonly maxOutputTokens: number;
  readonly tools: readonly string[];
  readonly seed: string;
  /** How often this very prompt was asked before. */
  readonly turn: number;
}

/** Prices per million tokens in dollars: input, cached, output; a search costs half a cent. */
export const offered: Readonly<Record<string, readonly [number, number, number]>> = {
  'grok-4.7': [2, 0.5, 6],
  'grok-4.3': [1.25, 0.2, 2.5],
};

interface Written {
  readonly model: string;
  readonly text: string;
  readonly refusal: boolean;
  readonly cutOff: boolean;
  readonly tokens: { readonly input: number; readonly cached: number; readonly output: number; readonly reasoning: number };
  readonly searches: number;
  readonly ticks: number;
}

/** What the model says, with what it costs. */
function write(asked: Asked, fault: Fault | undefined): Written {
  const prompt = `${asked.instructions}\n${asked.input}`;
  const whole = distort(
    asked.schema ? JSON.stringify(writeAnswer(asked.schema, asked.input, asked.seed, asked.turn)) : writeText(asked.input),
    fault,
  );
  const reasoning = 40 + Math.floor(120 * unit(`${asked.seed}|${prompt}|${asked.turn}`));
  const room = Math.max(0, asked.maxOutputTokens - reasoning);
  const cutOff = fault === 'cut-off' || Math.ceil(whole.length / 4) > room;
  const text = cutOff ? whole.slice(0, Math.min(room * 4, Math.floor(whole.length / 2))) : whole;
  const tokens = {
    input: Math.ceil(prompt.length / 4),
    cached: asked.turn > 0 ? Math.floor(asked.instructions.length / 4) : 0,
    output: Math.min(asked.maxOutputTokens, reasoning + Math.ceil(text.length / 4)),
    reasoning,
  };
  const [input, cached, output] = offered[asked.model] ?? [0, 0, 0];
  const searches = asked.tools.length;
  const ticks = 10_000 * ((tokens.input - tokens.cached) * input + tokens.cached * cached + tokens.output * output + searches * 5_000);
  const model = fault === 'other-model' ? 'grok-4.1-fast' : asked.model;
  return { model, text, refusal: fault === 'refusal', cutOff, tokens, searches, ticks: Math.round(ticks) };
}

function distort(text: string, fault: Fault | undefined): string {
  if (fault === 'bad-json') return `${text.slice(0, -1)},,`;
  if (fault === 'wrong-shape') return JSON.stringify({ answer: 'yes', confidence: 'high' });
  if (fault === 'out-of-range')
    return text.replace(/"probability":[\d.]+/, '"probability":1.7').replace(/"sentiment":[-\d.]+/, '"sentiment":9');
  if (fault === 'invented-number') return `${text}\nBy my own reckoning the true figure is 98765.43.`;
  return fault === 'empty' ? '' : text;
}

/** A body of the Responses API. */
export function responseBody(asked: Asked, fault: Fault | undefined, id: string, at: number): object {
  const { model, text, refusal, cutOff, tokens, searches, ticks } = write(asked, fault);
  const content = refusal
    ? { type: 'refusal', refusal: 'I cannot help with that.' }
    : { type: 'output_text', text, annotations: [], logprobs: [] };
  const message = { type: 'message', id: `msg_${id}`, role: 'assistant', status: cutOff ? 'incomplete' : 'completed', content: [content] };
  const calls = asked.tools.map((tool, index) => ({
    type: `${tool}_call`,
    id: `ws_${id}_${index}`,
    status: 'completed',
    action: { type: 'search' },
  }));
  const usage = {
    input_tokens: tokens.input,
    input_tokens_details: { cached_tokens: tokens.cached },
    output_tokens: tokens.output,
    output_tokens_details: { reasoning_tokens: tokens.reasoning },
    total_tokens: tokens.input + tokens.output,
    num_sources_used: searches,
    num_server_side_tools_used: searches,
    cost_in_usd_ticks: ticks,
  };
  return {
    id: `resp_${id}`,
    object: 'response',
    created_at: Math.floor(at / 1000),
    model,
    status: cutOff ? 'incomplete' : 'completed',
    incomplete_details: cutOff ? { reason: 'max_output_tokens' } : null,
    error: null,
    output: [{ type: 'reasoning', id: `rs_${id}`, summary: [] }, ...calls, ...(fault === 'empty' ? [] : [message])],
    store: false,
    ...(fault === 'no-usage' ? {} : { usage }),
  };
}

/** A body of Chat Completions. */
export function chatBody(asked: Asked, fault: Fault | undefined, id: string, at: number): object {
  const { model, text, refusal, cutOff, tokens, ticks } = write(asked, fault);
  const usage = {
    prompt_tokens: tokens.input,
    prompt_tokens_details: { cached_tokens: tokens.cached },
    completion_tokens: tokens.output,
    completion_tokens_details: { reasoning_tokens: tokens.reasoning },
    total_tokens: tokens.input + tokens.output,
    cost_in_usd_ticks: ticks,
  };
  const message = { role: 'assistant', content: refusal ? null : text, refusal: refusal ? 'I cannot help with that.' : null };
  return {
    id: `chatcmpl-${id}`,
    object: 'chat.completion',
    created: Math.floor(at / 1000),
    model,
    choices: [{ index: 0, message, finish_reason: cutOff ? 'length' : 'stop', logprobs: null }],
    ...(fault === 'no-usage' ? {} : { usage }),
  };
}
