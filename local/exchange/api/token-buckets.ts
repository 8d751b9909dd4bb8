import type { Millis } from '../../../shared/domain/money.ts';
import { Refusal } from '../matching/refusal.ts';
import type { BucketSize } from '../venue.ts';

interface Bucket {
  tokens: number;
  at: Millis;
}

/** Tokens per account and kind, refilled all the time. Writes on shards other than 0 have a bucket each, of full size. */
export class TokenBuckets {
  readonly #sizes: { readonly read: BucketSize; readonly write: BucketSize };
  readonly #buckets = new Map<string, Bucket>();

  constructor(sizes: { readonly read: BucketSize; readonly write: BucketSize }) {
    this.#sizes = sizes;
  }

  read(owner: string, cost: number, at: Millis): void {
    this.#take([`${owner}:read`], this.#sizes.read, cost, at);
  }

  /** Takes from every named shard's bucket, or from none of them. */
  write(owner: string, shards: readonly number[], cost: number, at: Millis): void {
    const names = shards.map((shard) => `${owner}:write:${shard}`);
    this.#take(names, this.#sizes.write, cost, at);
  }

  #take(names: readonly string[], size: BucketSize, cost: number, at: Millis): void {
    const buckets = names.map((name) => this.#filled(name, size, at));
    if (buckets.some(({ tokens }) => tokens < cost)) throw tooMany();
    for (const bucket of buckets) bucket.tokens -= cost;
  }

  #filled(name: string, { refill, capacity }: BucketSize, at: Millis): Bucket {
    const bucket = this.#buckets.get(name) ?? { tokens: capacity, at };
    this.#buckets.set(name, bucket);
    bucket.tokens = Math.min(capacity, bucket.tokens + (Math.max(0, at - bucket.at) * refill) / 1000);
    bucket.at = Math.max(bucket.at, at);
    return bucket;
  }
}

/** No Retry-After, no hint. */
export function tooMany(): Refusal {
  return new Refusal(429, 'too_many_requests', 'too many requests', undefined, 'text');
}
