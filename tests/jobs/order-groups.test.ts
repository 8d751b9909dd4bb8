import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import type { Contracts } from '../../shared/domain/money.ts';
import type { Approved } from '../../shared/domain/order.ts';
import { closeGroups, forgetGroup, groupFor, letGroupsReset } from '../../shared/jobs/order-groups.ts';
import { ExchangeError } from '../../shared/ports/exchange-error.ts';
import { NOON } from '../fixtures/market-rows.ts';
import { anEntry } from '../fixtures/trading-desk.ts';

const limit = 250_000 as Contracts;
const entry = (changes: Parameters<typeof anEntry>[0] = {}) => anEntry({ book: 'demo', ...changes }) as Approved;

/** Groups of an exchange that writes down what it was asked, and fails when told to. */
function anExchange() {
  const asked: string[] = [];
  const now = { failing: false };
  const answer = async <T>(what: string, value: T): Promise<T> => {
    asked.push(what);
    if (now.failing) throw new ExchangeError('no answer', { outcome: 'unknown', code: 'timed_out', fix: 'wait' });
    return value;
  };
  const groups = {
    open: (shard: number, most: Contracts) => answer(`open in ${shard} for ${most}`, `g-${asked.length + 1}`),
    trigger: (id: string, shard: number) => answer<void>(`trigger ${id} in ${shard}`, undefined),
    reset: (id: string, shard: number) => answer<void>(`reset ${id} in ${shard}`, undefined),
  };
  return { asked, now, io: { records: memoryStore(() => NOON).records, broker: { groups } } };
}

describe('an order group', () => {
  it('is opened once for a strategy and a shard, and found again', async () => {
    const { asked, io } = anExchange();
    const ids = [];
    for (const changes of [{}, {}, { shard: 2 }, { strategy: 'favourites' }, {}]) ids.push(await groupFor(io, entry(changes), limit));
    expect(ids).toEqual(['g-1', 'g-1', 'g-2', 'g-3', 'g-1']);
    expect(asked).toEqual(['open in 0 for 250000', 'open in 2 for 250000', 'open in 0 for 250000']);
  });

  it('is opened anew with another limit, and after the exchange has lost it', async () => {
    const { io } = anExchange();
    await groupFor(io, entry(), limit);
    expect(await groupFor(io, entry(), 100_000 as Contracts)).toBe('g-2');
    await forgetGroup(io, entry());
    expect(await groupFor(io, entry(), 100_000 as Contracts)).toBe('g-3');
  });

  it('is none for an exit, which nothing may hold back, without a shard or a limit, and on paper', async () => {
    const { asked, io } = anExchange();
    expect(await groupFor(io, entry({ purpose: 'exit' }), limit)).toBeUndefined();
    expect(await groupFor(io, entry({ shard: undefined }), limit)).toBeUndefined();
    expect(await groupFor(io, entry(), undefined)).toBeUndefined();
    expect(await groupFor({ ...io, broker: { groups: { none: 'paper' } } }, entry(), limit)).toBeUndefined();
    expect(await closeGroups({ ...io, broker: { groups: { none: 'paper' } } }, 'demo')).toBe(0);
    expect(asked).toEqual([]);
  });

  it('that the exchange does not open is done without, and asked for again', async () => {
    const { now, io } = anExchange();
    now.failing = true;
    expect(await groupFor(io, entry(), limit)).toBeUndefined();
    now.failing = false;
    expect(await groupFor(io, entry(), limit)).toBe('g-2');
  });

  it('is triggered by a halt, and reset before the next entry goes under it', async () => {
    const { asked, now, io } = anExchange();
    await groupFor(io, entry(), limit);
    await groupFor(io, entry({ book: 'live' }), limit);
    expect(await closeGroups(io, 'demo')).toBe(1);
    now.failing = true;
    expect(await groupFor(io, entry(), limit)).toBeUndefined();
    now.failing = false;
    expect(await groupFor(io, entry(), limit)).toBe('g-1');
    expect(await groupFor(io, entry(), limit)).toBe('g-1');
    expect(asked.slice(2)).toEqual(['trigger g-1 in 0', 'reset g-1 in 0', 'reset g-1 in 0']);
  });

  it('is reset before its next entry when a trigger got no answer, or a person goes on after the limit closed it', async () => {
    const { asked, now, io } = anExchange();
    await groupFor(io, entry(), limit);
    now.failing = true;
    expect(await closeGroups(io, 'demo')).toBe(0);
    now.failing = false;
    await groupFor(io, entry(), limit);
    await letGroupsReset(io, 'demo');
    await groupFor(io, entry(), limit);
    expect(asked.filter((what) => what.startsWith('reset'))).toHaveLength(2);
  });
});
