import { describe, expect, it } from 'vitest';
import type { MakeStore } from './store.ts';
import { aLease, anIntent, contracts, reserved, usd } from './store-examples.ts';

export function reserveContract(make: MakeStore): void {
  describe('reserving', () => {
    it('writes the order and raises each of its counters by its risk', async () => {
      const store = await make();
      const lease = await aLease(store);
      const intent = anIntent();
      const answer = await store.orders.reserve('id', intent, lease, [{ counter: 'total', limit: usd(9_000_000) }], 2000);
      const record = { id: 'id', intent, state: 'reserved', updatedAt: 2000, filled: 0, held: 1_500_000, token: lease.token };
      expect(answer).toEqual({ ok: true, record });
      expect(await store.orders.get('id')).toEqual(record);
      expect(await store.orders.live('paper')).toEqual([record]);
      const { held } = await store.orders.counters('paper');
      expect(Object.fromEntries(held)).toEqual({
        total: 1_500_000,
        'market:KXA-1': 1_500_000,
        'event:KXA': 1_500_000,
        'category:Climate': 1_500_000,
        'shard:2': 1_500_000,
      });
    });

    it('makes one decision once, and says what became of it', async () => {
      const store = await make();
      await reserved(store, 'id');
      await store.orders.markSent('id', 2100);
      await store.orders.settle('id', { state: 'filled', orderId: 'o', filled: contracts(300), at: 2200 });
      const again = await reserved(store, 'id');
      expect(again).toEqual({ ok: false, why: 'exists', record: await store.orders.get('id') });
      expect((await store.orders.counters('paper')).held.get('total')).toBe(1_500_000);
    });

    it('lets exactly one of many workers make the same decision', async () => {
      const store = await make();
      const lease = await aLease(store);
      const answers = await Promise.all(Array.from({ length: 8 }, () => store.orders.reserve('id', anIntent(), lease, [], 2000)));
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      expect(answers.filter((answer) => !answer.ok && answer.why === 'exists')).toHaveLength(7);
      expect((await store.orders.counters('paper')).held.get('total')).toBe(1_500_000);
    });

    it('allows one live order to a market and book, whoever asks', async () => {
      const store = await make();
      const lease = await aLease(store);
      const ids = ['a', 'b', 'c', 'd', 'e'];
      const answers = await Promise.all(ids.map((id) => store.orders.reserve(id, anIntent(), lease, [], 2000)));
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      expect(answers.filter((answer) => !answer.ok && answer.why === 'market-busy')).toHaveLength(4);
      expect((await store.orders.reserve('f', anIntent({ book: 'demo' }), lease, [], 2000)).ok).toBe(true);
      expect((await store.orders.reserve('g', anIntent({ ticker: 'KXA-2' }), lease, [], 2000)).ok).toBe(true);
    });

    it('never brings a counter above its limit, however many ask at once', async () => {
      const store = await make();
      const lease = await aLease(store);
      const limits = [{ counter: 'event:KXA', limit: usd(4_700_000) }];
      const ask = (n: number) => store.orders.reserve(`id-${n}`, anIntent({ ticker: `KXA-${n}` }), lease, limits, 2000);
      const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => ask(n)));
      expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
      expect(answers.filter((answer) => !answer.ok && answer.why === 'over-limit')).toHaveLength(5);
      expect((await store.orders.counters('paper')).held.get('event:KXA')).toBe(4_500_000);
    });

    it('reaches a limit exactly and refuses a micro-dollar more, saying how far it is', async () => {
      const store = await make();
      const lease = await aLease(store);
      const ask = (id: string, limit: number) =>
        store.orders.reserve(id, anIntent({ ticker: id }), lease, [{ counter: 'total', limit: usd(limit) }], 2000);
      expect(await ask('a', 1_499_999)).toMatchObject({ why: 'over-limit', detail: expect.stringContaining('total holds 0.000000') });
      expect((await ask('b', 1_500_000)).ok).toBe(true);
      expect(await ask('c', 2_999_999)).toEqual({
        ok: false,
        why: 'over-limit',
        detail: 'total holds 1.500000 of 2.999999 and the order needs 1.500000',
      });
      expect((await ask('d', 3_000_000)).ok).toBe(true);
      expect((await ask('e', Number.POSITIVE_INFINITY)).ok).toBe(true);
    });

    it('checks every limit, and names the first that breaks', async () => {
      const store = await make();
      const limits = [
        { counter: 'total', limit: usd(9_000_000) },
        { counter: 'category:Climate', limit: usd(1_000_000) },
        { counter: 'shard:2', limit: usd(1) },
      ];
      const answer = await store.orders.reserve('id', anIntent(), await aLease(store), limits, 2000);
      expect(answer).toMatchObject({ why: 'over-limit', detail: expect.stringContaining('category:Climate') });
      expect(await store.orders.get('id')).toBeUndefined();
      expect((await store.orders.counters('paper')).held.size).toBe(0);
      expect(await store.orders.live('paper')).toEqual([]);
    });

    it('refuses a lease that is older, another owner’s, run out or given back', async () => {
      const store = await make();
      const first = await aLease(store, 'first');
      const ask = (lease: typeof first, at: number) => store.orders.reserve('id', anIntent(), lease, [], at);
      expect(await ask({ ...first, owner: 'second' }, 2000)).toMatchObject({ why: 'lease' });
      expect(await ask({ ...first, name: 'sync' }, 2000)).toMatchObject({ why: 'lease' });
      expect(await ask(first, 100_000)).toMatchObject({ why: 'lease' });
      const second = await store.leases.acquire('trade', 'second', 100_000, 200_000);
      expect(second?.token).toBeGreaterThan(first.token);
      expect(await ask({ ...first, until: 200_000 }, 100_001)).toMatchObject({ why: 'lease', detail: expect.stringContaining('trade') });
      if (second) {
        expect((await ask(second, 100_001)).ok).toBe(true);
        await store.leases.release(second);
        expect(await store.orders.reserve('other', anIntent({ ticker: 'KXB' }), second, [], 100_002)).toMatchObject({ why: 'lease' });
      }
    });

    it.each(['reducing', 'halted'] as const)('stops entries while the book is %s, and lets exits through', async (state) => {
      const store = await make();
      const lease = await aLease(store);
      await store.breakers.write('paper', { state, cause: 'by-hand', since: 1, by: 'me', version: 0 }, 0);
      const entry = await store.orders.reserve('entry', anIntent(), lease, [], 2000);
      expect(entry).toEqual({ ok: false, why: 'breaker', detail: `paper is ${state}` });
      expect((await store.orders.reserve('exit', anIntent({ purpose: 'exit' }), lease, [], 2000)).ok).toBe(true);
      expect((await store.orders.reserve('elsewhere', anIntent({ book: 'live' }), lease, [], 2000)).ok).toBe(true);
    });

    it('lets entries through again when the book is active again', async () => {
      const store = await make();
      await store.breakers.write('paper', { state: 'halted', since: 1, by: 'me', version: 0 }, 0);
      await store.breakers.write('paper', { state: 'active', since: 2, by: 'me', version: 1 }, 1);
      expect((await reserved(store, 'id')).ok).toBe(true);
    });

    it('neither asks nor raises counters for an exit', async () => {
      const store = await make();
      const limits = [{ counter: 'total', limit: usd(0) }];
      const exit = anIntent({ purpose: 'exit', action: 'sell' });
      const answer = await store.orders.reserve('id', exit, await aLease(store), limits, 2000);
      expect(answer).toMatchObject({ ok: true, record: { held: 0 } });
      expect((await store.orders.counters('paper')).held.size).toBe(0);
    });

    it('tells of an earlier decision before anything else, and of the lease before the breaker, the market and the limits', async () => {
      const store = await make();
      const lease = await aLease(store);
      const limits = [{ counter: 'total', limit: usd(1) }];
      const old = { ...lease, token: lease.token - 1 };
      await store.orders.reserve('id', anIntent(), lease, [], 2000);
      expect(await store.orders.reserve('other', anIntent(), lease, limits, 2000)).toMatchObject({
        why: 'market-busy',
        detail: expect.stringContaining('id'),
      });
      await store.breakers.write('paper', { state: 'halted', since: 1, by: 'me', version: 0 }, 0);
      expect(await store.orders.reserve('other', anIntent(), lease, limits, 2000)).toMatchObject({ why: 'breaker' });
      expect(await store.orders.reserve('other', anIntent(), old, limits, 2000)).toMatchObject({ why: 'lease' });
      expect(await store.orders.reserve('id', anIntent(), old, limits, 2000)).toMatchObject({ why: 'exists' });
    });

    it('keeps an order without category and shard as it was given', async () => {
      const store = await make();
      const { category: _, ...bare } = anIntent({ shard: undefined });
      await store.orders.reserve('id', bare as ReturnType<typeof anIntent>, await aLease(store), [], 2000);
      expect([...(await store.orders.counters('paper')).held.keys()].sort()).toEqual(['event:KXA', 'market:KXA-1', 'total']);
      expect((await store.orders.get('id'))?.intent).toEqual(bare);
    });
  });
}
