import type { Clock } from '../../ports/clock.ts';
import { ExchangeError } from '../../ports/exchange-error.ts';

/** A token bucket as the exchange describes it. */
export interface BucketSize {
  /** Tokens a second. */
  readonly refill: number;
  readonly capacity: number;
}

export interface Limits {
  readonly read: BucketSize;
  readonly write: BucketSize;
}

/**
 * The Basic tier, with one second's budget as capacity: for a client without a key, whose limits are not documented, and
 * until an account's own are known.
 */
export const basicLimits: Limits = { read: { refill: 200, capacity: 200 }, write: { refill: 100, capacity: 100 } };

/** Reads share one bucket; so do writes, but an explicit shard from 1 up has its own of the same size. */
export type BucketName = 'read' | 'write' | `write:${number}`;

/**
 * Waits on our side so that the exchange never has to refuse. Tokens count as spent while a request is under way and
 * begin to come back only after its answer, so whenever the exchange sees the request, it sees no fewer tokens than we do.
 */
export class Limiter {
  readonly #clock: Clock;
  readonly #buckets = new Map<BucketName, Bucket>();
  #limits: Limits;

  constructor(clock: Clock, limits: Limits = basicLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  get limits(): Limits {
    return this.#limits;
  }

  resize(limits: Limits): void {
    this.#limits = limits;
    for (const [name, bucket] of this.#buckets) bucket.size = sizeOf(limits, name);
  }

  /** Waits for its turn; call what it returns when the answer is here or will not come. */
  async acquire(name: BucketName, cost: number): Promise<() => void> {
    const bucket = this.#bucket(name);
    await bucket.take(cost);
    return () => bucket.settle(cost);
  }

  /** The exchange refused: others of the account use the same bucket, so take it for empty. */
  drain(name: BucketName): void {
    this.#bucket(name).drain();
  }

  #bucket(name: BucketName): Bucket {
    let bucket = this.#buckets.get(name);
    if (!bucket) {
      bucket = new Bucket(this.#clock, sizeOf(this.#limits, name));
      this.#buckets.set(name, bucket);
    }
    return bucket;
  }
}

function sizeOf(limits: Limits, name: BucketName): BucketSize {
  return name === 'read' ? limits.read : limits.write;
}

class Bucket {
  size: BucketSize;
  readonly #clock: Clock;
  #level: number;
  #updatedAt: number;
  /** Tokens of requests under way. */
  #underway = 0;
  #lastTurn: Promise<void> = Promise.resolve();

  constructor(clock: Clock, size: BucketSize) {
    this.#clock = clock;
    this.size = size;
    this.#level = size.capacity;
    this.#updatedAt = clock.now();
  }

  /** First come, first served. */
  take(cost: number): Promise<void> {
    if (cost > this.size.capacity) throw tooDear(cost, this.size.capacity);
    const turn = this.#lastTurn.then(() => this.#wait(cost));
    this.#lastTurn = turn;
    return turn;
  }

  settle(cost: number): void {
    this.#refill();
    this.#underway -= cost;
    this.#level -= cost;
  }

  drain(): void {
    this.#refill();
    this.#level = Math.min(this.#level, this.#underway);
  }

  async #wait(cost: number): Promise<void> {
    for (;;) {
      this.#refill();
      const missing = cost + this.#underway - this.#level;
      if (missing <= 0) break;
      await this.#clock.sleep(Math.max(1, Math.ceil((missing / this.size.refill) * 1000)));
    }
    this.#underway += cost;
  }

  #refill(): void {
    const now = this.#clock.now();
    const elapsed = Math.max(0, now - this.#updatedAt);
    this.#updatedAt = now;
    this.#level = Math.min(this.size.capacity, this.#level + (elapsed / 1000) * this.size.refill);
  }
}

function tooDear(cost: number, capacity: number): ExchangeError {
  return new ExchangeError(`a request of ${cost} tokens can never pass a bucket of ${capacity}. Fix: send fewer orders in one batch`, {
    outcome: 'not-sent',
    code: 'too_large_for_bucket',
    fix: 'send fewer orders in one batch',
  });
}
