import { describe, expect, it } from 'vitest';
import { InvalidValue } from '../../shared/domain/money.ts';
import type { MakeStore } from './store.ts';

const report = {
  date: '2026-11-20',
  kind: 'daily',
  healthScore: 85,
  state: 'healthy',
  summary: 'A calm day',
  actionItems: [{ id: 'cash', severity: 'HIGH', value: 0.14 }],
  metrics: { equity: '1012.340000', sharpe: null },
  text: '',
  cost: '0.004100',
  seconds: 12.5,
};

export function recordContract(make: MakeStore): void {
  describe.each([['equity'], ['report']])('records of kind %s', (kind) => {
    it('are kept as they are, apart by kind and key', async () => {
      const store = await make();
      await store.records.put(kind, 'k', report);
      await store.records.put('other', 'k', { other: true });
      expect(await store.records.get(kind, 'k')).toEqual(report);
      expect(await store.records.get('other', 'k')).toEqual({ other: true });
      expect(await store.records.get(kind, 'no')).toBeUndefined();
      await store.records.put(kind, 'k', { short: 1 });
      expect(await store.records.get(kind, 'k')).toEqual({ short: 1 });
      await store.records.remove(kind, 'k');
      await store.records.remove(kind, 'never there');
      expect(await store.records.get(kind, 'k')).toBeUndefined();
      expect(await store.records.list(kind)).toEqual([]);
    });

    it.each([[['a', 1]], ['text'], [false], [null]])('may be %j', async (body) => {
      const store = await make();
      await store.records.put(kind, 'k', body);
      expect(await store.records.get(kind, 'k')).toEqual(body);
    });

    it('are put new by one of many', async () => {
      const store = await make();
      const puts = await Promise.all([1, 2, 3, 4].map((n) => store.records.putNew(kind, 'k', { n })));
      expect(puts.filter(Boolean)).toHaveLength(1);
      expect(await store.records.get(kind, 'k')).toEqual({ n: puts.indexOf(true) + 1 });
    });

    it('are swapped only for what is there, by one of many', async () => {
      const store = await make();
      expect(await store.records.swap(kind, 'k', { a: 1 }, { a: 2 })).toBe(false);
      const first = await Promise.all([1, 2].map(() => store.records.swap(kind, 'k', undefined, { a: 1, b: { c: 1, d: 2 } })));
      expect(first.filter(Boolean)).toHaveLength(1);
      expect(await store.records.swap(kind, 'k', undefined, { a: 2 })).toBe(false);
      expect(await store.records.swap(kind, 'k', { a: 1, b: { c: 1, d: 3 } }, { a: 2 })).toBe(false);
      const same = { b: { d: 2, c: 1, gone: undefined }, a: 1 };
      const swaps = await Promise.all([2, 3, 4].map((n) => store.records.swap(kind, 'k', same, { a: n })));
      expect(swaps.filter(Boolean)).toHaveLength(1);
      expect(await store.records.get(kind, 'k')).toEqual({ a: swaps.indexOf(true) + 2 });
    });

    it('are listed by key, within bounds that are included, from either end', async () => {
      const store = await make();
      for (const key of ['2026-11-03', '2026-11-01', '2026-11-04', '2026-11-02']) await store.records.put(kind, key, { key });
      const days = async (options?: Parameters<typeof store.records.list>[1]) =>
        (await store.records.list(kind, options)).map(({ body }) => (body as { key: string }).key.slice(8));
      expect(await days()).toEqual(['01', '02', '03', '04']);
      expect(await days({ newestFirst: true, limit: 2 })).toEqual(['04', '03']);
      expect(await days({ from: '2026-11-02', to: '2026-11-03' })).toEqual(['02', '03']);
      expect(await days({ from: '2026-11-02', limit: 1 })).toEqual(['02']);
      expect(await days({ to: '2026-11-02', newestFirst: true })).toEqual(['02', '01']);
      expect(await days({ from: '2026-11-04', to: '2026-11-01' })).toEqual([]);
      await store.records.remove(kind, '2026-11-02');
      await store.records.put(kind, '2026-11-00', { key: '2026-11-00' });
      expect(await days({ limit: 3 })).toEqual(['00', '01', '03']);
    });

    it('are absent once they have expired, to the second', async () => {
      let now = 10_000;
      const store = await make(() => now);
      await store.records.put(kind, 'a', { n: 1 }, { expiresAt: 12_400 });
      await store.records.put(kind, 'b', { n: 2 });
      expect(await store.records.putNew(kind, 'a', { n: 3 })).toBe(false);
      now = 12_999;
      expect(await store.records.swap(kind, 'a', { n: 1 }, { n: 5 })).toBe(true);
      expect(await store.records.get(kind, 'a')).toEqual({ n: 5 });
      now = 13_000;
      expect(await store.records.get(kind, 'a')).toBeUndefined();
      expect((await store.records.list(kind, { limit: 1 })).map(({ key }) => key)).toEqual(['b']);
      expect(await store.records.swap(kind, 'a', { n: 5 }, { n: 6 })).toBe(false);
      expect(await store.records.putNew(kind, 'a', { n: 3 }, { expiresAt: 20_000 })).toBe(true);
      now = 20_000;
      expect(await store.records.swap(kind, 'a', undefined, { n: 7 })).toBe(true);
      now = 99_000;
      expect(await store.records.get(kind, 'a')).toEqual({ n: 7 });
    });
  });

  describe('a record that is a number', () => {
    it('is added to under a ceiling, by many at once', async () => {
      const store = await make();
      const adds = await Promise.all(Array.from({ length: 8 }, () => store.records.addWithin('budget', 'day', 30, 100)));
      expect(adds.filter(Boolean)).toHaveLength(3);
      expect(await store.records.get('budget', 'day')).toBe(90);
      expect(await store.records.addWithin('budget', 'day', 10, 100)).toBe(true);
      expect(await store.records.addWithin('budget', 'day', 1, 100)).toBe(false);
      expect(await store.records.addWithin('budget', 'other', 101, 100)).toBe(false);
      expect(await store.records.get('budget', 'other')).toBeUndefined();
    });

    it('is always lowered, even from above the ceiling', async () => {
      const store = await make();
      await store.records.put('budget', 'day', 90);
      expect(await store.records.addWithin('budget', 'day', -20, 50)).toBe(true);
      expect(await store.records.addWithin('budget', 'new', -5, 0)).toBe(true);
      expect(await store.records.get('budget', 'day')).toBe(70);
      expect(await store.records.get('budget', 'new')).toBe(-5);
      expect(await store.records.swap('budget', 'day', 70, 10)).toBe(true);
      expect(await store.records.swap('budget', 'day', 70, 11)).toBe(false);
      expect(await store.records.get('budget', 'day')).toBe(10);
    });

    it('refuses fractions, and records that are no number', async () => {
      const store = await make();
      await expect(store.records.addWithin('budget', 'day', 0.5, 100)).rejects.toThrow(InvalidValue);
      await store.records.put('budget', 'text', { spent: 1 });
      await expect(store.records.addWithin('budget', 'text', 1, 100)).rejects.toThrow('add to a record that is a number');
      await expect(store.records.addWithin('budget', 'text', -1, 100)).rejects.toThrow(InvalidValue);
    });

    it('starts again from nothing once it has expired', async () => {
      let now = 1000;
      const store = await make(() => now);
      await store.records.put('budget', 'day', 90, { expiresAt: 5000 });
      expect(await store.records.addWithin('budget', 'day', 20, 100)).toBe(false);
      now = 5000;
      expect(await store.records.addWithin('budget', 'day', 20, 100)).toBe(true);
      expect(await store.records.get('budget', 'day')).toBe(20);
    });
  });
}
