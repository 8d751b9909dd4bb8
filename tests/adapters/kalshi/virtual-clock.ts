import type { Clock } from '../../../shared/ports/clock.ts';

/** A clock that jumps to the next sleeper's time once nothing else is left to do. */
export class VirtualClock implements Clock {
  #now: number;
  readonly slept: number[] = [];

  constructor(start = 1_790_000_000_000) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }

  async sleep(ms: number): Promise<void> {
    this.slept.push(ms);
    const wakeAt = this.#now + ms;
    await new Promise((resolve) => setImmediate(resolve));
    this.#now = Math.max(this.#now, wakeAt);
  }
}
