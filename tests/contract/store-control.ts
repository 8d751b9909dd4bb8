import { describe, expect, it } from 'vitest';
import type { Breaker } from '../../shared/domain/breaker.ts';
import type { MakeStore } from './store.ts';

const halted: Breaker = { state: 'halted', cause: 'drawdown', detail: 'down 21 %', since: 50, by: 'sync', version: 0 };

export function breakerContract(make: MakeStore): void {
  describe('the breaker', () => {
    it('is active at version 0 until somebody writes it', async () => {
      const store = await make();
      expect(await store.breakers.read('paper')).toMatchObject({ state: 'active', version: 0 });
    });

    it('is written only over the version that was read', async () => {
      const store = await make();
      const writes = await Promise.all([1, 2, 3].map(() => store.breakers.write('paper', halted, 0)));
      expect(writes.filter(Boolean)).toHaveLength(1);
      expect(await store.breakers.read('paper')).toEqual({ ...halted, version: 1 });
      expect(await store.breakers.write('paper', { ...halted, state: 'active' }, 0)).toBe(false);
      expect(await store.breakers.write('paper', { ...halted, state: 'active' }, 2)).toBe(false);
      expect(await store.breakers.write('paper', { state: 'active', since: 60, by: 'me', version: 1 }, 1)).toBe(true);
      expect(await store.breakers.read('paper')).toEqual({ state: 'active', since: 60, by: 'me', version: 2 });
      expect(await store.breakers.write('paper', halted, 1)).toBe(false);
      expect(await store.breakers.read('live')).toMatchObject({ state: 'active', version: 0 });
    });
  });
}

export function leaseContract(make: MakeStore): void {
  describe('a lease', () => {
    it('has one owner at a time', async () => {
      const store = await make();
      const owners = ['a', 'b', 'c', 'd'];
      const leases = await Promise.all(owners.map((owner) => store.leases.acquire('sync', owner, 100, 200)));
      expect(leases.filter((lease) => lease !== undefined)).toHaveLength(1);
      expect(await store.leases.acquire('trade', 'z', 100, 200)).toMatchObject({ name: 'trade', owner: 'z', until: 200 });
    });

    it('is free again from the moment it runs out, under a greater token', async () => {
      const store = await make();
      const first = await store.leases.acquire('sync', 'a', 100, 200);
      expect(await store.leases.acquire('sync', 'b', 199, 300)).toBeUndefined();
      const second = await store.leases.acquire('sync', 'b', 200, 300);
      expect(second?.token).toBeGreaterThan(first?.token ?? Number.NaN);
    });

    it('can be given back, but only by who holds it', async () => {
      const store = await make();
      const first = await store.leases.acquire('sync', 'a', 100, 200);
      const second = await store.leases.acquire('sync', 'b', 200, 300);
      if (!first || !second) throw new Error('the example leases were not free');
      await store.leases.release(first);
      expect(await store.leases.acquire('sync', 'c', 201, 300)).toBeUndefined();
      await store.leases.release(second);
      const third = await store.leases.acquire('sync', 'c', 202, 300);
      expect(third?.token).toBeGreaterThan(second.token);
    });

    it('is renewed by its owner, which voids the older token', async () => {
      const store = await make();
      const first = await store.leases.acquire('sync', 'a', 100, 200);
      const again = await store.leases.acquire('sync', 'a', 150, 250);
      expect(again).toMatchObject({ owner: 'a', until: 250 });
      expect(again?.token).toBeGreaterThan(first?.token ?? Number.NaN);
      if (first) await store.leases.release(first);
      expect(await store.leases.acquire('sync', 'b', 160, 300)).toBeUndefined();
    });
  });
}

export function runContract(make: MakeStore): void {
  const tick = '2026-11-20T12:00:00Z';
  describe('a run', () => {
    it('is claimed once for its job and tick', async () => {
      const store = await make();
      const claims = await Promise.all([1, 2, 3, 4].map(() => store.runs.claim('scan', tick, 1000, 500)));
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await store.runs.claim('scan', '2026-11-20T12:15:00Z', 1000, 500)).toBe(true);
      expect(await store.runs.claim('trade', tick, 1000, 500)).toBe(true);
    });

    it('may be taken over when it has not ended for too long', async () => {
      const store = await make();
      await store.runs.claim('scan', tick, 1000, 500);
      expect(await store.runs.claim('scan', tick, 1500, 500)).toBe(false);
      expect(await store.runs.claim('scan', tick, 1501, 500)).toBe(true);
      expect(await store.runs.recent('scan', 5)).toEqual([{ job: 'scan', tick, startedAt: 1501 }]);
    });

    it('ends once, by who holds the claim, and is not claimed again', async () => {
      const store = await make();
      await store.runs.claim('scan', tick, 1000, 500);
      await store.runs.claim('scan', tick, 2000, 500);
      const ended = { job: 'scan', tick, startedAt: 2000, endedAt: 2100, outcome: 'ok', detail: '533 markets' } as const;
      expect(await store.runs.finish({ ...ended, startedAt: 1000, outcome: 'failed' })).toBe(false);
      expect(await store.runs.finish(ended)).toBe(true);
      expect(await store.runs.finish({ ...ended, outcome: 'skipped' })).toBe(false);
      expect(await store.runs.claim('scan', tick, 99_000, 500)).toBe(false);
      expect(await store.runs.recent('scan', 5)).toEqual([ended]);
    });

    it('can be written down without a claim, as skipped', async () => {
      const store = await make();
      const skipped = { job: 'scan', tick, startedAt: 2000, endedAt: 2000, outcome: 'skipped' } as const;
      expect(await store.runs.finish(skipped)).toBe(true);
      expect(await store.runs.recent('scan', 5)).toEqual([skipped]);
    });

    it('is listed by tick, newest first', async () => {
      const store = await make();
      for (const hour of ['09', '11', '10']) await store.runs.claim('scan', `2026-11-20T${hour}:00:00Z`, 1, 1);
      expect((await store.runs.recent('scan', 2)).map((run) => run.tick)).toEqual(['2026-11-20T11:00:00Z', '2026-11-20T10:00:00Z']);
      expect(await store.runs.recent('health', 2)).toEqual([]);
    });
  });
}
