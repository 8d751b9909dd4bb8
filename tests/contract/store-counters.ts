import { describe, expect, it } from 'vitest';
import type { MakeStore } from './store.ts';
import { reserved, said, total, usd } from './store-examples.ts';

const scope = { ticker: 'KXA-1', event: 'KXA', category: 'Climate', shard: 2 };

export function counterContract(make: MakeStore): void {
  describe('counters', () => {
    it('fall as positions shrink, but never below what live orders hold', async () => {
      const store = await make();
      await reserved(store, 'id');
      await store.orders.settle('id', said('resting', 100));
      await store.orders.release('paper', scope, usd(200_000));
      expect(await total(store)).toBe(1_300_000);
      await store.orders.release('paper', scope, usd(9_000_000));
      expect(Object.fromEntries((await store.orders.counters('paper')).held)).toEqual({
        total: 1_000_000,
        'market:KXA-1': 1_000_000,
        'event:KXA': 1_000_000,
        'category:Climate': 1_000_000,
        'shard:2': 1_000_000,
      });
      await store.orders.settle('id', said('filled', 300));
      await store.orders.release('paper', scope, usd(9_000_000));
      expect((await store.orders.counters('paper')).held.size).toBe(0);
    });

    it('fall by each of many releases at once', async () => {
      const store = await make();
      await reserved(store, 'id');
      await store.orders.settle('id', said('filled', 300));
      await Promise.all(Array.from({ length: 6 }, () => store.orders.release('paper', scope, usd(100_000))));
      expect(await total(store)).toBe(900_000);
    });

    it('are recounted only over the reading that was counted on', async () => {
      const store = await make();
      const before = await store.orders.counters('paper');
      await reserved(store, 'id');
      expect(await store.orders.recount('paper', new Map([['total', usd(5)]]), before.version)).toBe(false);
      const seen = await store.orders.counters('paper');
      const counted = new Map([
        ['total', usd(700_000)],
        ['market:KXB', usd(0)],
      ]);
      const answers = await Promise.all([1, 2].map(() => store.orders.recount('paper', counted, seen.version)));
      expect(answers.filter(Boolean)).toHaveLength(1);
      expect(Object.fromEntries((await store.orders.counters('paper')).held)).toEqual({ total: 700_000 });
      expect((await store.orders.counters('demo')).held.size).toBe(0);
    });

    it('do not fall below nothing when sync has counted less than an order held', async () => {
      const store = await make();
      await reserved(store, 'id');
      await store.orders.recount('paper', new Map([['total', usd(300_000)]]), (await store.orders.counters('paper')).version);
      expect(await store.orders.settle('id', said('cancelled', 0))).toBe(true);
      expect((await store.orders.counters('paper')).held.size).toBe(0);
    });

    it('tell by their version of every reservation, end and release', async () => {
      const store = await make();
      const versions = [(await store.orders.counters('paper')).version];
      const look = async () => versions.push((await store.orders.counters('paper')).version);
      await reserved(store, 'id');
      await look();
      await store.orders.settle('id', said('cancelled', 100));
      await look();
      await store.orders.release('paper', scope, usd(100));
      await look();
      expect(new Set(versions).size).toBe(4);
    });
  });
}
