import type { Board } from '../../shared/domain/board.ts';
import type { Book } from '../../shared/domain/book.ts';
import type { Price } from '../../shared/domain/money.ts';
import { cancelAll, halt, pause, resume } from '../../shared/jobs/control.ts';
import { type EmergencyStep, emergency } from '../../shared/jobs/emergency.ts';
import type { ScanSummary } from '../../shared/jobs/scan.ts';
import { scan } from '../../shared/jobs/scan.ts';
import { sync } from '../../shared/jobs/sync.ts';
import { trade } from '../../shared/jobs/trade.ts';
import { ExchangeError } from '../../shared/ports/exchange-error.ts';
import type { Store } from '../../shared/ports/store.ts';
import { StoreFailure } from '../../shared/ports/store.ts';
import { type DeskSettings, deskSettings, strategyView } from '../../shared/system/desk-settings.ts';
import { Auditor } from './auditor.ts';
import { roughStore } from './rough-store.ts';
import { BOOK, type Connection, connect, digest, drillConfig, type Stage, withPast } from './stage.ts';
import { surroundingsOf } from './surroundings.ts';
import { Crash, type Process, Turns } from './turns.ts';
import { layLine } from './wire.ts';

export type Job = 'sync' | 'scan' | 'trade';

const SLOTS = 2;
const STORE_FAULTS = 0.002;
const CRASHES = 0.35;
/** Calls within which a doomed process dies. */
const REACH = 60;

/** The processes of a drill: two at most at a time, each with a connection of its own, over one store and one exchange. */
export class Crew {
  readonly auditor: Auditor;
  readonly faults = new Map<string, number>();
  readonly stacks: string[] = [];
  crashes = 0;
  duplicates = 0;
  /** Whether anything fails and anybody dies. */
  rough = false;
  readonly #stage: Stage;
  readonly #chance: () => number;
  readonly #turns: Turns;
  readonly #trace: ((line: string) => void) | undefined;
  readonly #running: Process[] = [];
  readonly #connections: Connection[] = [];
  readonly #desk: DeskSettings;

  constructor(stage: Stage, chance: () => number, trace?: (line: string) => void) {
    this.#stage = stage;
    this.#chance = chance;
    this.#trace = trace;
    this.#turns = new Turns(chance, (crash) => this.#crashed(crash));
    this.auditor = new Auditor(stage.store, stage.time, stage.exchange.venue.account);
    const desk = deskSettings(drillConfig);
    const acknowledgedSeries = stage.exchange.venue.world.series.map(({ ticker }) => ticker);
    this.#desk = { ...desk, limits: { ...desk.limits, acknowledgedSeries } };
    this.#countFaults();
  }

  async open(): Promise<void> {
    for (let slot = 0; slot < SLOTS; slot++) {
      layLine(hostOf(slot), {
        stage: this.#stage,
        turns: this.#turns,
        process: () => this.#process(slot),
        sending: (id) => this.auditor.sending(id),
      });
      await this.#connect(slot);
    }
  }

  /** A new process begins with a new connection: what the old one had in memory died with it. */
  async #connect(slot: number): Promise<void> {
    this.#running[slot] = newProcess('connect', undefined);
    const [opened] = await this.#turns.settle([connect(this.#stage, hostOf(slot), (ms) => this.#sleep(slot, ms))]);
    if (opened?.status !== 'fulfilled')
      throw new Error('the drill could not connect. Fix: let connecting survive faults', { cause: opened?.reason });
    this.#connections[slot] = opened.value;
  }

  /** One job for one tick, in one process or in two at once. */
  run(job: Job, at: number, slots: readonly number[]): Promise<readonly PromiseSettledResult<unknown>[]> {
    return this.together(slots.map((slot) => [job, at, slot] as const));
  }

  async together(work: readonly (readonly [Job, number, number])[]): Promise<readonly PromiseSettledResult<unknown>[]> {
    this.auditor.alone = work.length === 1;
    if (work.length > 1) this.duplicates += 1;
    const results = await this.#turns.settle(work.map(([job, at, slot]) => this.#start(job, at, slot)));
    for (const result of results) this.#judge(result);
    for (const [, , slot] of work) if (this.#process(slot).dead) await this.#connect(slot);
    return results;
  }

  /** A person does something: pauses, halts, or cancels everything. */
  async byHand(chance: () => number): Promise<void> {
    const by = { name: 'drill', reason: 'a drill' };
    const act = [pause, halt, cancelAll][Math.floor(chance() * 3)] ?? pause;
    await this.#alone(`control ${act.name}`, (io) => act(io, BOOK, by));
  }

  async resume(book: Book): Promise<void> {
    await this.#alone('control resume', (io) => resume(io, book, { name: 'drill', reason: 'a drill goes on' }));
  }

  /** The emergency with everything sold down to a cent. */
  async emergency(epoch: string): Promise<readonly EmergencyStep[]> {
    const options = { by: { name: 'drill', reason: 'a drill' }, floor: 100 as Price, epoch };
    let steps: readonly EmergencyStep[] = [];
    await this.#alone('emergency', async (io) => {
      const more = { sync: (book: Book) => sync(this.#syncIo(0), book), alert: async () => {} };
      steps = await emergency({ ...io, ...more }, BOOK, options);
    });
    return steps;
  }

  #start(job: Job, at: number, slot: number): Promise<unknown> {
    const doomed = this.rough && this.#chance() < CRASHES;
    this.#running[slot] = newProcess(`${job} ${slot}`, doomed ? 1 + Math.floor(this.#chance() * REACH) : undefined);
    const tick = new Date(at).toISOString();
    if (job === 'sync') return sync(this.#syncIo(slot), BOOK);
    return job === 'scan' ? this.#scan(slot, tick) : this.#tradeAt(slot, tick);
  }

  async #alone(name: string, act: (io: ReturnType<Crew['controlIo']>) => Promise<unknown>): Promise<void> {
    this.#running[0] = newProcess(name, undefined);
    const [result] = await this.#turns.settle([act(this.controlIo(0))]);
    if (result) this.#judge(result);
  }

  controlIo(slot: number) {
    const { broker } = this.#connection(slot);
    return {
      ...this.#shared(slot),
      brokers: new Map([[BOOK, broker]]),
      shardOpen: () => true,
    };
  }

  #syncIo(slot: number) {
    const { account, broker, market } = this.#connection(slot);
    return { ...this.#shared(slot), account, broker, surroundings: () => surroundingsOf(market) };
  }

  #scan(slot: number, tick: string): Promise<ScanSummary> {
    const { store, market, clock } = this.#shared(slot);
    const view = strategyView(drillConfig, undefined);
    return scan({ market, clock, records: store.records, view, record: async () => {}, maxCandidates: 100 }, tick);
  }

  async #tradeAt(slot: number, tick: string): Promise<unknown> {
    const { market, broker } = this.#connection(slot);
    const shared = this.#shared(slot);
    const found = (await shared.store.records.get('scan-latest', 'scan')) as ScanSummary | undefined;
    const { shards } = await market.status();
    const io = {
      ...shared,
      mode: drillConfig.mode,
      view: strategyView(drillConfig, undefined),
      brokers: new Map([[BOOK, broker]]),
      shardOpen: (shard: number | undefined) => (shard === undefined ? undefined : shards.get(shard)?.tradingActive),
      withPast: (board: Board) => withPast(this.#stage, board),
      record: async () => {},
    };
    return trade(io, tick, found?.tickers ?? []);
  }

  #shared(slot: number) {
    const process = this.#process(slot);
    const store: Store = roughStore(this.#stage.store, {
      turns: this.#turns,
      process,
      listener: (name, args, answer) => {
        this.#trace?.(`${new Date(this.#stage.time.now()).toISOString()} ${process.name} ${name} ${brief(args)} -> ${brief(answer)}`);
        this.auditor.heard(name, args, answer);
      },
      fault: () => this.#storeFault(),
    });
    const clock = { now: () => this.#stage.time.now(), sleep: (ms: number) => this.#sleep(slot, ms) };
    return { store, clock, digest, ...this.#desk, market: this.#connection(slot).market };
  }

  #storeFault(): 'before' | 'after' | undefined {
    if (!this.rough || this.#chance() >= STORE_FAULTS) return undefined;
    const kind = this.#chance() < 0.5 ? 'before' : 'after';
    this.#count(`store-${kind}`);
    return kind;
  }

  #sleep(slot: number, ms: number): Promise<void> {
    return this.#turns.call(this.#process(slot), 'sleep', () => this.#stage.time.sleep(ms));
  }

  #process(slot: number): Process {
    return this.#running[slot] ?? newProcess('none', undefined);
  }

  #connection(slot: number): Connection {
    const connection = this.#connections[slot];
    if (!connection) throw new Error(`process ${slot} has no connection. Fix: open the crew first`);
    return connection;
  }

  #judge(result: PromiseSettledResult<unknown>): void {
    if (result.status === 'fulfilled' || isExpected(result.reason)) return;
    this.auditor.violations.push(`unexpected: ${result.reason instanceof Error ? result.reason.stack : String(result.reason)}`);
  }

  #crashed(crash: Crash): void {
    this.crashes += 1;
    this.stacks.push(crash.stack ?? '');
    this.#trace?.(`crash ${crash.message}`);
  }

  #count(name: string): void {
    this.faults.set(name, (this.faults.get(name) ?? 0) + 1);
  }

  /** Faults of the wire as they strike. */
  #countFaults(): void {
    const { faults } = this.#stage.exchange;
    const hits = faults.hits.bind(faults);
    faults.hits = (name) => {
      const struck = hits(name);
      if (struck) this.#count(name);
      return struck;
    };
  }
}

function hostOf(slot: number): string {
  return `127.0.0.${slot + 1}`;
}

function newProcess(name: string, crashAt: number | undefined): Process {
  return { name, crashAt, calls: 0, dead: false };
}

function brief(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 200);
}

/** Failures that rough worlds are full of; any other is a fault of ours. */
function isExpected(error: unknown): boolean {
  return error instanceof Crash || error instanceof StoreFailure || error instanceof ExchangeError;
}
