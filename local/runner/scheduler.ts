import type { Clock } from '../../shared/ports/clock.ts';
import type { Schedule } from '../../shared/system/map/schedule.ts';
import { type FunctionName, functions } from '../../shared/system/map.ts';
import { firstTick, nextTick } from './ticks.ts';

/** Starts a function for a tick and says when it has ended, well or badly. */
export type Fire = (name: FunctionName, event: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** Walks the timetable on a clock until it is stopped. A function is not started again while it still runs. */
export class Scheduler {
  readonly #clock: Clock;
  readonly #fire: Fire;
  readonly #timetable: ReadonlyMap<FunctionName, Schedule>;
  readonly #running = new Map<FunctionName, Promise<void>>();
  #stopped = false;

  constructor(timetable: ReadonlyMap<FunctionName, Schedule>, clock: Clock, fire: Fire) {
    this.#timetable = timetable;
    this.#clock = clock;
    this.#fire = fire;
  }

  /** Fires what is due until `stop`. */
  async run(): Promise<void> {
    const due = new Map([...this.#timetable].map(([name, schedule]) => [name, firstTick(schedule, this.#clock.now())]));
    while (!this.#stopped) {
      const soonest = Math.min(...due.values());
      await this.#clock.sleep(Math.max(1, Math.min(soonest - this.#clock.now(), 60_000)));
      const now = this.#clock.now();
      for (const [name, schedule] of this.#timetable) {
        const tick = due.get(name) ?? now;
        if (tick > now || this.#stopped) continue;
        due.set(name, nextTick(schedule, now));
        if (!this.#running.has(name)) this.#start(name, tick);
      }
    }
  }

  /** Fires nothing more and waits for what runs. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.allSettled(this.#running.values());
  }

  /** Starts a function and, when it has ended, what comes after it for the same tick. */
  #start(name: FunctionName, tick: number): void {
    const event = { tick: new Date(tick).toISOString() };
    const ended = this.#chain(name, event).finally(() => this.#running.delete(name));
    this.#running.set(name, ended);
  }

  async #chain(name: FunctionName, event: Readonly<Record<string, unknown>>): Promise<void> {
    const responsePayload = await this.#fire(name, event).catch(() => null);
    const record = { requestPayload: event, responsePayload };
    for (const next of Object.keys(functions) as FunctionName[]) {
      const { trigger } = functions[next];
      if ('after' in trigger && trigger.after === name && !this.#stopped) await this.#chain(next, record);
    }
  }
}
