import { BlobFailure } from '../../shared/ports/blobs.ts';
import { ExchangeError } from '../../shared/ports/exchange-error.ts';
import { StoreFailure } from '../../shared/ports/store.ts';
import { functions } from '../../shared/system/map.ts';
import { stopIsTold } from './alert-auditor.ts';
import { Auditor } from './auditor.ts';
import { drillConfig } from './drill-config.ts';
import { Fates } from './fates.ts';
import { type DrilledFunction, type Ran, start } from './functions.ts';
import type { Hand } from './hand.ts';
import { Host, signerOf } from './host.ts';
import { BOOK, type Stage } from './stage.ts';
import { Crash, newProcess, type Process, Turns } from './turns.ts';
import { layLine } from './wire.ts';

/** A function to start on a host. */
export interface Start {
  readonly name: DrilledFunction;
  readonly event: object;
  readonly host: number;
}

export interface CrewOptions {
  readonly stage: Stage;
  readonly chance: () => number;
  readonly hand: Hand;
  /** Told every call in its order. */
  readonly trace: ((line: string) => void) | undefined;
}

const HOSTS = 2;
const FAULTS = { store: 0.002, blobs: 0.01, topic: 0.05 } as const;

/** The machines of a drill over one store and one exchange: functions run on them, fail on them, and die on them. */
export class Crew {
  readonly auditor: Auditor;
  readonly faults = new Map<string, number>();
  readonly stacks: string[] = [];
  crashes = 0;
  duplicates = 0;
  /** Whether anything fails and anybody dies. */
  rough = false;
  /** Whether anything keeps a job from running twice at once, or twice for a tick. */
  unguarded = false;
  readonly #options: CrewOptions;
  readonly #hosts: readonly Host[];
  readonly #turns: Turns;
  readonly #fates: Fates;

  constructor(options: CrewOptions) {
    const { stage, chance } = options;
    this.#options = options;
    this.#fates = new Fates(chance);
    this.#turns = new Turns({
      chance,
      now: () => stage.time.now(),
      called: ({ name }, where, time) => this.#fates.called(name, where, time),
      crashed: (...death) => this.#crashed(...death),
    });
    this.auditor = new Auditor(stage.store, stage.time, stage.exchange.venue.account);
    const config = drillConfig(stage.exchange.venue.world.series.map(({ ticker }) => ticker));
    const roughness = { fails: (what: keyof typeof FAULTS) => this.#fault(what), unguarded: () => this.unguarded };
    const signer = signerOf(stage);
    this.#hosts = Array.from({ length: HOSTS }, (_, index) => {
      const address = `127.0.0.${index + 1}`;
      const listener = (name: string, args: readonly unknown[], answer: unknown) => this.#heard(index, name, args, answer);
      const host = new Host({ stage, turns: this.#turns, config, roughness, listener, signer, address });
      layLine(address, {
        exchange: stage.exchange,
        turn: (where, act) => host.turn(where, act),
        doomed: () => host.running.doom !== undefined,
        sending: (id) => this.auditor.sending(id),
        asked: (method, path) => options.hand.asked(method, path),
        answered: (where, status) => this.#tell(host, `${where} -> ${status}`),
      });
      return host;
    });
    this.#countFaults();
  }

  /** One function, or two at once. */
  async run(...work: readonly Start[]): Promise<readonly Ran[]> {
    const { stage } = this.#options;
    this.auditor.alone = work.length === 1;
    if (work.length > 1) this.duplicates += 1;
    const outcomes = await this.#turns.settle(work.map((one) => this.#start(one)));
    for (const [index, { name, host }] of work.entries()) this.#ended(name, this.#host(host), outcomes[index]);
    if (outcomes.length === 1 && tellsOfStops(work[0]?.name, outcomes[0])) this.auditor.violations.push(...(await stopIsTold(stage)));
    return work.map(({ event }, index) => ({ event, outcome: outcomes[index] as Ran['outcome'] }));
  }

  #start({ name, event, host: index }: Start): ReturnType<typeof start> {
    const host = this.#host(index);
    const milliseconds = functions[name].timeoutSeconds * 1000;
    const until = this.#options.stage.time.now() + milliseconds;
    const work = workOf(name, event);
    host.running = newProcess({ name: work, host: index, until, doom: this.rough ? this.#fates.doomOf(name, work) : undefined });
    return start(name, host.warm(), event, milliseconds);
  }

  #ended(name: DrilledFunction, host: Host, outcome: PromiseSettledResult<unknown> | undefined): void {
    if (host.running.dead) host.cold();
    else this.#fates.ended(host.running.name, host.running.calls);
    if (outcome?.status !== 'rejected' || isExpected(outcome.reason, name)) return;
    const { reason } = outcome;
    this.auditor.violations.push(`unexpected: ${reason instanceof Error ? reason.stack : String(reason)}`);
  }

  #fault(what: keyof typeof FAULTS): 'before' | 'after' | undefined {
    const { chance } = this.#options;
    if (!this.rough || chance() >= FAULTS[what]) return undefined;
    const kind = chance() < 0.5 ? 'before' : 'after';
    this.#count(`${what}-${kind}`);
    return kind;
  }

  #heard(index: number, name: string, args: readonly unknown[], answer: unknown): void {
    const host = this.#host(index);
    if (this.#options.trace && args[0] !== 'api-key') this.#tell(host, `${name} ${brief(args)} -> ${brief(answer)}`);
    this.auditor.heard(name, args, answer);
  }

  #crashed(process: Process, where: string, crash: Crash): void {
    this.crashes += 1;
    this.stacks.push(crash.stack ?? '');
    this.#fates.died(process.name, where);
    this.#options.trace?.(`${this.#time()} ${process.name} ${process.host} died at ${where}`);
  }

  #tell({ running }: Host, what: string): void {
    this.#options.trace?.(`${this.#time()} ${running.name} ${running.host} ${what}`);
  }

  #time(): string {
    return new Date(this.#options.stage.time.now()).toISOString();
  }

  #count(name: string): void {
    this.faults.set(name, (this.faults.get(name) ?? 0) + 1);
  }

  #host(index: number): Host {
    const host = this.#hosts[index];
    if (!host) throw new Error(`host ${index} is none. Fix: use one of the ${HOSTS}`);
    return host;
  }

  /** Faults of the wire as they strike. */
  #countFaults(): void {
    const { faults } = this.#options.stage.exchange;
    const hits = faults.hits.bind(faults);
    faults.hits = (name) => {
      const struck = hits(name);
      if (struck) this.#count(name);
      return struck;
    };
  }
}

/** A check of alerts looks at what stands; a sync tells of the stop it made. */
function tellsOfStops(
  name: DrilledFunction | undefined,
  outcome: PromiseSettledResult<Readonly<Record<string, unknown>>> | undefined,
): boolean {
  if (outcome?.status !== 'fulfilled' || outcome.value.outcome !== 'ok') return false;
  const synced = outcome.value[BOOK] as { readonly breaker?: string } | undefined;
  return name === 'alert-check' || (name === 'sync' && synced?.breaker !== undefined);
}

/** What a function is started for: of control's actions each is work of its own. */
function workOf(name: DrilledFunction, event: object): string {
  return 'action' in event ? `${name} ${String(event.action)}` : name;
}

function brief(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 200);
}

/** Failures that rough worlds are full of, and refusals that a person is told with their fix; any other is a fault of ours. */
function isExpected(error: unknown, name: DrilledFunction): boolean {
  if (error instanceof Crash || error instanceof StoreFailure || error instanceof ExchangeError || error instanceof BlobFailure)
    return true;
  return name === 'control' && error instanceof Error && error.message.includes('Fix: ');
}
