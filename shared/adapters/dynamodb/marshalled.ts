import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';

/** Attributes as DynamoDB writes them; what is undefined is not there. */
export function marshalled(attributes: Readonly<Record<string, unknown>>): Record<string, AttributeValue> {
  return marshall(attributes, { removeUndefinedValues: true });
}
