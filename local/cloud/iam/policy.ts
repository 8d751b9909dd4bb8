import * as z from 'zod/mini';
import { refusalWords } from '../../../shared/system/config/refusal-words.ts';

const oneOrMore = z.readonly(
  z.union([
    z.pipe(
      z.string(),
      z.transform((one) => [one]),
    ),
    z.array(z.string()),
  ]),
);

const statement = z.strictObject({
  Sid: z.optional(z.string()),
  Effect: z.enum(['Allow', 'Deny']),
  Action: z.optional(oneOrMore),
  NotAction: z.optional(oneOrMore),
  Resource: z.optional(oneOrMore),
  NotResource: z.optional(oneOrMore),
  Condition: z.optional(z.record(z.string(), z.record(z.string(), oneOrMore))),
});

const document = z.object({
  Version: z.optional(z.string()),
  Statement: z.union([
    z.pipe(
      statement,
      z.transform((one) => [one]),
    ),
    z.array(statement),
  ]),
});

/** A policy document whose references are resolved: what a role may do, and what it may not. */
export type Policy = z.output<typeof document>;
export type Statement = z.output<typeof statement>;

/** Throws, naming the policy, the field and what is accepted. An element this check does not know is never read as permission. */
export function parsePolicy(name: string, value: unknown): Policy {
  const parsed = document.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(
    `policy ${name}: ${refusalWords(parsed.error)}. Fix: use Effect, Action, Resource and Condition as IAM writes them, or teach local/cloud/iam the new element`,
  );
}
