import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { type Pace, pacedClock, paceText, wallClock } from '../../shared/adapters/clock/clocks.ts';
import { s3Blobs } from '../../shared/adapters/s3/s3-blobs.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { scheduleOf, type Times } from '../../shared/system/map/schedule.ts';
import { type FunctionName, functionNames, functions } from '../../shared/system/map.ts';
import { writeLogsTo } from '../../shared/system/parts.ts';
import { createTables } from '../cloud/create-tables.ts';
import { type LocalDynamodb, startDynamodb } from '../cloud/dynamodb.ts';
import { type Cloud, startCloud } from '../cloud/start-cloud.ts';
import { createExchange } from '../exchange/create-exchange.ts';
import { generateKey } from '../exchange/generate-key.ts';
import { type Listening, listen } from '../exchange/server.ts';
import { generatedWorld } from '../exchange/world/generated-world.ts';
import { callHandler } from './handlers.ts';
import { localNames, stateFolder } from './local-names.ts';
import { recordPast } from './record-past.ts';
import { Scheduler } from './scheduler.ts';
import { loadWorld, PAST_DAYS, saveWorld, type WorldFile } from './world-file.ts';

export interface SystemOptions {
  readonly speed: number;
  readonly prices: 'generated' | 'live';
  readonly mode: 'paper' | 'demo';
  readonly seed: number;
  readonly markets: number;
  readonly times: Times;
  readonly folder?: string;
  /** Told how much of a new world's past has been recorded. */
  progress(done: number, all: number): void;
  /** Each line a function logs. */
  readonly log: (line: string) => void;
}

/** The whole system on this machine. `stop` drains it: nothing new starts, what runs ends, then the services. */
export interface LocalSystem {
  readonly endpoint: string;
  readonly engine: string;
  readonly kalshiBaseUrl: string;
  readonly pace: Pace;
  readonly cloud: Cloud;
  /** What the functions' environment holds. */
  readonly environment: Readonly<Record<string, string>>;
  call(name: FunctionName, event: Readonly<Record<string, unknown>>): Promise<unknown>;
  run(): Promise<void>;
  stop(): Promise<void>;
}

const PRODUCTION = 'https://external-api.kalshi.com/trade-api/v2';

/** Starts the services, the exchange and the timetable; the functions are those of functions/, through AWS's own clients. */
export async function startSystem(options: SystemOptions): Promise<LocalSystem> {
  const folder = options.folder ?? stateFolder;
  const world = loadWorld({ seed: options.seed, markets: options.markets, now: Date.now() }, folder);
  const engine = await startDynamodb({ dataPath: join(folder, 'dynamodb.sqlite') });
  const call = (name: FunctionName, event: unknown) => callHandler(name, event, functions[name].timeoutSeconds);
  let clock: Clock = wallClock;
  const cloud = await startCloud({
    dataDir: join(folder, 'cloud'),
    dynamodb: engine,
    invoke: invoker(call),
    now: () => clock.now(),
    log: options.log,
  });
  Object.assign(process.env, servicesOf(cloud));
  await createResources();
  if (options.prices === 'generated') await recordPast(world, s3Blobs(recordings), options.progress);
  const pace = paceOf(options, world);
  clock = pacedClock(pace);
  const exchange = options.prices === 'generated' ? await openExchange(world, pace) : undefined;
  const environment = environmentOf(options, pace, exchange?.listening.baseUrl ?? PRODUCTION);
  Object.assign(process.env, environment);
  writeLogsTo(options.log);
  if (environment.PILOT_SECRET_KALSHI !== undefined && exchange) await keepKey(environment.PILOT_SECRET_KALSHI, exchange.key);
  const scheduler = new Scheduler(scheduleOf(functions, options.times), clock, call);
  return {
    endpoint: cloud.endpoint,
    engine: engine.engine,
    kalshiBaseUrl: exchange?.listening.baseUrl ?? PRODUCTION,
    pace,
    cloud,
    environment,
    call,
    run: () => scheduler.run(),
    stop: async () => {
      await scheduler.stop();
      if (options.prices === 'generated') saveWorld({ ...world, now: clock.now() }, folder);
      await closeAll(exchange?.listening, cloud, engine);
    },
  };
}

/** Generated time goes on where it stopped; live prices have the machine's own time. */
function paceOf({ prices, speed }: SystemOptions, world: WorldFile): Pace {
  const from = Date.now();
  return prices === 'live' ? { from, start: from, speed: 1 } : { from, start: world.now, speed };
}

async function openExchange(
  world: WorldFile,
  pace: Pace,
): Promise<{ readonly listening: Listening; readonly key: { readonly id: string; readonly privateKey: string } }> {
  const { key, privateKey } = generateKey('ed25519');
  const generated = generatedWorld({ seed: world.seed, markets: world.markets, start: world.start, pastDays: PAST_DAYS });
  const settings = {
    quoteStepMs: 1_000 * pace.speed,
    readLagMs: 0,
    limits: { tier: 'basic', read: { refill: 200, capacity: 600 }, write: { refill: 100, capacity: 100 } },
  };
  const exchange = createExchange({ world: generated, clock: pacedClock(pace), keys: [key], seed: world.seed, settings });
  return { listening: await listen(exchange), key: { id: key.id, privateKey } };
}

/** What AWS's own clients need to find this machine's services. */
function servicesOf(cloud: Cloud): Readonly<Record<string, string>> {
  return { AWS_ENDPOINT_URL: cloud.endpoint, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
}

/** The names and places that the stack would give the functions. */
function environmentOf({ mode, prices }: SystemOptions, pace: Pace, kalshiBaseUrl: string): Readonly<Record<string, string>> {
  return {
    PILOT_MODE: mode,
    PILOT_PRICES: prices,
    PILOT_CLOCK: paceText(pace),
    PILOT_STATE_TABLE: localNames.stateTable,
    PILOT_REPORTS_TABLE: localNames.reportsTable,
    PILOT_RECORDINGS_BUCKET: localNames.recordings,
    PILOT_ALERTS_TOPIC: localNames.topic,
    PILOT_FUNCTION_PREFIX: localNames.prefix,
    PILOT_SECRET_XAI: localNames.xaiSecret,
    ...(mode === 'paper' ? {} : { PILOT_SECRET_KALSHI: localNames.kalshiSecret }),
    KALSHI_BASE_URL: kalshiBaseUrl,
  };
}

const recordings = { bucket: localNames.recordings, client: { forcePathStyle: true } } as const;

/** Tables, bucket and topic, where they are not there yet. */
async function createResources(): Promise<void> {
  await createTables(new DynamoDBClient({ maxAttempts: 3 }), { state: localNames.stateTable, reports: localNames.reportsTable });
  await new S3Client(recordings.client).send(new CreateBucketCommand({ Bucket: recordings.bucket })).catch(unlessExists);
  await new SNSClient().send(new CreateTopicCommand({ Name: localNames.topic.split(':').at(-1) }));
}

/** The key that the simulated exchange made for us, where the functions look for it. */
async function keepKey(name: string, { id, privateKey }: { readonly id: string; readonly privateKey: string }): Promise<void> {
  const client = new SecretsManagerClient();
  const SecretString = JSON.stringify({ keyId: id, privateKey });
  await client
    .send(new CreateSecretCommand({ Name: name, SecretString }))
    .catch(() => client.send(new PutSecretValueCommand({ SecretId: name, SecretString })));
}

function unlessExists(error: unknown): void {
  if (!(error instanceof Error && error.name === 'BucketAlreadyOwnedByYou')) throw error;
}

function invoker(call: (name: FunctionName, event: unknown) => Promise<unknown>) {
  return async (name: string, payload: Uint8Array, { async }: { readonly async: boolean }) => {
    const known = functionNames.find((candidate) => name === candidate || name === `${localNames.prefix}${candidate}`);
    if (known === undefined) return undefined;
    const event: unknown = payload.length === 0 ? {} : JSON.parse(new TextDecoder().decode(payload));
    const running = call(known, event);
    if (async) {
      running.catch(() => undefined);
      return { payload: '' };
    }
    try {
      return { payload: JSON.stringify((await running) ?? null) };
    } catch (error) {
      const { name: errorType, message: errorMessage } = error instanceof Error ? error : { name: 'Error', message: String(error) };
      return { payload: JSON.stringify({ errorType, errorMessage }), functionError: 'Unhandled' as const };
    }
  };
}

async function closeAll(exchange: Listening | undefined, cloud: Cloud, engine: LocalDynamodb): Promise<void> {
  await exchange?.close();
  await cloud.close();
  await engine.stop();
}
