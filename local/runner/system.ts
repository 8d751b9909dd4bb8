import { join } from 'node:path';
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type Pace, pacedClock, paceText, wallClock } from '../../shared/adapters/clock/clocks.ts';
import { s3Blobs } from '../../shared/adapters/s3/s3-blobs.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { SIMULATED_KEY } from '../../shared/system/analysts.ts';
import { configuredTimes } from '../../shared/system/configured-times.ts';
import { exchangeAddress } from '../../shared/system/exchange-address.ts';
import { retimed, scheduleOf, type Times } from '../../shared/system/map/schedule.ts';
import { type FunctionName, functions } from '../../shared/system/map.ts';
import { writeLogsTo } from '../../shared/system/parts.ts';
import { startAnalystServer } from '../analyst/analyst-server.ts';
import { createExchange } from '../exchange/create-exchange.ts';
import { generateKey } from '../exchange/generate-key.ts';
import { type AccountFile, openAccountFile } from '../exchange/kept/account-file.ts';
import { type Listening, listen } from '../exchange/server.ts';
import { generatedWorld } from '../exchange/world/generated-world.ts';
import { localNames, stateFolder } from './local-names.ts';
import { recordPast } from './record-past.ts';
import { Scheduler } from './scheduler.ts';
import { functionNamesEnvironment, openServices, recordings } from './services.ts';
import { watchJobs } from './watch-jobs.ts';
import { keepTime, loadWorld, PAST_DAYS, type WorldFile } from './world-file.ts';

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
  /** Where the simulated xAI answers; undefined where models are asked with a key, or the stand-in writes. */
  readonly xaiBaseUrl: string | undefined;
  readonly pace: Pace;
  call(name: FunctionName, event: Readonly<Record<string, unknown>>): Promise<unknown>;
  run(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the services, the exchange and the timetable; the functions are those of functions/, through AWS's own clients. */
export async function startSystem(options: SystemOptions): Promise<LocalSystem> {
  const folder = options.folder ?? stateFolder;
  const world = loadWorld({ seed: options.seed, markets: options.markets, now: Date.now() }, folder);
  let clock: Clock = wallClock;
  const services = await openServices({ folder, now: () => clock.now(), log: options.log });
  if (options.prices === 'generated') await recordPast(world, s3Blobs(recordings), options.progress);
  const account = options.prices === 'generated' ? await openAccount(world, folder) : undefined;
  const pace = paceOf(options, Math.max(world.now, account?.kept?.at ?? 0));
  clock = pacedClock(pace);
  const exchange = account && (await openExchange(world, pace, account));
  const kalshiBaseUrl = exchange?.listening.baseUrl ?? exchangeAddress(options.mode);
  const analyst = simulatesModels(options) ? await startAnalystServer({ seed: String(options.seed) }) : undefined;
  const stopTime = options.prices === 'generated' ? keepTime(world, clock, pace.speed, folder) : undefined;
  const environment = environmentOf(options, pace, kalshiBaseUrl);
  Object.assign(process.env, environment, analyst ? { XAI_API_KEY: SIMULATED_KEY, XAI_BASE_URL: analyst.baseUrl } : {});
  writeLogsTo(options.log);
  if (environment.PILOT_SECRET_KALSHI !== undefined && exchange) await keepKey(environment.PILOT_SECRET_KALSHI, exchange.key);
  const times = { ...options.times, ...configuredTimes() };
  const map = retimed(functions, times);
  const watched = watchJobs(map, clock, { fire: services.call, log: options.log, speed: pace.speed });
  const scheduler = new Scheduler(scheduleOf(map, times), clock, watched.fire);
  return {
    ...{
      endpoint: services.cloud.endpoint,
      engine: services.engine,
      kalshiBaseUrl,
      xaiBaseUrl: analyst?.baseUrl,
      pace,
      call: services.call,
    },
    run: () => scheduler.run(),
    stop: async () => {
      watched.stop();
      await scheduler.stop();
      await exchange?.close();
      // Last of all: what is kept of the account may not be later than the time kept.
      stopTime?.();
      await analyst?.close();
      await services.close();
    },
  };
}

/** Real prices are not for made-up forecasts: there the labelled stand-in writes until somebody sets a key. */
function simulatesModels({ prices }: SystemOptions): boolean {
  return prices === 'generated' && process.env.XAI_API_KEY === undefined;
}

/** Generated time goes on where it stopped; live prices have the machine's own time. */
function paceOf({ prices, speed }: SystemOptions, start: number): Pace {
  const from = Date.now();
  return prices === 'live' ? { from, start: from, speed: 1 } : { from, start, speed };
}

interface LocalExchange {
  readonly listening: Listening;
  readonly key: { readonly id: string; readonly privateKey: string };
  close(): Promise<void>;
}

/** The member's account outlives the exchange, in the same folder as what we know of it. */
function openAccount({ seed, markets, start }: WorldFile, folder: string): Promise<AccountFile> {
  return openAccountFile(join(folder, 'exchange', 'account.jsonl'), { seed, markets, start });
}

async function openExchange({ seed, markets, start }: WorldFile, pace: Pace, account: AccountFile): Promise<LocalExchange> {
  const { key, privateKey } = generateKey('ed25519');
  const generated = generatedWorld({ seed, markets, start, pastDays: PAST_DAYS });
  const settings = {
    quoteStepMs: 1_000 * pace.speed,
    // Five seconds of this machine, in which a request and its signature stay together whatever the pace.
    timestampWindowMs: 5_000 * pace.speed,
    readLagMs: 0,
    limits: { tier: 'basic', read: { refill: 200, capacity: 600 }, write: { refill: 100, capacity: 100 } },
  };
  const exchange = createExchange({ world: generated, clock: pacedClock(pace), keys: [key], seed, settings, account });
  const listening = await listen(exchange);
  const close = async () => {
    await listening.close();
    account.close();
  };
  return { listening, key: { id: key.id, privateKey }, close };
}

/** What the functions are told: names, time, prices. */
function environmentOf({ mode, prices }: SystemOptions, pace: Pace, kalshiBaseUrl: string): Readonly<Record<string, string>> {
  return {
    ...functionNamesEnvironment,
    PILOT_MODE: mode,
    PILOT_PRICES: prices,
    PILOT_CLOCK: paceText(pace),
    PILOT_SECRET_XAI: localNames.xaiSecret,
    // The simulated exchange made a key; Kalshi's own demo takes the one in the environment.
    ...(mode === 'paper' || prices === 'live' ? {} : { PILOT_SECRET_KALSHI: localNames.kalshiSecret }),
    KALSHI_BASE_URL: kalshiBaseUrl,
  };
}

/** The key that the simulated exchange made for us, where the functions look for it. */
async function keepKey(name: string, { id, privateKey }: { readonly id: string; readonly privateKey: string }): Promise<void> {
  const client = new SecretsManagerClient();
  const SecretString = JSON.stringify({ keyId: id, privateKey });
  await client
    .send(new CreateSecretCommand({ Name: name, SecretString }))
    .catch(() => client.send(new PutSecretValueCommand({ SecretId: name, SecretString })));
}
