import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../shared/domain/journal.ts';
import { InvalidValue } from '../../shared/domain/money.ts';
import type { MakeStore } from './store.ts';
import { all } from './store-examples.ts';

/** A chain of entries from `seq` on, one for each subject; `by` makes the hashes somebody's own. */
function chain(seq: number, previous: string, subjects: readonly string[], by = 'h'): readonly JournalEntry[] {
  return subjects.map((subject, index) => ({
    seq: seq + index,
    at: 1000 + seq + index,
    kind: 'signal',
    subject,
    body: { z: 1, a: ['x', null, 0.1], deep: { '10': 'ten', '9': 'nine' } },
    previous: index === 0 ? previous : `${by}${seq + index - 1}`,
    hash: `${by}${seq + index}`,
  }));
}

export function journalContract(make: MakeStore): void {
  describe('the journal', () => {
    it('is empty to begin with, and takes nothing for nothing', async () => {
      const store = await make();
      expect(await store.journal.last('paper')).toBeUndefined();
      expect(await store.journal.append('paper', [])).toBe(true);
      expect(await all(store.journal.read('paper'))).toEqual([]);
      expect(await all(store.journal.read('paper', { subject: 'x', from: 3 }))).toEqual([]);
    });

    it('gives back every entry, to the letter', async () => {
      const store = await make();
      const entries = chain(1, '', ['a', 'b', 'a']);
      expect(await store.journal.append('paper', entries)).toBe(true);
      expect(JSON.stringify(await all(store.journal.read('paper')))).toBe(JSON.stringify(entries));
      expect(await store.journal.last('paper')).toEqual(entries[2]);
      expect(await store.journal.last('demo')).toBeUndefined();
    });

    it('lets one of many append, and the others read and try again', async () => {
      const store = await make();
      await store.journal.append('paper', chain(1, '', ['a']));
      const writers = ['p', 'q', 'r', 's'].map((by, n) => chain(2, 'h1', Array(n + 1).fill(by), by));
      const answers = await Promise.all(writers.map((entries) => store.journal.append('paper', entries)));
      expect(answers.filter(Boolean)).toHaveLength(1);
      const winner = writers[answers.indexOf(true)] ?? [];
      expect(await all(store.journal.read('paper'))).toEqual([...chain(1, '', ['a']), ...winner]);
      expect(await store.journal.append('paper', chain(2, 'h1', ['late'], 'x'))).toBe(false);
      const last = await store.journal.last('paper');
      expect(await store.journal.append('paper', chain((last?.seq ?? 0) + 1, last?.hash ?? '', ['late'], 'x'))).toBe(true);
    });

    it('refuses a gap and a broken link, naming them', async () => {
      const store = await make();
      await expect(store.journal.append('paper', chain(2, '', ['a']))).rejects.toThrow(InvalidValue);
      await store.journal.append('paper', chain(1, '', ['a', 'b']));
      await expect(store.journal.append('paper', chain(4, 'h3', ['c']))).rejects.toThrow('journal.seq');
      await expect(store.journal.append('paper', chain(3, 'forged', ['c']))).rejects.toThrow('journal.previous');
      const [first, second] = chain(3, 'h2', ['c', 'd']);
      if (first && second) {
        await expect(store.journal.append('paper', [first, { ...second, previous: 'forged' }])).rejects.toThrow('journal.previous');
      }
      expect(await all(store.journal.read('paper'))).toHaveLength(2);
    });

    it('is read by subject, from a number on, and up to a limit', async () => {
      const store = await make();
      await store.journal.append('paper', chain(1, '', ['a', 'b', 'a']));
      await store.journal.append('paper', chain(4, 'h3', ['b']));
      await store.journal.append('paper', chain(5, 'h4', ['a', 'c', 'a', 'b']));
      const seqs = async (options: Parameters<typeof store.journal.read>[1]) =>
        (await all(store.journal.read('paper', options))).map(({ seq }) => seq);
      expect(await seqs({})).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      expect(await seqs({ from: 2 })).toEqual([2, 3, 4, 5, 6, 7, 8]);
      expect(await seqs({ from: 6, limit: 2 })).toEqual([6, 7]);
      expect(await seqs({ from: 9 })).toEqual([]);
      expect(await seqs({ subject: 'a' })).toEqual([1, 3, 5, 7]);
      expect(await seqs({ subject: 'a', from: 3 })).toEqual([3, 5, 7]);
      expect(await seqs({ subject: 'b', limit: 2 })).toEqual([2, 4]);
      expect(await seqs({ subject: 'b', limit: 0 })).toEqual([]);
      expect(await seqs({ subject: 'nobody' })).toEqual([]);
    });

    it('takes many subjects at once', async () => {
      const store = await make();
      const subjects = Array.from({ length: 130 }, (_, n) => `s${n}`);
      expect(await store.journal.append('paper', chain(1, '', subjects))).toBe(true);
      expect((await all(store.journal.read('paper', { subject: 's129' }))).map(({ seq }) => seq)).toEqual([130]);
      expect(await all(store.journal.read('paper'))).toHaveLength(130);
    });
  });
}
