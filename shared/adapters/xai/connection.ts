import type { OpenAI } from 'openai';
import * as z from 'zod/mini';
import type { Prompt } from '../../domain/forecasting/prompts.ts';
import type { Reply } from './reply.ts';
import { readChat, readResponse } from './reply.ts';
import { wireSchema } from './wire-schema.ts';

/** xAI's effort words; models differ in which they take. */
export type Effort = 'none' | 'low' | 'medium' | 'high' | 'xhigh';

/** One model at one provider. */
export interface ConnectionOptions {
  readonly apiKey: string;
  /** With the version, like https://api.x.ai/v1. */
  readonly baseUrl: string;
  readonly model: string;
  /** Responses is xAI's own; chat is what every compatible provider has. */
  readonly protocol: 'responses' | 'chat';
  readonly timeoutMs: number;
  /** Reasoning included. */
  readonly maxOutputTokens: number;
  readonly effort?: Effort;
}

/** What is sent beside the prompt. */
export interface Request {
  readonly prompt: Prompt;
  /** Name and schema of the structured answer; plain text without. */
  readonly format?: { readonly name: string; readonly wire: z.ZodMiniType };
  /** Searches the provider may make, and the days it may search; Responses only. */
  readonly search?: { readonly maxCalls: number; readonly toDate: string };
}

/** Sends one request, once; undefined for an answer that is none. Throws what the client throws. */
export type Send = (request: Request) => Promise<Reply | undefined>;

/** The package is loaded with the first request, and the client kept. */
export function connect(options: ConnectionOptions): Send {
  let client: Promise<OpenAI> | undefined;
  return async (request) => {
    client ??= openClient(options);
    const api = await client;
    return options.protocol === 'responses' ? viaResponses(api, options, request) : viaChat(api, options, request);
  };
}

/** Names of the models a provider offers. Throws what the client throws. */
export async function listModels(options: Pick<ConnectionOptions, 'apiKey' | 'baseUrl' | 'timeoutMs'>): Promise<readonly string[]> {
  const api = await openClient(options);
  const { data } = await api.models.list();
  return z
    .array(z.object({ id: z.string() }))
    .parse(data)
    .map(({ id }) => id);
}

/**
 * Nothing is taken from the environment: not a key, not an address, not a header (see `plainFetch`). Nothing is retried, as the
 * next model is asked instead, and no redirect is followed.
 */
async function openClient({ apiKey, baseUrl, timeoutMs }: Pick<ConnectionOptions, 'apiKey' | 'baseUrl' | 'timeoutMs'>): Promise<OpenAI> {
  const { OpenAI } = await import('openai');
  return new OpenAI({
    apiKey,
    adminAPIKey: null,
    baseURL: baseUrl,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
    timeout: timeoutMs,
    fetchOptions: { redirect: 'error' },
    fetch: plainFetch(apiKey),
  });
}

/**
 * Sends the three headers a request needs and no other: the client would add what OPENAI_CUSTOM_HEADERS says, another key even,
 * and a description of this machine.
 */
function plainFetch(apiKey: string): typeof fetch {
  const headers = { authorization: `Bearer ${apiKey}`, accept: 'application/json', 'content-type': 'application/json' };
  return (input, init) => fetch(input, { ...init, headers });
}

async function viaResponses(
  api: OpenAI,
  { model, maxOutputTokens, effort, timeoutMs }: ConnectionOptions,
  { prompt, format, search }: Request,
) {
  const body = {
    model,
    instructions: prompt.instructions,
    input: prompt.input,
    max_output_tokens: maxOutputTokens,
    store: false,
    ...(effort && { reasoning: { effort } }),
    ...(format && { text: { format: { type: 'json_schema' as const, name: format.name, schema: wireSchema(format.wire), strict: true } } }),
    ...(search && searchTools(search)),
  };
  return readResponse(await api.responses.create(body, wholly(timeoutMs)));
}

async function viaChat(api: OpenAI, { model, maxOutputTokens, effort, timeoutMs }: ConnectionOptions, { prompt, format }: Request) {
  const schema = format && { name: format.name, schema: wireSchema(format.wire), strict: true };
  const body = {
    model,
    messages: [
      { role: 'system' as const, content: prompt.instructions },
      { role: 'user' as const, content: prompt.input },
    ],
    max_completion_tokens: maxOutputTokens,
    ...(effort && { reasoning_effort: effort }),
    ...(schema && { response_format: { type: 'json_schema' as const, json_schema: schema } }),
  };
  const reply = await api.chat.completions.create(body, wholly(timeoutMs));
  return readChat(reply);
}

/** The client's own time-out ends with the headers; this one covers the body too. */
function wholly(timeoutMs: number) {
  return { signal: AbortSignal.timeout(timeoutMs) };
}

/** xAI's own tools: the second and the bound on turns are not in the client's types. */
function searchTools({ maxCalls, toDate }: { readonly maxCalls: number; readonly toDate: string }) {
  const tools: readonly { readonly type: string }[] = [{ type: 'web_search' }, { type: 'x_search', to_date: toDate } as { type: string }];
  return { tools: tools as OpenAI.Responses.Tool[], max_turns: maxCalls };
}
