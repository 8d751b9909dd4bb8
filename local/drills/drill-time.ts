import type { Millis } from '../../shared/domain/money.ts';
import type { Clock } from '../../shared/ports/clock.ts';

/** Time that moves when told to, or when somebody sleeps; never back. */
export class DrillTime implements Clock {
  #now: Millis;

  constructor(start: Millis) {
    this.#now = start;
  }

  now(): Millis {
    return this.#now;
  }

  async sleep(ms: number): Promise<void> {
    this.#now += Math.max(0, Math.ceil(ms));
  }

  /** Moves on to a moment; one that has passed already stays passed. */
  moveTo(at: Millis): void {
    this.#now = Math.max(this.#now, at);
  }
}
