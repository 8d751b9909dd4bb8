import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { config as file } from '../../pilot.config.ts';
import { pacedClock, parsePace, wallClock } from '../adapters/clock/clocks.ts';
import { sha256 } from '../adapters/crypto/sha256.ts';
import { dynamoStore } from '../adapters/dynamodb/dynamo-store.ts';
import type { Signer } from '../adapters/kalshi/signer.ts';
import type { AlertChannel } from '../ports/alerts.ts';
import type { Blobs } from '../ports/blobs.ts';
import type { Clock } from '../ports/clock.ts';
import type { Digest } from '../ports/digest.ts';
import type { Store } from '../ports/store.ts';
import { ConfigError, makeConfig } from './config/config.ts';
import type { Environment } from './config/environment.ts';
import { processEnvironment } from './config/process-environment.ts';
import type { Config } from './config/schema.ts';
import type { FunctionName } from './map.ts';

/** What every function is put together from. Opened once per process; a warm function has it at hand. */
export interface Parts {
  readonly environment: Environment;
  readonly config: Config;
  readonly clock: Clock;
  /** How much faster the clock runs than the machine's. */
  readonly speed: number;
  readonly store: Store;
  readonly digest: Digest;
  writeLog(line: string): void;
  /** What a process without a cloud around it has instead. */
  readonly standIns?: StandIns;
}

/** For drills, in which many processes live in one and everything follows from a seed. */
export interface StandIns {
  readonly recordings: Blobs;
  readonly alerts: AlertChannel;
  /** Starts a function. */
  start(name: FunctionName): Promise<void>;
  /** Uniform in [0, 1). */
  random(): number;
  /** What signs with the account's key; absent, the key is looked for. */
  readonly signer?: Signer;
}

let opened: Promise<Parts> | undefined;
let logWriter = (line: string): void => void process.stdout.write(`${line}\n`);

/** Sends the log lines of this process elsewhere: in Lambda they go to standard output, as CloudWatch wants them. */
export function writeLogsTo(writer: (line: string) => void): void {
  logWriter = writer;
}

/** The parts, from this process's environment and pilot.config.ts. Throws ConfigError. */
export function openParts(): Promise<Parts> {
  opened ??= open(processEnvironment()).catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

async function open(environment: Environment): Promise<Parts> {
  const pace = environment.PILOT_CLOCK === undefined ? undefined : parsePace(environment.PILOT_CLOCK);
  const clock = pace ? pacedClock(pace) : wallClock;
  const { PILOT_MODE: mode, PILOT_ZONE: zone } = environment;
  const config = makeConfig({ file, environment: { ...(mode === undefined ? {} : { mode }), ...(zone === undefined ? {} : { zone }) } });
  const client = new DynamoDBClient({ maxAttempts: 1 });
  const store = dynamoStore({
    client,
    stateTable: named(environment, 'PILOT_STATE_TABLE'),
    reportsTable: named(environment, 'PILOT_REPORTS_TABLE'),
    now: () => clock.now(),
  });
  return {
    environment,
    config,
    clock,
    speed: pace?.speed ?? 1,
    store,
    digest: sha256,
    writeLog: (line) => logWriter(line),
  };
}

/** A name that this host must have set. */
export function named(
  environment: Environment,
  key: 'PILOT_STATE_TABLE' | 'PILOT_REPORTS_TABLE' | 'PILOT_RECORDINGS_BUCKET' | 'PILOT_ALERTS_TOPIC',
): string {
  const value = environment[key];
  if (value === undefined) throw new ConfigError([`${key}: not set. Fix: start it with \`npm start\`, or deploy it: the stack sets it`]);
  return value;
}
