import { handler as alertCheck } from '../../../functions/alert-check.ts';
import { handler as backup } from '../../../functions/backup.ts';
import { handler as control } from '../../../functions/control.ts';
import { handler as scan } from '../../../functions/scan.ts';
import { handler as sync } from '../../../functions/sync.ts';
import { handler as trade } from '../../../functions/trade.ts';
import { Auditor } from '../../../local/drills/auditor.ts';
import type { DrillTime } from '../../../local/drills/drill-time.ts';
import { books, journal } from '../../../local/drills/finale.ts';
import { roughStore } from '../../../local/drills/rough-store.ts';
import { BOOK, MINUTE, openStage, type Stage } from '../../../local/drills/stage.ts';
import type { Exchange } from '../../../local/exchange/create-exchange.ts';
import { generateKey } from '../../../local/exchange/generate-key.ts';
import type { MarketFacts } from '../../../local/exchange/world/world.ts';
import { sha256 } from '../../../shared/adapters/crypto/sha256.ts';
import type { Breaker } from '../../../shared/domain/breaker.ts';
import type { Millis } from '../../../shared/domain/money.ts';
import type { OrderRecord } from '../../../shared/domain/order.ts';
import type { Position } from '../../../shared/domain/position.ts';
import type { ToldAlert } from '../../../shared/jobs/alerts/deliver-alerts.ts';
import { HISTORY } from '../../../shared/jobs/alerts/deliver-alerts.ts';
import type { Store } from '../../../shared/ports/store.ts';
import type { Parts } from '../../../shared/system/parts.ts';
import type { CloudNames, OutageCloud } from './outage-cloud.ts';
import { outageConfig } from './outage-config.ts';
import { layWire, type OutageWire } from './outage-wire.ts';
import { quietMarkets } from './quiet-markets.ts';

/** What one quarter of an hour came to: each job's answer, or the error that Lambda would have seen. */
export type Quarter = Readonly<Record<'sync' | 'scan' | 'trade' | 'alert-check', unknown>>;

const QUARTER: Millis = 15 * MINUTE;
const SEED = 2;
const MARKETS = 60;
const handlers = { 'alert-check': alertCheck, backup, control, scan, sync, trade };

let opened = 0;

/**
 * The functions as they are deployed, handler and all, on a clock that moves when told: one exchange, one account, one
 * store. Watched from outside while it works.
 */
export class OutageDesk {
  readonly stage: Stage;
  readonly names: CloudNames;
  readonly auditor: Auditor;
  /** Stands between the desk and the exchange; the exchange itself by default. */
  tampered: OutageWire['tampered'] = (_request, ask) => ask();
  readonly #parts: Parts;

  constructor(stage: Stage, names: CloudNames) {
    opened += 1;
    const host = `127.0.1.${opened}`;
    this.stage = stage;
    this.names = names;
    this.auditor = new Auditor(stage.store, stage.time, stage.exchange.venue.account);
    layWire(host, {
      exchange: stage.exchange,
      sending: (id) => this.auditor.sending(id),
      tampered: (request, ask) => this.tampered(request, ask),
    });
    this.#parts = {
      environment: { ...names, KALSHI_BASE_URL: `http://${host}/trade-api/v2` },
      config: outageConfig(stage.exchange.venue.world.series.map(({ ticker }) => ticker)),
      clock: stage.time,
      speed: 1,
      store: roughStore(stage.store, {
        turn: (_where, act) => act(),
        listener: (name, args, answer) => this.auditor.heard(name, args, answer),
        fault: () => undefined,
        unguarded: () => false,
      }),
      digest: sha256,
      writeLog: () => undefined,
    };
  }

  get exchange(): Exchange {
    return this.stage.exchange;
  }

  get time(): DrillTime {
    return this.stage.time;
  }

  get store(): Store {
    return this.stage.store;
  }

  /** Markets that are left alone, each of an event of its own. */
  markets(): readonly MarketFacts[] {
    const { world } = this.exchange.venue;
    const quiet = quietMarkets(world, this.time.now());
    return [...Map.groupBy(quiet, ({ event }) => event.ticker).values()].flatMap((siblings) => siblings.slice(0, 1));
  }

  /** One run of a function for this moment's tick. Rejects as its handler does. */
  run(name: keyof typeof handlers, payload: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    const tick = new Date(this.time.now()).toISOString();
    return handlers[name].withParts(this.#parts)({ tick, ...payload }, { awsRequestId: 'drill' } as never);
  }

  nextQuarter(): Millis {
    return (Math.floor(this.time.now() / QUARTER) + 1) * QUARTER;
  }

  /** Moves on to the next quarter of an hour and runs what is due then, one after the other, whatever fails. */
  async quarter(): Promise<Quarter> {
    this.time.moveTo(this.nextQuarter());
    const done: Record<string, unknown> = {};
    for (const name of ['sync', 'scan', 'trade', 'alert-check'] as const) {
      done[name] = await this.run(name).catch((error: unknown) => error);
    }
    this.exchange.advance();
    this.auditor.quiet();
    return done as Quarter;
  }

  /** Everything that is wrong, in words, once the account has been read again: promises, the exchange's books and ours, the journal. */
  async wrong(): Promise<readonly string[]> {
    this.time.moveTo(this.time.now() + 5 * MINUTE);
    await this.run('sync');
    this.exchange.advance();
    this.auditor.quiet();
    const open = (await this.store.orders.live(BOOK)).filter(({ state }) => state !== 'resting');
    const unsettled = open.map(({ id, state }) => `order ${id} is still ${state}`);
    return [...this.auditor.violations, ...unsettled, ...(await books(this.stage)), ...(await journal(this.stage))];
  }

  /** The names of the checks that refused what was last decided of a market; none when it was approved. */
  async refusals(ticker: string): Promise<readonly string[]> {
    let last: readonly { readonly check: string; readonly state: string }[] = [];
    for await (const { body } of this.store.journal.read(BOOK, { subject: ticker }))
      last = (body as { results?: typeof last }).results ?? last;
    return last.filter(({ state }) => state === 'fail' || state === 'unknown').map(({ check }) => check);
  }

  breaker(): Promise<Breaker> {
    return this.store.breakers.read(BOOK);
  }

  async positions(): Promise<ReadonlyMap<string, Position>> {
    return (await this.store.ledger.head(BOOK)).ledger.positions;
  }

  /** Newest first. */
  orders(): Promise<readonly OrderRecord[]> {
    return this.store.orders.recent(BOOK, 100);
  }

  /** What anybody was told so far, oldest first. */
  async told(): Promise<readonly ToldAlert[]> {
    return (await this.store.records.list(HISTORY)).map(({ body }) => body as ToldAlert);
  }

  async subjects(): Promise<readonly string[]> {
    return (await this.told()).map(({ alert }) => alert.subject);
  }
}

export interface OpenDesk {
  readonly kept?: 'in memory' | 'in DynamoDB';
  /** When it opens; a Friday morning by default. */
  readonly at?: Millis;
  /** Without the exchange's key, which is put in later. */
  readonly keyless?: boolean;
}

/** A desk that has read its account and decided once that there was nothing to do. */
export async function openOutageDesk(cloud: OutageCloud, { kept = 'in memory', at, keyless = false }: OpenDesk = {}): Promise<OutageDesk> {
  const names = await cloud.names();
  const key = generateKey('ed25519');
  const stage = openStage(SEED, key, MARKETS);
  if (at !== undefined) stage.time.moveTo(at);
  if (!keyless) await cloud.keepSecret(names, key);
  const store = kept === 'in memory' ? stage.store : await cloud.store(names, stage.time);
  const desk = new OutageDesk({ ...stage, store }, names);
  await desk.quarter();
  return desk;
}
