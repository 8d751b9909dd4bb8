import { setImmediate } from 'node:timers/promises';
import type { Millis } from '../../shared/domain/money.ts';
import type { Doom } from './fates.ts';

/** The end of a process in the middle of its work: nothing of it runs any further. */
export class Crash extends Error {
  constructor(where: string) {
    super(`crashed at ${where}`);
    this.name = 'Crash';
  }
}

/** One run of a function as one process: it can die at any of its calls to the outside. */
export interface Process {
  /** The function's, and what of it is asked where it does several things. */
  readonly name: string;
  readonly host: number;
  /** Where it dies; undefined is nowhere. */
  readonly doom: Doom | undefined;
  /** When its host ends it, whatever it is doing. */
  readonly until: Millis;
  calls: number;
  /** How often each call was made. */
  readonly times: Map<string, number>;
  dead: boolean;
}

/** A process that begins. */
export function newProcess(made: Pick<Process, 'name' | 'host' | 'doom' | 'until'>): Process {
  return { ...made, calls: 0, times: new Map(), dead: false };
}

interface Call {
  readonly process: Process;
  readonly where: string;
  /** Made where the call is made, so that its stack names the awaits that wait for it. */
  readonly crash: Crash | undefined;
  readonly act: () => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export interface TurnsOptions {
  /** Uniform in 0..1, from the seed. */
  readonly chance: () => number;
  readonly now: () => Millis;
  /** Told of each call that is made. */
  readonly called: (process: Process, where: string, time: number) => void;
  /** Told of each process that dies. */
  readonly crashed: (process: Process, where: string, crash: Crash) => void;
}

const AWAITS = 60;

/**
 * Lets processes run side by side, one outside call at a time, in an order that follows from a seed alone: the same
 * seed has the same interleaving, whatever the machine does.
 */
export class Turns {
  readonly #options: TurnsOptions;
  readonly #waiting: Call[] = [];

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /** An outside call of a process. It dies before the call or after it, when that is the one it dies at. */
  call<T>(process: Process, where: string, act: () => Promise<T>): Promise<T> {
    if (process.dead) return Promise.reject(new Crash(where));
    const time = (process.times.get(where) ?? 0) + 1;
    process.times.set(where, time);
    process.calls += 1;
    this.#options.called(process, where, time);
    const late = this.#options.now() >= process.until;
    const crash = late || isDoom(process, where, time) ? crashHere(where) : undefined;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ process, where, crash, act, resolve: resolve as (value: unknown) => void, reject });
    });
  }

  /** Gives turns until all of the work has ended, and every call of a dead process has been refused. */
  async settle<T>(work: readonly Promise<T>[]): Promise<readonly PromiseSettledResult<T>[]> {
    let results: readonly PromiseSettledResult<T>[] | undefined;
    const ended = Promise.allSettled(work).then((settled) => {
      results = settled;
    });
    for (;;) {
      await setImmediate();
      const { length } = this.#waiting;
      const next = this.#waiting.splice(length > 1 ? Math.floor(this.#options.chance() * length) : 0, 1)[0];
      if (next) await this.#turn(next);
      else if (results) break;
    }
    await ended;
    return results;
  }

  async #turn({ process, where, crash, act, resolve, reject }: Call): Promise<void> {
    if (process.dead) return reject(new Crash(where));
    const early = crash !== undefined && this.#options.chance() < 0.5;
    try {
      const value = early ? undefined : await act();
      if (!crash) return resolve(value);
    } catch (error) {
      if (!crash) return reject(error);
    }
    process.dead = true;
    this.#options.crashed(process, where, crash);
    reject(crash);
  }
}

function isDoom({ doom, calls }: Process, where: string, time: number): boolean {
  if (doom === undefined) return false;
  return 'call' in doom ? doom.call === calls : doom.where === where && doom.time === time;
}

function crashHere(where: string): Crash {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = AWAITS;
  const crash = new Crash(where);
  Error.stackTraceLimit = before;
  return crash;
}
