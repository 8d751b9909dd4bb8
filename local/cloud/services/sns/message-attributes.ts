import * as z from 'zod/mini';
import type { QueryForm } from '../query-protocol.ts';
import { invalid } from './sns-text.ts';

/** What a message carries to be filtered on: one value of a String, all of a String.Array. */
export type Attributes = ReadonlyMap<string, readonly string[]>;

const list = z.array(z.string());

/** Throws AwsFailure on a String.Array that is no list of texts. */
export function attributesOf(form: QueryForm): Attributes {
  const types = form.entries('MessageAttributes', 'Name', 'Value.DataType');
  const values = form.entries('MessageAttributes', 'Name', 'Value.StringValue');
  return new Map([...values].map(([name, value]) => [name, types.get(name) === 'String.Array' ? parseList(name, value) : [value]]));
}

function parseList(name: string, value: string): readonly string[] {
  try {
    return list.parse(JSON.parse(value));
  } catch {
    throw invalid(name, `not a JSON list of texts: ${value}`);
  }
}
