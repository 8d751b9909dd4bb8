import * as z from 'zod/mini';
import { refusalWords } from '../../../../shared/system/config/refusal-words.ts';
import { AwsFailure } from '../aws-failure.ts';
import type { Attributes } from './message-attributes.ts';

const condition = z.union([
  z.string(),
  z.strictObject({ prefix: z.string() }),
  z.strictObject({
    'anything-but': z.union([
      z.pipe(
        z.string(),
        z.transform((one) => [one]),
      ),
      z.array(z.string()),
    ]),
  }),
  z.strictObject({ exists: z.boolean() }),
]);

const policy = z.record(z.string(), z.array(condition));

/** Attribute names and the values wanted of each; every name must match, by one of its values. */
export type FilterPolicy = z.output<typeof policy>;

/** Throws AwsFailure naming what it cannot read. */
export function parseFilterPolicy(value: unknown): FilterPolicy {
  const parsed = policy.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AwsFailure('InvalidParameter', `Invalid parameter: FilterPolicy: ${refusalWords(parsed.error)}`);
}

/**
 * A message without any attribute passes no filter, not even one that wants something absent; of several values one is
 * enough. Source: Amazon SNS
 * Developer Guide, "Filter policy constraints", "String value matching" and "Key matching".
 */
export function passesFilter(filter: FilterPolicy, attributes: Attributes): boolean {
  const wants = Object.entries(filter);
  if (attributes.size === 0) return wants.length === 0;
  return wants.every(([name, conditions]) => conditions.some((wanted) => holds(wanted, attributes.get(name))));
}

function holds(wanted: z.output<typeof condition>, values: readonly string[] | undefined): boolean {
  if (typeof wanted === 'object' && 'exists' in wanted) return wanted.exists === (values !== undefined);
  return (values ?? []).some((value) => {
    if (typeof wanted === 'string') return wanted === value;
    return 'prefix' in wanted ? value.startsWith(wanted.prefix) : !wanted['anything-but'].includes(value);
  });
}
