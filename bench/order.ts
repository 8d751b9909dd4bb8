import { performance } from 'node:perf_hooks';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTables } from '../local/cloud/create-tables.ts';
import { startDynamodb } from '../local/cloud/dynamodb.ts';
import { drillConfig } from '../local/drills/drill-config.ts';
import { start } from '../local/drills/functions.ts';
import { recordPast } from '../local/drills/recorded-past.ts';
import { digest, openStage, type Stage } from '../local/drills/stage.ts';
import { layLine } from '../local/drills/wire.ts';
import { dynamoStore } from '../shared/adapters/dynamodb/dynamo-store.ts';
import { createSigner } from '../shared/adapters/kalshi/signer.ts';
import type { Store } from '../shared/ports/store.ts';
import type { Parts } from '../shared/system/parts.ts';
import type { Figure } from './figure.ts';
import { type KeyOnDisk, keyOnDisk } from './key-on-disk.ts';
import { measure, median } from './measure.ts';

const RUNS = 15;
const WARM_UPS = 4;
/** Seeds of worlds in which the first tick has something to buy. */
const FIRST_SEED = 2;
const MARKETS = 20;
const SIGNATURES = 200;

/** What is stored where, for the stage of one run. */
type OpenStore = (stage: Stage, run: number) => Promise<Store>;

/**
 * From the last answer of the exchange to the bytes of an order on their way, signed with RSA: the deployed trade function
 * reads the quotes, decides, asks the gate, reserves, writes the journal and `sent`, and signs. Once over a store in memory,
 * which is the path without a store, and once over DynamoDB on this machine.
 */
export async function figures(): Promise<readonly Figure[]> {
  const key = keyOnDisk('rsa');
  const path = await times(key, async ({ store }) => store);
  const stored = await timesOnDynamodb(key);
  return [
    { figure: 'order.path', value: median(path), unit: 'ms', better: 'lower', budget: 10 },
    { figure: 'order.path-stored', value: median(stored), unit: 'ms', better: 'lower', budget: 40 },
    { figure: 'order.signing', value: await signing(key), unit: 'ms', better: 'lower' },
  ];
}

async function timesOnDynamodb(key: KeyOnDisk): Promise<readonly number[]> {
  const engine = await startDynamodb();
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: engine.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  const fetched = globalThis.fetch;
  try {
    return await times(key, async ({ time }, run) => {
      const [stateTable, reportsTable] = [`state-${run}`, `reports-${run}`];
      await createTables(client, { state: stateTable, reports: reportsTable });
      return dynamoStore({ client, stateTable, reportsTable, now: () => time.now() });
    });
  } finally {
    globalThis.fetch = fetched;
    client.destroy();
    await engine.stop();
  }
}

/** Milliseconds of the first order of a tick, run by run, each in a world of its own. */
async function times(key: KeyOnDisk, openStore: OpenStore): Promise<readonly number[]> {
  const found: number[] = [];
  for (let run = -WARM_UPS; run < RUNS; run++) {
    const time = await timeOrder(key, run, openStore);
    if (run >= 0 && time !== undefined) found.push(time);
  }
  if (found.length < RUNS / 2) throw new Error(`order: ${found.length} of ${RUNS} worlds had an order. Fix: choose another first seed`);
  return found;
}

async function timeOrder({ key, keyPath }: KeyOnDisk, run: number, openStore: OpenStore): Promise<number | undefined> {
  const stage = openStage(FIRST_SEED + run + WARM_UPS, key, MARKETS);
  await recordPast(stage);
  const address = `127.0.2.${run + WARM_UPS + 1}`;
  const parts = partsOf(stage, await openStore(stage, run + WARM_UPS), { address, keyId: key.key.id, keyPath });
  let quoted = performance.now();
  let path: number | undefined;
  layLine(address, {
    exchange: stage.exchange,
    turn: (_where, act) => act(),
    doomed: () => false,
    asked: () => undefined,
    sending: async () => {
      path ??= performance.now() - quoted;
    },
    answered: () => {
      quoted = performance.now();
    },
  });
  const tick = { tick: new Date(stage.start).toISOString() };
  for (const name of ['sync', 'scan', 'trade'] as const) await start(name, parts, tick, 60_000);
  return path;
}

function partsOf(
  { exchange, time, recordings }: Stage,
  store: Store,
  { address, keyId, keyPath }: { readonly address: string; readonly keyId: string; readonly keyPath: string },
): Parts {
  return {
    environment: { KALSHI_BASE_URL: `http://${address}/trade-api/v2`, KALSHI_KEY_ID: keyId, KALSHI_PRIVATE_KEY_PATH: keyPath },
    config: drillConfig(exchange.venue.world.series.map(({ ticker }) => ticker)),
    clock: time,
    speed: 1,
    store,
    digest,
    writeLog: () => undefined,
    standIns: {
      recordings,
      alerts: { send: async () => ({ delivered: true }) },
      start: async () => undefined,
      random: () => 0.5,
    },
  };
}

/** What a signature alone takes: no order leaves without one. */
async function signing({ key: { key, privateKey } }: KeyOnDisk): Promise<number> {
  const signer = createSigner({ keyId: key.id, privateKey });
  const all = await measure(() => {
    for (let turn = 0; turn < SIGNATURES; turn++) signer.headers('POST', '/trade-api/v2/portfolio/events/orders', turn);
  });
  return all / SIGNATURES;
}
