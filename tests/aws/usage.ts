import type { CloudCall } from '../../local/cloud/cloud-call.ts';
import type { FunctionRun } from '../../local/cloud/runtime/environment-pool.ts';

/** What one run of a function used, on average; the fields of bench/cost/measured.json that a day here can tell. */
export interface Usage {
  readonly seconds: number;
  readonly initSeconds: number;
  readonly writes: number;
  readonly reads: number;
  readonly puts: number;
  readonly gets: number;
  readonly putMegabytes: number;
  readonly publishes: number;
}

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);
const READS = new Set(['GetItem', 'Query', 'Scan', 'BatchGetItem', 'TransactGetItems']);

/**
 * By function name. A transaction takes two units an item. A unit writes a kilobyte of an item, or reads four of a page: as
 * many as the bodies of the calls hold, which is a little more than the items do. A transaction sends each item twice: as it
 * should be, and as it is expected to be.
 */
export function usageOf(runs: readonly FunctionRun[], calls: readonly CloudCall[], roleOf: ReadonlyMap<string, string>) {
  const names = [...new Set(runs.map((run) => run.function))];
  return new Map(
    names.map((name): [string, Usage] => {
      const own = runs.filter((run) => run.function === name);
      const made = calls.filter(({ principal }) => principal === roleOf.get(name));
      const each = (amount: number) => Math.round((amount / own.length) * 100) / 100;
      const units = (operations: ReadonlySet<string>, bytes: (call: CloudCall) => number) =>
        made
          .filter(({ service, operation }) => service === 'dynamodb' && operations.has(operation))
          .reduce((sum, call) => sum + priceOf(call) * Math.max(1, call.needs.length, bytes(call)), 0);
      const count = (service: string, operation: string) =>
        made.filter((call) => call.service === service && call.operation === operation).length;
      return [
        name,
        {
          seconds: each(own.reduce((sum, { durationMs }) => sum + durationMs / 1000, 0)),
          initSeconds: Math.max(...own.map(({ initMs }) => Math.round((initMs ?? 0) / 10) / 100)),
          writes: each(units(WRITES, ({ operation, sent }) => Math.ceil(sent / (operation.startsWith('Transact') ? 2048 : 1024)))),
          reads: each(units(READS, ({ answered }) => Math.ceil(answered / 4096))),
          puts: each(count('s3', 'PutObject')),
          gets: each(count('s3', 'GetObject') + count('s3', 'ListObjectsV2')),
          putMegabytes: each(
            made.filter(({ operation }) => operation === 'PutObject').reduce((sum, { sent }) => sum + sent / 1_000_000, 0),
          ),
          publishes: each(count('sns', 'Publish')),
        },
      ];
    }),
  );
}

/** Units for each: a transaction takes two; what may lag, as the newest runs of a job, takes half of one. */
function priceOf({ operation, needs }: CloudCall): number {
  if (operation.startsWith('Transact')) return 2;
  const [key = ''] = needs[0]?.context?.['dynamodb:LeadingKeys'] ?? [];
  return operation === 'Query' && key.startsWith('RUN#') ? 0.5 : 1;
}
