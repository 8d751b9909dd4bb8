import { describe, expect, it } from 'vitest';
import { emptyLedger, foldLedger, isBalanced } from '../../shared/domain/ledger.ts';
import type { MakeStore } from './store.ts';
import { aDeposit, aFill, all, aSettlement, usd } from './store-examples.ts';

export function ledgerContract(make: MakeStore): void {
  describe('the ledger', () => {
    it('is empty to begin with', async () => {
      const store = await make();
      expect(await store.ledger.head('paper')).toEqual({ ledger: emptyLedger, version: 0 });
      expect(await all(store.ledger.entries('paper'))).toEqual([]);
      expect(await store.ledger.trades('paper', 10)).toEqual([]);
      expect(await store.ledger.append('paper', [])).toEqual({ head: { ledger: emptyLedger, version: 0 }, added: [], closed: [] });
    });

    it('folds what is booked, says what was new and which trades closed', async () => {
      const store = await make();
      const entries = [aDeposit('d', 100_000_000), aFill('f'), aSettlement('s', 'KXA-1')];
      const { head, added, closed } = await store.ledger.append('paper', entries);
      expect(added).toEqual(entries);
      expect(closed).toMatchObject([{ ticker: 'KXA-1', exit: 'settled', pnl: 1_490_000 }]);
      expect(head).toEqual({ ledger: foldLedger(entries), version: 3 });
      expect(await store.ledger.head('paper')).toEqual(head);
      expect(await all(store.ledger.entries('paper'))).toEqual(entries);
      expect(await store.ledger.trades('paper', 10)).toEqual(closed);
      expect((await store.ledger.head('live')).version).toBe(0);
    });

    it('keeps open positions with all they are', async () => {
      const store = await make();
      const origin = { intent: 'k1-abc', strategy: 'dip', purpose: 'entry' };
      const entries = [aFill('f', { origin, shard: 3, category: 'Climate' }), aFill('g', { ticker: 'KXB', side: 'no' })];
      await store.ledger.append('paper', entries);
      expect((await store.ledger.head('paper')).ledger.positions).toEqual(foldLedger(entries).positions);
    });

    it('books each id once: in one call, in two, and in many at once', async () => {
      const store = await make();
      const entries = [aDeposit('d', 5_000_000), aFill('f'), aFill('g', { ticker: 'KXB' })];
      const once = await store.ledger.append('paper', [...entries, ...entries, aDeposit('d', 1)]);
      expect(once.added).toEqual(entries);
      expect(await store.ledger.append('paper', entries)).toEqual({ head: once.head, added: [], closed: [] });
      const late = [aSettlement('s', 'KXA-1'), aSettlement('t', 'KXB')];
      const answers = await Promise.all([late, late.toReversed(), late].map((each) => store.ledger.append('paper', each)));
      expect(answers.flatMap(({ added }) => added.map(({ id }) => id)).sort()).toEqual(['s', 't']);
      expect(answers.flatMap(({ closed }) => closed)).toHaveLength(2);
      const { ledger, version } = await store.ledger.head('paper');
      expect(version).toBe(5);
      expect(isBalanced(ledger)).toBe(true);
      expect(ledger).toEqual(foldLedger(await all(store.ledger.entries('paper'))));
    });

    it('loses nothing when many book at once', async () => {
      const store = await make();
      const batches = Array.from({ length: 6 }, (_, n) => [aDeposit(`d${n}`, 1_000_000), aFill(`f${n}`, { ticker: `KX${n}` })]);
      await Promise.all(batches.map((batch) => store.ledger.append('paper', batch)));
      const { ledger, version } = await store.ledger.head('paper');
      expect(version).toBe(12);
      expect(ledger.cash).toBe(6 * (1_000_000 - 1_510_000));
      expect(ledger.positions.size).toBe(6);
    });

    it('books more than fits into one transaction', async () => {
      const store = await make();
      const entries = Array.from({ length: 120 }, (_, n) => (n % 2 === 0 ? aFill(`f${n}`, { at: n }) : aSettlement(`s${n}`, 'KXA-1', n)));
      const { head, added, closed } = await store.ledger.append('paper', entries);
      expect(added).toEqual(entries);
      expect(closed).toHaveLength(60);
      expect(head).toEqual({ ledger: foldLedger(entries), version: 120 });
      expect((await store.ledger.trades('paper', 3)).map(({ closedAt }) => closedAt)).toEqual([119, 117, 115]);
    });

    it('is read in the order of booking, also where a fact came late, and from a time on', async () => {
      const store = await make();
      const entries = [
        aDeposit('a', 1, 100),
        aDeposit('b', 2, 300),
        aDeposit('late', 3, 200),
        aDeposit('c', 4, 300),
        aDeposit('e', 5, 400),
      ];
      for (const entry of entries) await store.ledger.append('paper', [entry]);
      const ids = async (since?: number) => (await all(store.ledger.entries('paper', since))).map(({ id }) => id);
      expect(await ids()).toEqual(['a', 'b', 'late', 'c', 'e']);
      expect(await ids(200)).toEqual(['b', 'late', 'c', 'e']);
      expect(await ids(201)).toEqual(['b', 'c', 'e']);
      expect(await ids(401)).toEqual([]);
    });

    it('keeps the peak beside what is booked', async () => {
      const store = await make();
      await store.ledger.setPeak('paper', usd(7));
      expect(await store.ledger.head('paper')).toEqual({ ledger: emptyLedger, version: 0, peak: 7 });
      await store.ledger.append('paper', [aDeposit('d', 5)]);
      expect(await store.ledger.head('paper')).toMatchObject({ version: 1, peak: 7 });
      await store.ledger.setPeak('paper', usd(6));
      expect(await store.ledger.head('paper')).toMatchObject({ version: 1, peak: 6, ledger: { cash: 5 } });
    });
  });
}
