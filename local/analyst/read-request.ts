import * as z from 'zod/mini';
import type { Schema } from './write-answer.ts';

/** What both protocols come down to. */
export interface ReadRequest {
  readonly model: string;
  readonly instructions: string;
  readonly input: string;
  readonly schema: Schema | undefined;
  readonly maxOutputTokens: number;
  readonly tools: readonly string[];
}

/** An answer of the provider that is a no: HTTP status, its short code and its sentence. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly error: string;
}

const MOST_TOKENS = 128_000;
const positive = z.int().check(z.positive());
const message = z.object({ role: z.string(), content: z.string() });

const responsesSchema = z.object({
  model: z.string(),
  input: z.union([z.string(), z.array(message)]),
  instructions: z.nullish(z.string()),
  max_output_tokens: z.nullish(positive),
  tools: z.nullish(z.array(z.object({ type: z.enum(['web_search', 'x_search', 'code_interpreter']) }))),
  text: z.nullish(
    z.object({ format: z.optional(z.object({ type: z.string(), name: z.optional(z.string()), schema: z.optional(z.unknown()) })) }),
  ),
});

const chatSchema = z.object({
  model: z.string(),
  messages: z.array(message).check(z.minLength(1)),
  max_completion_tokens: z.nullish(positive),
  max_tokens: z.nullish(positive),
  response_format: z.nullish(z.object({ type: z.string(), json_schema: z.optional(z.object({ name: z.string(), schema: z.unknown() })) })),
});

/** Reads a body as `path` takes it, or says no as xAI does. */
export function readRequest(path: string, body: unknown): ReadRequest | Refusal {
  if (typeof body === 'object' && body !== null && 'search_parameters' in body) {
    return { status: 410, code: 'Gone', error: 'Live search is deprecated. Use the web_search and x_search tools of the Responses API.' };
  }
  const read = path.endsWith('/chat/completions') ? readChat(body) : readResponses(body);
  if ('status' in read) return read;
  const problem = read.schema === undefined ? undefined : unsupported(read.schema, 'schema');
  return problem === undefined ? read : { status: 400, code: 'Client specified an invalid argument', error: `Invalid schema: ${problem}` };
}

function readResponses(body: unknown): ReadRequest | Refusal {
  const { data, error } = responsesSchema.safeParse(body);
  if (!data) return unreadable(error.issues);
  const { model, input, instructions, max_output_tokens: most, tools, text } = data;
  const messages = typeof input === 'string' ? [{ role: 'user', content: input }] : input;
  const schema = text?.format?.type === 'json_schema' ? (text.format.schema as Schema) : undefined;
  return {
    ...split([{ role: 'system', content: instructions ?? '' }, ...messages]),
    model,
    schema,
    maxOutputTokens: most ?? MOST_TOKENS,
    tools: (tools ?? []).map(({ type }) => type),
  };
}

function readChat(body: unknown): ReadRequest | Refusal {
  const { data, error } = chatSchema.safeParse(body);
  if (!data) return unreadable(error.issues);
  const { model, messages, max_completion_tokens: most, max_tokens: older, response_format: format } = data;
  const schema = format?.type === 'json_schema' ? (format.json_schema?.schema as Schema | undefined) : undefined;
  return { ...split(messages), model, schema, maxOutputTokens: most ?? older ?? MOST_TOKENS, tools: [] };
}

function split(messages: readonly z.output<typeof message>[]) {
  const text = (wanted: boolean) =>
    messages
      .filter(({ role }) => (role === 'system' || role === 'developer') === wanted)
      .map(({ content }) => content)
      .join('\n');
  return { instructions: text(true), input: text(false) };
}

function unreadable(issues: readonly z.core.$ZodIssue[]): Refusal {
  const [issue] = issues;
  return { status: 422, code: 'Failed to deserialize the JSON body', error: `${issue?.path.join('.')}: ${issue?.message}` };
}

const plain = new Set(['type', 'properties', 'required', 'additionalProperties', 'items', 'enum', 'anyOf', 'description', 'title']);

/** Why a schema is not one of strict structured outputs; undefined when it is. */
function unsupported(schema: Schema, path: string): string | undefined {
  const strange = Object.keys(schema).find((key) => !plain.has(key));
  if (strange !== undefined) return `${path}: ${strange} is not supported`;
  if (schema.type === 'object') {
    const names = Object.keys(schema.properties ?? {});
    if (schema.additionalProperties !== false) return `${path}: additionalProperties must be false`;
    const missing = names.find((name) => !schema.required?.includes(name));
    if (missing !== undefined) return `${path}.${missing}: every property must be required`;
  }
  const below = [...Object.entries(schema.properties ?? {}), ...(schema.items ? [['items', schema.items] as const] : [])];
  const choices = (schema.anyOf ?? []).map((own, index) => [`anyOf.${index}`, own] as const);
  for (const [name, own] of [...below, ...choices]) {
    const problem = unsupported(own, `${path}.${name}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
