import { describe, expect, it } from 'vitest';
import { sha256 } from '../../shared/adapters/crypto/sha256.ts';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import type { Trip } from '../../shared/domain/risk/trips.ts';
import { applyTrip, resumeBook } from '../../shared/jobs/trip-breaker.ts';
import { all } from '../contract/store-examples.ts';

const open = () => {
  const store = memoryStore(() => 0);
  const io = { store, digest: sha256 };
  return {
    io,
    store,
    apply: (trip: Trip | undefined, at = 1) => applyTrip(io, 'paper', trip, at),
    read: () => store.breakers.read('paper'),
  };
};
const outage: Trip = { cause: 'outage', detail: 'no answer' };
const drawdown: Trip = { cause: 'drawdown', detail: 'down 20%' };
const person = { reason: 'looked at it', name: 'me' };

describe('the breaker', () => {
  it('reduces on trouble around it, and one clean sync ends that', async () => {
    const { apply, read } = open();
    expect(await apply(outage)).toMatchObject({ state: 'reducing', cause: 'outage', detail: 'no answer' });
    expect(await apply(outage)).toBeUndefined();
    expect(await apply(undefined)).toMatchObject({ state: 'active' });
    expect(await apply(undefined)).toBeUndefined();
    expect((await read()).state).toBe('active');
  });

  it('leaves a halt only by a person, with a reason and a name', async () => {
    const { io, apply, read } = open();
    await apply(outage);
    expect(await apply(drawdown)).toMatchObject({ state: 'halted', cause: 'drawdown' });
    for (const trip of [undefined, outage, drawdown]) expect(await apply(trip)).toBeUndefined();
    expect((await read()).state).toBe('halted');
    expect(await resumeBook(io, 'paper', person, 9)).toMatchObject({ state: 'active', detail: 'looked at it', by: 'me', resumedAt: 9 });
  });

  it('remembers when a person resumed, whatever trips later', async () => {
    const { io, apply, read } = open();
    await apply(drawdown);
    await resumeBook(io, 'paper', person, 9);
    await apply(outage, 10);
    await apply(undefined, 11);
    expect(await read()).toMatchObject({ state: 'active', resumedAt: 9 });
  });

  it('stays paused when paused by hand, however clean a sync is', async () => {
    const { apply, read } = open();
    await apply({ cause: 'paused-by-hand', detail: 'holiday' });
    expect(await apply(undefined)).toBeUndefined();
    expect((await read()).state).toBe('reducing');
  });

  it('keeps the graver of two that come at once, and writes each change down', async () => {
    const { apply, read, store } = open();
    await Promise.all([apply(outage), apply(drawdown), apply(undefined)]);
    expect((await read()).state).toBe('halted');
    const kinds = (await all(store.journal.read('paper'))).map(({ kind }) => kind);
    expect(kinds.length).toBe((await read()).version);
    expect(new Set(kinds)).toEqual(new Set(['breaker']));
  });
});
