import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTables } from '../local/cloud/create-tables.ts';
import { startDynamodb } from '../local/cloud/dynamodb.ts';
import { localNames, stateFolder } from '../local/runner/local-names.ts';
import { findRunning, type Running } from '../local/runner/running.ts';
import { worldTime } from '../local/runner/world-file.ts';
import { pacedClock, parsePace, wallClock } from '../shared/adapters/clock/clocks.ts';
import { dynamoStore } from '../shared/adapters/dynamodb/dynamo-store.ts';
import type { Mode } from '../shared/domain/book.ts';
import type { Clock } from '../shared/ports/clock.ts';
import type { Store } from '../shared/ports/store.ts';
import { deployedEnvironment } from './aws/deployed.ts';
import { Exit } from './exit.ts';

/** What a command reads from: the store, and the time it is there. */
export interface OpenedStore {
  readonly store: Store;
  readonly clock: Clock;
  /** The system that runs on this machine, if one does and `env` is local. */
  readonly running: Running | undefined;
  readonly env: 'local' | 'aws';
  /** The mode of the system that runs here, or that is deployed; undefined when neither is. */
  readonly mode: Mode | undefined;
  /** How much faster its clock runs than this machine's. */
  readonly speed: number;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** `--env`: this machine, or the account of the AWS credentials at hand. */
  readonly env?: string;
}

/**
 * The store of the running system; of this machine's files when none runs; or of the AWS account. Throws Exit(3) when it
 * cannot be reached.
 */
export async function openStore({ env = 'local' }: StoreOptions = {}): Promise<OpenedStore> {
  if (env !== 'local' && env !== 'aws') throw new Exit(2, `--env ${env}: not known. Fix: use local or aws`);
  if (env === 'aws') {
    // What is deployed decides whose money is looked at, not the configuration of this machine.
    const { PILOT_MODE: mode } = await deployedEnvironment();
    return {
      ...storeOn(new DynamoDBClient({ maxAttempts: 1 }), wallClock),
      running: undefined,
      env,
      mode,
      speed: 1,
      close: async () => undefined,
    };
  }
  const running = findRunning();
  if (running) {
    const pace = parsePace(running.clock);
    const clock = pacedClock(pace);
    return {
      ...storeOn(localClient(running.endpoint), clock),
      running,
      env,
      mode: running.mode,
      speed: pace.speed,
      close: async () => undefined,
    };
  }
  const engine = await startDynamodb({ dataPath: join(stateFolder, 'dynamodb.sqlite') });
  const client = localClient(engine.endpoint);
  await createTables(client, { state: localNames.stateTable, reports: localNames.reportsTable });
  return { ...storeOn(client, stoppedClock()), running: undefined, env, mode: undefined, speed: 1, close: () => engine.stop() };
}

/** A stopped world that ran faster is ahead of us: there it is as late as it was, or its last hours would lie in the future. */
function stoppedClock(): Clock {
  const stoppedAt = worldTime();
  return stoppedAt === undefined || stoppedAt <= Date.now() ? wallClock : { now: () => stoppedAt, sleep: (ms) => wallClock.sleep(ms) };
}

function storeOn(client: DynamoDBClient, clock: Clock): { readonly store: Store; readonly clock: Clock } {
  const { stateTable, reportsTable } = localNames;
  return { store: dynamoStore({ client, stateTable, reportsTable, now: () => clock.now() }), clock };
}

function localClient(endpoint: string): DynamoDBClient {
  return new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
}
