import { describe, expect, it } from 'vitest';
import { sha256 } from '../../shared/adapters/crypto/sha256.ts';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import type { JournalEntry } from '../../shared/domain/journal.ts';
import { verifyJournal } from '../../shared/jobs/verify-journal.ts';
import { writeJournal } from '../../shared/jobs/write-journal.ts';
import type { JournalStore } from '../../shared/ports/store.ts';

async function threeNotes() {
  const { journal } = memoryStore();
  for (const subject of ['a', 'b', 'c']) {
    await writeJournal({ journal, digest: sha256 }, 'paper', 1, [{ kind: 'note', subject, body: { price: 1, gone: undefined } }]);
  }
  return journal;
}

/** The same journal, with one entry told otherwise. */
function tampered(journal: JournalStore, change: (entry: JournalEntry) => readonly JournalEntry[]): JournalStore {
  async function* read() {
    for await (const entry of journal.read('paper')) yield* change(entry);
  }
  return { last: (book) => journal.last(book), append: (book, entries) => journal.append(book, entries), read };
}

describe('a journal', () => {
  it('is whole when each entry is as it was written and linked to the one before', async () => {
    expect(await verifyJournal({ journal: await threeNotes(), digest: sha256 }, 'paper')).toEqual({ ok: true, entries: 3 });
  });

  it.each([
    ['a body that was edited', (entry: JournalEntry) => [entry.seq === 2 ? { ...entry, body: { price: 2 } } : entry], 2],
    ['a missing entry', (entry: JournalEntry) => (entry.seq === 2 ? [] : [entry]), 3],
    ['a link to another entry', (entry: JournalEntry) => [entry.seq === 3 ? { ...entry, previous: 'x' } : entry], 3],
  ] as const)('tells %s', async (_, change, seq) => {
    const journal = tampered(await threeNotes(), change);
    expect(await verifyJournal({ journal, digest: sha256 }, 'paper')).toMatchObject({ ok: false, seq });
  });
});
