import * as z from 'zod/mini';
import { refusalWords } from '../../../../shared/system/config/refusal-words.ts';
import { arn } from '../../arn.ts';
import type { Permission } from '../../iam/permission.ts';
import { AwsFailure } from '../aws-failure.ts';
import type { KeyNames } from './key-names.ts';

const attributes = z.record(z.string(), z.record(z.string(), z.unknown()));
type Attributes = z.output<typeof attributes>;

const touch = z.object({
  TableName: z.string(),
  IndexName: z.optional(z.string()),
  Key: z.optional(attributes),
  Item: z.optional(attributes),
  KeyConditionExpression: z.optional(z.string()),
  ExpressionAttributeNames: z._default(z.record(z.string(), z.string()), {}),
  ExpressionAttributeValues: z._default(attributes, {}),
});

/** One table that a request touches, and how it says which items. */
type Touch = z.output<typeof touch>;

const transaction = z.object({ TransactItems: z.array(z.record(z.string(), touch)) });
const batchGet = z.object({ RequestItems: z.record(z.string(), z.object({ Keys: z.array(attributes) })) });
const batchWrite = z.object({
  RequestItems: z.record(
    z.string(),
    z.array(z.record(z.string(), z.object({ Key: z.optional(attributes), Item: z.optional(attributes) }))),
  ),
});

/** Transactions have no permission of their own: each part needs that of the single operation. */
const partActions: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

/** What the caller must be allowed to do, table by table, with the partition keys it names. Throws AwsFailure. */
export async function dynamodbNeeds(operation: string, body: unknown, names: KeyNames): Promise<readonly Permission[]> {
  if (operation === 'ListTables') return [{ action: 'dynamodb:ListTables', resource: '*' }];
  return Promise.all(touches(operation, body).map(([action, touched]) => permission(action, touched, names)));
}

function touches(operation: string, body: unknown): readonly (readonly [action: string, Touch])[] {
  if (operation === 'TransactWriteItems' || operation === 'TransactGetItems') {
    return read(transaction, body).TransactItems.flatMap((item) =>
      Object.entries(item).map(([part, touched]) => [partActions[part] ?? part, touched] as const),
    );
  }
  if (operation === 'BatchGetItem') {
    return Object.entries(read(batchGet, body).RequestItems).flatMap(([table, { Keys }]) =>
      Keys.map((Key) => [operation, bare(table, Key)] as const),
    );
  }
  if (operation === 'BatchWriteItem') {
    return Object.entries(read(batchWrite, body).RequestItems).flatMap(([table, writes]) =>
      writes.flatMap((write) => Object.values(write).map(({ Key, Item }) => [operation, bare(table, Key ?? Item ?? {})] as const)),
    );
  }
  return [[operation, read(touch, body)]];
}

function bare(TableName: string, Key: Attributes): Touch {
  return { TableName, Key, ExpressionAttributeNames: {}, ExpressionAttributeValues: {} };
}

async function permission(action: string, touched: Touch, names: KeyNames): Promise<Permission> {
  const { TableName, IndexName } = touched;
  const table = TableName.startsWith('arn:') ? TableName : arn.table(TableName);
  const resource = IndexName === undefined ? table : `${table}/index/${IndexName}`;
  const keyName = await names(table.split('/').at(-1) ?? TableName, IndexName);
  const key = keyName === undefined ? undefined : leadingKey(touched, keyName);
  return { action: `dynamodb:${action}`, resource, ...(key !== undefined && { context: { 'dynamodb:LeadingKeys': [key] } }) };
}

function leadingKey(touched: Touch, keyName: string): string | undefined {
  const value = (touched.Key ?? touched.Item)?.[keyName] ?? keyOfQuery(touched, keyName);
  const text = value === undefined ? undefined : Object.values(value)[0];
  return typeof text === 'string' ? text : undefined;
}

/** The partition key stands in a query as `name = :value`. */
function keyOfQuery(query: Touch, keyName: string): Attributes[string] | undefined {
  for (const [, name = '', value = ''] of (query.KeyConditionExpression ?? '').matchAll(/([#\w.-]+)\s*=\s*(:\w+)/g)) {
    if ((query.ExpressionAttributeNames[name] ?? name) === keyName) return query.ExpressionAttributeValues[value];
  }
  return undefined;
}

function read<T>(shape: z.ZodMiniType<T>, body: unknown): T {
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new AwsFailure('ValidationException', refusalWords(parsed.error));
}
