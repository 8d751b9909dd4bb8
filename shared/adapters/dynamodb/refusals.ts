import type { CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type Attributes, inLayout } from './layout.ts';

/** Which writes of a transaction met what they did not expect, by index, and the item that was there. */
export type Refusals = ReadonlyMap<number, Attributes | undefined>;

const FAILED = 'ConditionalCheckFailed';

/** A refusal is an answer: undefined when the error is anything else. */
export function refusalsIn(error: unknown): Refusals | undefined {
  if (!isCancelled(error)) return undefined;
  const reasons = error.CancellationReasons ?? [];
  if (reasons.some(({ Code }) => Code !== FAILED && Code !== 'None' && Code !== undefined)) return undefined;
  const refused = reasons.flatMap((reason, index) => (reason.Code === FAILED ? [[index, itemOf(reason)] as const] : []));
  return refused.length > 0 ? new Map(refused) : undefined;
}

function itemOf({ Item }: CancellationReason): Attributes | undefined {
  return Item && Object.keys(Item).length > 0 ? inLayout(unmarshall(Item)) : undefined;
}

function isCancelled(error: unknown): error is TransactionCanceledException {
  return error instanceof Error && error.name === 'TransactionCanceledException';
}
