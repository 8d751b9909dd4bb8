import { describe, expect, it } from 'vitest';
import type { Price } from '../../shared/domain/money.ts';
import type { ApprovedRepeg } from '../../shared/domain/order.ts';
import type { MakeStore } from './store.ts';
import { aLease, reserved, said, total } from './store-examples.ts';

export function repegContract(make: MakeStore): void {
  describe('an order that is re-pegged', () => {
    const bounds = { ceiling: 5200 as Price, times: 2 };
    const repeg = (to: number, number = 1) =>
      ({ id: 'id', book: 'paper', ticker: 'KXA-1', from: 5000 as Price, to: to as Price, number, bounds }) as ApprovedRepeg;
    const resting = async () => {
      const store = await make();
      await reserved(store, 'id', { repeg: bounds });
      await store.orders.markSent('id', 2100);
      await store.orders.settle('id', said('resting', 0));
      const lease = await aLease(store);
      return { store, lease };
    };

    it('is written before it is sent, once, and keeps what it holds', async () => {
      const { store, lease } = await resting();
      const tries = await Promise.all([1, 2, 3].map(() => store.orders.repeg(repeg(5100), lease, 3100)));
      expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
      expect(tries.find(({ ok }) => !ok)).toMatchObject({ why: 'moved' });
      expect(await store.orders.get('id')).toMatchObject({
        state: 'resting',
        repegs: { count: 1, at: 3100, pending: 5100 },
        held: 1_500_000,
        updatedAt: 3100,
      });
      expect(await total(store)).toBe(1_500_000);
    });

    it('rests where it is said to rest, and may then be re-pegged again, but not beyond its bounds', async () => {
      const { store, lease } = await resting();
      await store.orders.repeg(repeg(5100), lease, 3100);
      await store.orders.settle('id', said('resting', 100, 3200, 5100));
      expect(await store.orders.get('id')).toMatchObject({ state: 'resting', price: 5100, filled: 100, repegs: { count: 1, at: 3100 } });
      expect(await store.orders.repeg(repeg(5201, 2), lease, 3300)).toMatchObject({ why: 'moved' });
      expect(await store.orders.repeg(repeg(5200, 2), lease, 3300)).toMatchObject({ ok: true });
      await store.orders.settle('id', said('resting', 100, 3400, 5200));
      expect(await store.orders.repeg(repeg(5200, 3), lease, 3500)).toMatchObject({ why: 'moved' });
    });

    it('stays under way while nobody says where it rests', async () => {
      const { store, lease } = await resting();
      await store.orders.repeg(repeg(5100), lease, 3100);
      await store.orders.settle('id', { state: 'unknown', detail: 'timed out', at: 3200 });
      await store.orders.settle('id', said('resting', 100, 3300));
      expect(await store.orders.get('id')).toMatchObject({ state: 'unknown', filled: 100, repegs: { pending: 5100 } });
      expect(await store.orders.repeg(repeg(5200, 2), lease, 3400)).toMatchObject({ why: 'moved' });
      await store.orders.settle('id', said('resting', 100, 3500, 5000));
      const settled = await store.orders.get('id');
      expect(settled).toMatchObject({ state: 'resting', price: 5000, repegs: { count: 1 } });
      expect(settled?.repegs).not.toHaveProperty('pending');
    });

    it('ends like any other, with nothing under way', async () => {
      const { store, lease } = await resting();
      await store.orders.repeg(repeg(5100), lease, 3100);
      await store.orders.settle('id', said('cancelled', 100, 3200));
      const ended = await store.orders.get('id');
      expect(ended).toMatchObject({ state: 'cancelled', filled: 100, repegs: { count: 1, at: 3100 } });
      expect(ended?.repegs).not.toHaveProperty('pending');
      expect(await total(store)).toBe(500_000);
    });

    it('is not sent without the lease, in a book that is not active, or where nothing rests', async () => {
      const { store, lease } = await resting();
      expect(await store.orders.repeg(repeg(5100), { ...lease, token: lease.token - 1 }, 3100)).toMatchObject({ why: 'lease' });
      expect(await store.orders.repeg(repeg(5100), lease, lease.until)).toMatchObject({ why: 'lease' });
      await store.breakers.write('paper', { state: 'reducing', since: 1, by: 'a test', version: 1 }, 0);
      expect(await store.orders.repeg(repeg(5100), lease, 3100)).toMatchObject({ why: 'breaker', detail: 'paper is reducing' });
      expect(await store.orders.repeg({ ...repeg(5100), id: 'nobody' }, lease, 3100)).toMatchObject({ why: 'moved' });
      expect(await store.orders.get('id')).not.toHaveProperty('repegs');
    });
  });
}
