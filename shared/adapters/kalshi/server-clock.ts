import type { Millis } from '../../domain/money.ts';

/**
 * How far the exchange's clock is from ours, from the `Date` of its answers. Each answer bounds it: the second named
 * began no later than we received the answer and ended no earlier than we asked.
 */
export class ServerClock {
  #low = Number.NEGATIVE_INFINITY;
  #high = Number.POSITIVE_INFINITY;

  observe(date: string | null, askedAt: Millis, answeredAt: Millis): void {
    const named = date === null ? Number.NaN : Date.parse(date);
    if (Number.isNaN(named)) return;
    const low = named - answeredAt;
    const high = named + 1000 - askedAt;
    const agrees = low <= this.#high && high >= this.#low;
    // An answer that contradicts the earlier ones means that a clock was set: believe the newest.
    this.#low = agrees ? Math.max(low, this.#low) : low;
    this.#high = agrees ? Math.min(high, this.#high) : high;
  }

  /** The exchange's clock less ours in ms: 0 while the answers allow it, else the middle of what they allow. */
  skew(): number | undefined {
    if (!Number.isFinite(this.#low)) return undefined;
    return this.#low <= 0 && this.#high >= 0 ? 0 : Math.round((this.#low + this.#high) / 2);
  }
}
