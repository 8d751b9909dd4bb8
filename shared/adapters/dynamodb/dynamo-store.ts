import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Millis } from '../../domain/money.ts';
import type { Store } from '../../ports/store.ts';
import { DynamoBreakers } from './dynamo-breakers.ts';
import { DynamoJournal } from './dynamo-journal.ts';
import { DynamoLeases } from './dynamo-leases.ts';
import { DynamoLedger } from './dynamo-ledger.ts';
import { DynamoOrders } from './dynamo-orders.ts';
import { DynamoRecords } from './dynamo-records.ts';
import { DynamoRuns } from './dynamo-runs.ts';
import { jitter, type Pause } from './retry.ts';
import { Table } from './table.ts';

export interface DynamoStoreOptions {
  /** With `maxAttempts: 1`: the store tries again itself, and so knows what became of each attempt. */
  readonly client: DynamoDBClient;
  readonly stateTable: string;
  readonly reportsTable: string;
  /** Decides what has expired. */
  readonly now: () => Millis;
  /** How long to wait before trying again. */
  readonly pause?: Pause;
}

/** The store on DynamoDB: two tables, whose keys the map in shared/system gives. docs/data-model.md says what lies where. */
export function dynamoStore({ client, stateTable, reportsTable, now, pause = jitter }: DynamoStoreOptions): Store {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const state = new Table(documents, stateTable, ['pk', 'sk'], pause);
  const reports = new Table(documents, reportsTable, ['records', 'key'], pause);
  return {
    orders: new DynamoOrders(state, pause),
    ledger: new DynamoLedger(state, pause),
    breakers: new DynamoBreakers(state),
    leases: new DynamoLeases(state),
    runs: new DynamoRuns(state),
    journal: new DynamoJournal(state),
    records: new DynamoRecords(state, reports, now, pause),
  };
}
