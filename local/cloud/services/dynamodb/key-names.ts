import * as z from 'zod/mini';
import type { AwsReply } from '../aws-request.ts';

/** Partition key of a table, or of one of its indexes. */
export type KeyNames = (table: string, index?: string) => Promise<string | undefined>;

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }));
const indexes = z._default(z.array(z.object({ IndexName: z.string(), KeySchema: keySchema })), []);
const description = z.object({
  Table: z.object({ KeySchema: keySchema, GlobalSecondaryIndexes: indexes, LocalSecondaryIndexes: indexes }),
});

type TableKeys = { readonly own: string | undefined; readonly byIndex: ReadonlyMap<string, string | undefined> };

/** Asks the engine once per table; a table that is not there yet is asked for again. */
export function keyNames(ask: (operation: string, body: unknown) => Promise<AwsReply>): KeyNames {
  const known = new Map<string, TableKeys>();
  return async (table, index) => {
    const keys = known.get(table) ?? (await describe(ask, table));
    if (keys === undefined) return undefined;
    known.set(table, keys);
    return index === undefined ? keys.own : keys.byIndex.get(index);
  };
}

async function describe(ask: (operation: string, body: unknown) => Promise<AwsReply>, table: string): Promise<TableKeys | undefined> {
  const { status, body } = await ask('DescribeTable', { TableName: table });
  if (status !== 200 || body === undefined) return undefined;
  const { Table } = description.parse(JSON.parse(Buffer.from(body).toString('utf8')));
  const all = [...Table.GlobalSecondaryIndexes, ...Table.LocalSecondaryIndexes];
  return { own: partitionKey(Table.KeySchema), byIndex: new Map(all.map((index) => [index.IndexName, partitionKey(index.KeySchema)])) };
}

function partitionKey(schema: z.output<typeof keySchema>): string | undefined {
  return schema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName;
}
