import type * as z from 'zod/mini';
import type { CallArguments, Endpoint } from './endpoint.ts';
import { unreadable } from './lost-answer.ts';
import type { SchemaCanary } from './schema-canary.ts';
import { inspect } from './wire.ts';

/**
 * Text of an answer as the values its endpoint declares; an empty body counts as `{}`. Throws ExchangeError `unknown`: for
 * broken JSON or another shape `unreadable_answer`, for a word outside a closed list `unknown_value`.
 */
export function decodeAnswer<Schema extends z.ZodMiniType>(
  { name, answer }: Pick<Endpoint<CallArguments, Schema>, 'name' | 'answer'>,
  text: string,
  canary: SchemaCanary,
): z.output<Schema> {
  return decodeValue(name, answer, text === '' ? {} : parse(name, text), canary);
}

/** The same for what is parsed already. */
export function decodeValue<Schema extends z.ZodMiniType>(
  name: string,
  schema: Schema,
  value: unknown,
  canary: SchemaCanary,
): z.output<Schema> {
  inspect(canary, name, schema, value);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = `${name}.${(issue?.path ?? []).filter((part) => typeof part === 'string').join('.')}`;
  const unknownWord = issue?.code === 'invalid_value';
  if (unknownWord) canary.see('refused', field);
  throw unreadable(
    name,
    unknownWord ? 'unknown_value' : 'unreadable_answer',
    `${field}: ${issue?.message ?? 'another shape'}`,
    result.error,
  );
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable(name, 'unreadable_answer', `answered ${JSON.stringify(text.slice(0, 60))}, which is no JSON`, cause);
  }
}
