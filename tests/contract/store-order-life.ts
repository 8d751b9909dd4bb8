import { describe, expect, it } from 'vitest';
import type { MakeStore } from './store.ts';
import { aLease, anIntent, reserved, said, total } from './store-examples.ts';

export function orderLifeContract(make: MakeStore): void {
  describe('an order’s life', () => {
    it('is marked sent once', async () => {
      const store = await make();
      await reserved(store, 'id');
      const marks = await Promise.all([
        store.orders.markSent('id', 2100),
        store.orders.markSent('id', 2100),
        store.orders.markSent('no', 1),
      ]);
      expect(marks.filter(Boolean)).toHaveLength(1);
      expect(await store.orders.get('id')).toMatchObject({ state: 'sent', sentAt: 2100, updatedAt: 2100, held: 1_500_000 });
    });

    it('is given up or sent, never both', async () => {
      for (const [first, second] of [
        ['markSent', 'abandon'],
        ['abandon', 'markSent'],
      ] as const) {
        const store = await make();
        await reserved(store, 'id');
        const act = { markSent: () => store.orders.markSent('id', 2100), abandon: () => store.orders.abandon('id', 'late', 2100) };
        const [a, b] = await Promise.all([act[first](), act[second]()]);
        expect([a, b].filter(Boolean)).toHaveLength(1);
        const gone = (await store.orders.get('id'))?.state === 'abandoned';
        expect(await total(store)).toBe(gone ? 0 : 1_500_000);
        expect(await store.orders.live('paper')).toHaveLength(gone ? 0 : 1);
      }
    });

    it('frees everything when it is given up', async () => {
      const store = await make();
      await reserved(store, 'id');
      expect(await store.orders.abandon('id', 'its tick had passed', 2100)).toBe(true);
      expect(await store.orders.abandon('id', 'again', 2200)).toBe(false);
      expect(await store.orders.get('id')).toMatchObject({ state: 'abandoned', detail: 'its tick had passed', held: 0, updatedAt: 2100 });
      expect((await store.orders.counters('paper')).held.size).toBe(0);
      expect((await reserved(store, 'next')).ok).toBe(true);
    });

    it('keeps everything counted while it rests, and holds what can yet fill', async () => {
      const store = await make();
      await reserved(store, 'id');
      await store.orders.markSent('id', 2100);
      expect(await store.orders.settle('id', said('resting', 100))).toBe(true);
      expect(await store.orders.get('id')).toMatchObject({
        state: 'resting',
        orderId: 'o-1',
        filled: 100,
        held: 1_000_000,
        updatedAt: 3000,
        sentAt: 2100,
      });
      expect(await total(store)).toBe(1_500_000);
      expect(await store.orders.live('paper')).toHaveLength(1);
    });

    it.each([
      ['cancelled after a third', said('cancelled', 100), { state: 'cancelled', filled: 100 }, 500_000],
      ['cancelled untouched', said('cancelled', 0), { state: 'cancelled', filled: 0 }, 0],
      ['filled', said('filled', 300), { state: 'filled', filled: 300 }, 1_500_000],
      [
        'rejected',
        { state: 'rejected', code: 'insufficient_balance', detail: 'no cash.', fix: 'Add some.', at: 3000 } as const,
        { state: 'rejected', filled: 0, detail: 'insufficient_balance: no cash. Fix: Add some.' },
        0,
      ],
    ] as const)('frees what is unfilled when it is %s, and the market with it', async (_, receipt, record, left) => {
      const store = await make();
      await reserved(store, 'id');
      await store.orders.markSent('id', 2100);
      expect(await store.orders.settle('id', receipt)).toBe(true);
      expect(await store.orders.get('id')).toMatchObject({ ...record, held: 0 });
      expect(await total(store)).toBe(left);
      expect(await store.orders.live('paper')).toEqual([]);
      expect((await reserved(store, 'next')).ok).toBe(true);
    });

    it('holds everything while nobody knows', async () => {
      const store = await make();
      await reserved(store, 'id');
      await store.orders.markSent('id', 2100);
      expect(await store.orders.settle('id', { state: 'unknown', detail: 'timed out', at: 2500 })).toBe(true);
      expect(await store.orders.get('id')).toMatchObject({ state: 'unknown', detail: 'timed out', held: 1_500_000 });
      expect(await total(store)).toBe(1_500_000);
      expect(await reserved(store, 'next')).toMatchObject({ why: 'market-busy' });
    });

    it('does not change once it has ended, nor frees twice', async () => {
      const store = await make();
      await reserved(store, 'id');
      await reserved(store, 'other', { ticker: 'KXA-2' });
      const ends = await Promise.all([1, 2, 3, 4].map((n) => store.orders.settle('id', said('cancelled', 100, 3000 + n))));
      expect(ends.filter(Boolean)).toHaveLength(1);
      const ended = await store.orders.get('id');
      expect(await store.orders.settle('id', said('filled', 300))).toBe(false);
      expect(await store.orders.settle('nobody', said('filled', 300))).toBe(false);
      expect(await store.orders.markSent('id', 4000)).toBe(false);
      expect(await store.orders.get('id')).toEqual(ended);
      expect(await total(store)).toBe(2_000_000);
    });

    it('never un-fills: a late reading does not lower what is filled', async () => {
      const store = await make();
      await reserved(store, 'id');
      await store.orders.settle('id', said('resting', 200));
      await store.orders.settle('id', said('resting', 100));
      expect(await store.orders.get('id')).toMatchObject({ filled: 200, held: 500_000 });
      await store.orders.settle('id', said('cancelled', 0));
      expect(await total(store)).toBe(1_000_000);
    });

    it('loses no hold when many orders end at once', async () => {
      const store = await make();
      const lease = await aLease(store);
      const ids = Array.from({ length: 6 }, (_, n) => `KXA-${n}`);
      for (const id of ids) await store.orders.reserve(id, anIntent({ ticker: id }), lease, [], 2000);
      await Promise.all(ids.map((id, n) => store.orders.settle(id, said('cancelled', n * 50))));
      expect(await total(store)).toBe(250_000 * (0 + 1 + 2 + 3 + 4 + 5));
    });

    it('leaves counters alone when an exit ends', async () => {
      const store = await make();
      await reserved(store, 'exit', { purpose: 'exit' });
      await reserved(store, 'entry', { ticker: 'KXA-2' });
      const before = await store.orders.counters('paper');
      await store.orders.settle('exit', said('cancelled', 100));
      expect(await store.orders.counters('paper')).toEqual(before);
      expect(await store.orders.live('paper')).toMatchObject([{ id: 'entry' }]);
    });

    it('counts looks that did not find it, each instant once, until it is found', async () => {
      const store = await make();
      await reserved(store, 'id');
      await store.orders.settle('id', { state: 'unknown', detail: 'timed out', at: 2500 });
      for (const at of [3000, 3000, 4000]) await store.orders.miss('id', at);
      await store.orders.miss('nobody', 4000);
      expect(await store.orders.get('id')).toMatchObject({
        state: 'unknown',
        misses: 2,
        firstMissAt: 3000,
        lastMissAt: 4000,
        updatedAt: 2500,
      });
      await store.orders.settle('id', said('resting', 0));
      const found = await store.orders.get('id');
      expect(found).not.toHaveProperty('misses');
      expect(found).not.toHaveProperty('firstMissAt');
      await store.orders.settle('id', said('filled', 300));
      await store.orders.miss('id', 9000);
      expect(await store.orders.get('id')).not.toHaveProperty('misses');
    });

    it('is listed newest first, up to a limit, by book', async () => {
      const store = await make();
      const lease = await aLease(store);
      for (const [id, decidedAt] of [
        ['b', 20],
        ['a', 10],
        ['d', 30],
        ['c', 30],
      ] as const) {
        await store.orders.reserve(id, anIntent({ ticker: id, decidedAt }), lease, [], 2000);
      }
      await store.orders.reserve('z', anIntent({ book: 'demo', decidedAt: 99 }), lease, [], 2000);
      await store.orders.settle('d', said('filled', 300));
      expect((await store.orders.recent('paper', 3)).map(({ id }) => id)).toEqual(['d', 'c', 'b']);
      expect((await store.orders.recent('paper', 3, 30)).map(({ id }) => id)).toEqual(['d', 'c']);
      expect(await store.orders.recent('paper', 3, 31)).toEqual([]);
      expect((await store.orders.live('paper')).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
      expect(await store.orders.get('nobody')).toBeUndefined();
    });
  });
}
