import * as z from 'zod';

const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]).readonly();

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore.optional(),
  NotAction: oneOrMore.optional(),
  Resource: oneOrMore.optional(),
  NotResource: oneOrMore.optional(),
  Condition: z.record(z.string(), z.record(z.string(), oneOrMore)).optional(),
});

const document = z.object({
  Version: z.string().optional(),
  Statement: z.union([statement.transform((one) => [one]), z.array(statement)]),
});

/** A policy document whose references are resolved: what a role may do, and what it may not. */
export type Policy = z.infer<typeof document>;
export type Statement = z.infer<typeof statement>;

/** Throws, naming the policy, the field and what is accepted. An element this check does not know is never read as permission. */
export function parsePolicy(name: string, value: unknown): Policy {
  const parsed = document.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(
    `policy ${name}: ${z.prettifyError(parsed.error)}. Fix: use Effect, Action, Resource and Condition as IAM writes them, or teach local/cloud/iam the new element`,
  );
}
