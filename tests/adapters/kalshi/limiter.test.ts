import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BucketSize, Limiter } from '../../../shared/adapters/kalshi/limiter.ts';
import { VirtualClock } from './virtual-clock.ts';

/** The exchange's bucket, which refuses. */
class ServerBucket {
  level: number;
  #at: number;
  readonly #size: BucketSize;
  constructor(size: BucketSize, at: number) {
    this.#size = size;
    this.level = size.capacity;
    this.#at = at;
  }
  take(cost: number, at: number): boolean {
    this.level = Math.min(this.#size.capacity, this.level + ((at - this.#at) / 1000) * this.#size.refill);
    this.#at = at;
    this.level -= cost;
    return this.level > -1e-6;
  }
}

const size = (refill: number, capacity: number) => ({ read: { refill, capacity }, write: { refill, capacity } });

describe('the limiter', () => {
  it('lets a full bucket go at once and then keeps to the refill', async () => {
    const clock = new VirtualClock(0);
    const limiter = new Limiter(clock, size(200, 200));
    for (let request = 0; request < 60; request++) (await limiter.acquire('read', 10))();
    expect(clock.now()).toBeGreaterThanOrEqual(2000);
    expect(clock.now()).toBeLessThan(2100);
  });

  it('never lets the exchange see more than its bucket holds, however late requests arrive there', async () => {
    const request = fc.record({
      cost: fc.integer({ min: 1, max: 20 }),
      gap: fc.integer({ min: 0, max: 30 }),
      travel: fc.integer({ min: 0, max: 400 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 20, maxLength: 60 }), async (requests) => {
        const clock = new VirtualClock(0);
        const limiter = new Limiter(clock, size(200, 60));
        const arrivals: { at: number; cost: number }[] = [];
        const underway: { at: number; settle: () => void }[] = [];
        const settleUntil = (at: number) => {
          for (const done of underway.filter((item) => item.at <= at)) done.settle();
          underway.splice(0, underway.length, ...underway.filter((item) => item.at > at));
        };
        for (const { cost, gap, travel } of requests) {
          clock.advance(gap);
          settleUntil(clock.now());
          const ticking = setInterval(() => settleUntil(clock.now()), 0);
          const settle = await limiter.acquire('read', cost);
          clearInterval(ticking);
          arrivals.push({ at: clock.now() + travel / 2, cost });
          underway.push({ at: clock.now() + travel, settle });
        }
        const bucket = new ServerBucket({ refill: 200, capacity: 60 }, 0);
        for (const { at, cost } of arrivals.toSorted((a, b) => a.at - b.at)) expect(bucket.take(cost, at)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps reads, writes and the writes of each shard apart', async () => {
    const clock = new VirtualClock(0);
    const limiter = new Limiter(clock, size(100, 10));
    for (const bucket of ['read', 'write', 'write:1', 'write:2'] as const) await limiter.acquire(bucket, 10);
    expect(clock.now()).toBe(0);
  });

  it('serves first come, first', async () => {
    const limiter = new Limiter(new VirtualClock(0), size(100, 10));
    const order: number[] = [];
    await Promise.all(
      [10, 5, 1, 10].map(async (cost, place) => {
        const settle = await limiter.acquire('read', cost);
        order.push(place);
        settle();
      }),
    );
    expect(order).toEqual([0, 1, 2, 3]);
  });

  it('takes the bucket for empty once the exchange has refused', async () => {
    const clock = new VirtualClock(0);
    const limiter = new Limiter(clock, size(100, 100));
    limiter.drain('read');
    await limiter.acquire('read', 10);
    expect(clock.now()).toBeGreaterThanOrEqual(100);
  });

  it('refuses at once what can never pass', async () => {
    const limiter = new Limiter(new VirtualClock(0), size(100, 100));
    await expect(limiter.acquire('write', 101)).rejects.toMatchObject({ outcome: 'not-sent', code: 'too_large_for_bucket' });
  });

  it('grows with the limits of the account', async () => {
    const clock = new VirtualClock(0);
    const limiter = new Limiter(clock, size(100, 10));
    (await limiter.acquire('read', 10))();
    limiter.resize(size(10_000, 600));
    (await limiter.acquire('read', 100))();
    expect(clock.now()).toBeLessThanOrEqual(11);
  });
});
