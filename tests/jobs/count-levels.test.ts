import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import { countLevels, keptLevels } from '../../shared/jobs/count-levels.ts';
import { keepSync } from '../../shared/jobs/last-sync.ts';
import type { Run, Store } from '../../shared/ports/store.ts';
import { anAlert } from '../api/seeded-desk.ts';

const NOW = Date.parse('2026-11-20T19:00:00Z');
const MINUTE = 60_000;
const DAY = 86_400_000;

async function ran(store: Store, job: string, at: number, outcome: NonNullable<Run['outcome']> = 'ok'): Promise<void> {
  const tick = new Date(at).toISOString();
  await store.runs.claim(job, tick, at, MINUTE);
  await store.runs.finish({ job, tick, startedAt: at, endedAt: at + 3000, outcome });
}

const days = async (store: Store) => (await keptLevels(store, 'paper'))?.days ?? {};

describe('service levels', () => {
  it('count every run of 30 days once, however many there are and however often it is looked', async () => {
    const store = memoryStore(() => NOW);
    for (let index = 0; index < 1500; index++)
      await ran(store, 'sync', NOW - 29 * DAY + index * 5 * MINUTE, index % 100 === 0 ? 'failed' : 'ok');
    await countLevels(store, 'paper', NOW - 20 * DAY);
    for (let hour = 0; hour < 5; hour++) await countLevels(store, 'paper', NOW + hour * MINUTE);
    const counted = Object.values(await days(store));
    expect(counted.reduce((sum, { ended }) => sum + ended, 0)).toBe(1500);
    expect(counted.reduce((sum, { ok }) => sum + ok, 0)).toBe(1485);
  });

  it('leave out what was skipped, what still runs and other jobs', async () => {
    const store = memoryStore(() => NOW);
    await ran(store, 'scan', NOW - MINUTE, 'skipped');
    await ran(store, 'health', NOW - MINUTE);
    await store.runs.claim('trade', 'now', NOW - MINUTE, MINUTE);
    await countLevels(store, 'paper', NOW);
    expect(Object.values(await days(store)).every(({ ended }) => ended === 0)).toBe(true);
  });

  it('count a run that began before the last look and ended after it', async () => {
    const store = memoryStore(() => NOW);
    const tick = new Date(NOW).toISOString();
    await store.runs.claim('scan', tick, NOW, MINUTE);
    await countLevels(store, 'paper', NOW + MINUTE);
    await store.runs.finish({ job: 'scan', tick, startedAt: NOW, endedAt: NOW + 2 * MINUTE, outcome: 'ok' });
    await countLevels(store, 'paper', NOW + 3 * MINUTE);
    expect((await days(store))['2026-11-20']).toMatchObject({ ended: 1, ok: 1 });
  });

  it('count each comparison with the exchange once, and forget days after a month', async () => {
    const store = memoryStore(() => NOW);
    await keepSync(store, 'paper', { at: NOW, differences: [] });
    await countLevels(store, 'paper', NOW);
    await countLevels(store, 'paper', NOW + MINUTE);
    expect((await days(store))['2026-11-20']).toMatchObject({ compared: 1, agreed: 1 });
    await countLevels(store, 'paper', NOW + 31 * DAY);
    expect((await days(store))['2026-11-20']).toBeUndefined();
  });

  it('count a delivery when it is over, also when that is a day later', async () => {
    const store = memoryStore(() => NOW);
    const at = NOW - 2 * MINUTE;
    const alert = { ...anAlert, at, id: `${new Date(at).toISOString()}:a` };
    const put = (state: string) =>
      store.records.put('alert', alert.id, { alert, channels: ['email'], deliveries: { email: { state, tries: 1, at } } });
    await put('waiting');
    await countLevels(store, 'paper', NOW);
    expect((await days(store))['2026-11-20']).toMatchObject({ told: 0, delivered: 0 });
    await put('delivered');
    await countLevels(store, 'paper', NOW + DAY);
    await countLevels(store, 'paper', NOW + DAY + MINUTE);
    expect((await days(store))['2026-11-20']).toMatchObject({ told: 1, delivered: 1 });
  });
});
