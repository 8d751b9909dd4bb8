import * as z from 'zod/mini';
import type { Usage } from '../../domain/ai-budget.ts';
import { ticksToUsd } from '../../domain/ai-budget.ts';
import type { Usd } from '../../domain/money.ts';
import { sanitise } from '../../domain/safety/sanitise.ts';

/** What a provider sent, in either protocol. */
export interface Reply {
  readonly model: string | undefined;
  /** Undefined where the provider said nothing. */
  readonly text: string | undefined;
  readonly ending: 'complete' | 'cut-off' | 'refusal' | 'failed';
  /** Why, for all but a complete ending. */
  readonly detail: string;
  readonly usage: Usage | undefined;
  /** The provider's own figure, where it gives one. */
  readonly charged: Usd | undefined;
}

const count = z.int().check(z.nonnegative());
const amount = { cost_in_usd_ticks: z.optional(z.number().check(z.nonnegative())) };
const optionalText = z.nullish(z.string());

const responseSchema = z.object({
  model: optionalText,
  status: optionalText,
  error: z.nullish(z.object({ message: optionalText })),
  incomplete_details: z.nullish(z.object({ reason: optionalText })),
  output: z.array(
    z.object({ type: z.string(), content: z.nullish(z.array(z.object({ type: z.string(), text: optionalText, refusal: optionalText }))) }),
  ),
  usage: z.nullish(
    z.object({
      ...amount,
      input_tokens: count,
      output_tokens: count,
      input_tokens_details: z.nullish(z.object({ cached_tokens: z.nullish(count) })),
      num_server_side_tools_used: z.nullish(count),
    }),
  ),
});

/** Reads an answer of the Responses API; undefined when it is none. */
export function readResponse(body: unknown): Reply | undefined {
  const parsed = responseSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { model, status, error, incomplete_details: incomplete, output, usage } = parsed.data;
  const parts = output.flatMap((item) => (item.type === 'message' ? (item.content ?? []) : []));
  const refusal = parts.find(({ type }) => type === 'refusal');
  const texts = parts.flatMap(({ type, text }) => (type === 'output_text' && text ? [text] : []));
  const searches = output.filter(({ type }) => type === 'web_search_call' || type === 'x_search_call').length;
  return {
    model: model ?? undefined,
    text: texts.length === 0 ? undefined : texts.join(''),
    ...responseEnding(status ?? 'completed', incomplete?.reason ?? undefined, refusal, error?.message ?? undefined),
    usage: usage
      ? {
          inputTokens: usage.input_tokens,
          cachedTokens: usage.input_tokens_details?.cached_tokens ?? 0,
          outputTokens: usage.output_tokens,
          toolCalls: usage.num_server_side_tools_used ?? searches,
        }
      : undefined,
    charged: usage?.cost_in_usd_ticks === undefined ? undefined : ticksToUsd(usage.cost_in_usd_ticks),
  };
}

function responseEnding(
  status: string,
  reason: string | undefined,
  refusal: { refusal?: string | null | undefined } | undefined,
  error?: string,
) {
  if (refusal || reason === 'content_filter') return ending('refusal', refusal?.refusal ?? 'filtered by the provider');
  if (status === 'incomplete') return ending('cut-off', reason ?? 'incomplete');
  if (status !== 'completed') return ending('failed', error ?? `status ${status}`);
  return ending('complete', '');
}

const chatSchema = z.object({
  model: optionalText,
  choices: z.array(z.object({ finish_reason: optionalText, message: z.object({ content: optionalText, refusal: optionalText }) })),
  usage: z.nullish(
    z.object({
      ...amount,
      prompt_tokens: count,
      completion_tokens: count,
      prompt_tokens_details: z.nullish(z.object({ cached_tokens: z.nullish(count) })),
    }),
  ),
});

/** Reads an answer of Chat Completions; undefined when it is none. */
export function readChat(body: unknown): Reply | undefined {
  const parsed = chatSchema.safeParse(body);
  const [choice] = parsed.data?.choices ?? [];
  if (!parsed.success || !choice) return undefined;
  const { model, usage } = parsed.data;
  return {
    model: model ?? undefined,
    text: choice.message.content || undefined,
    ...chatEnding(choice.finish_reason ?? 'stop', choice.message.refusal ?? undefined),
    usage: usage
      ? {
          inputTokens: usage.prompt_tokens,
          cachedTokens: usage.prompt_tokens_details?.cached_tokens ?? 0,
          outputTokens: usage.completion_tokens,
          toolCalls: 0,
        }
      : undefined,
    charged: usage?.cost_in_usd_ticks === undefined ? undefined : ticksToUsd(usage.cost_in_usd_ticks),
  };
}

function chatEnding(reason: string, refusal: string | undefined) {
  if (refusal || reason === 'content_filter') return ending('refusal', refusal ?? 'filtered by the provider');
  if (reason === 'length') return ending('cut-off', 'max_tokens');
  return reason === 'stop' ? ending('complete', '') : ending('failed', `finish_reason ${reason}`);
}

function ending(kind: Reply['ending'], detail: string): Pick<Reply, 'ending' | 'detail'> {
  return { ending: kind, detail: sanitise(detail, 200) };
}
