import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import type { Contracts } from '../../shared/domain/money.ts';
import type { Approved } from '../../shared/domain/order.ts';
import { strategies } from '../../shared/domain/strategies/strategies.ts';
import { closeGroups, forgetGroup, groupFor, letGroupsReset, openGroups } from '../../shared/jobs/order-groups.ts';
import { ExchangeError } from '../../shared/ports/exchange-error.ts';
import { NOON } from '../fixtures/market-rows.ts';
import { anEntry } from '../fixtures/trading-desk.ts';

const limit = 250_000 as Contracts;
/** Groups of one shard. */
const each = strategies.length;
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
  it('is opened ahead of its orders, once for a strategy and a shard, and found again', async () => {
    const { asked, io } = anExchange();
    expect(await groupFor(io, entry())).toBeUndefined();
    await openGroups(io, 'demo', [0, 2], limit);
    await openGroups(io, 'demo', [0, 2], limit);
    expect(asked).toEqual([0, 2].flatMap((shard) => strategies.map(() => `open in ${shard} for 250000`)));
    const ids = await Promise.all([{}, { shard: 2 }, { strategy: 'favourites' }, {}].map((changes) => groupFor(io, entry(changes))));
    expect(new Set(ids).size).toBe(3);
    expect(ids[3]).toBe(ids[0]);
    expect(await groupFor(io, entry({ book: 'live' }))).toBeUndefined();
  });

  it('is opened anew with another limit, and after the exchange has lost it', async () => {
    const { asked, io } = anExchange();
    await openGroups(io, 'demo', [0], limit);
    await openGroups(io, 'demo', [0], 100_000 as Contracts);
    expect(asked).toHaveLength(2 * each);
    await forgetGroup(io, entry());
    expect(await groupFor(io, entry())).toBeUndefined();
    await openGroups(io, 'demo', [0], 100_000 as Contracts);
    expect(await groupFor(io, entry())).toBe(`g-${2 * each + 1}`);
  });

  it('is none for an exit, which nothing may hold back, without a shard or a limit, and on paper', async () => {
    const { asked, io } = anExchange();
    await openGroups(io, 'demo', [0], undefined);
    const paper = { ...io, broker: { groups: { none: 'paper' } } };
    await openGroups(paper, 'demo', [0], limit);
    expect(asked).toEqual([]);
    await openGroups(io, 'demo', [0], limit);
    expect(await groupFor(io, entry({ purpose: 'exit' }))).toBeUndefined();
    expect(await groupFor(io, entry({ shard: undefined }))).toBeUndefined();
    expect(await groupFor(paper, entry())).toBeUndefined();
    expect(await closeGroups(paper, 'demo')).toBe(0);
  });

  it('that the exchange does not open is done without; nothing more is asked then, and the next time it goes on', async () => {
    const { asked, now, io } = anExchange();
    now.failing = true;
    await openGroups(io, 'demo', [0], limit);
    expect(asked).toHaveLength(1);
    expect(await groupFor(io, entry())).toBeUndefined();
    now.failing = false;
    await openGroups(io, 'demo', [0], limit);
    expect(asked).toHaveLength(1 + each);
    expect(await groupFor(io, entry())).toBe('g-2');
  });

  it('is triggered by a halt, and reset before the next entry goes under it', async () => {
    const { asked, now, io } = anExchange();
    await openGroups(io, 'demo', [0], limit);
    await openGroups(io, 'live', [0], limit);
    asked.length = 0;
    expect(await closeGroups(io, 'demo')).toBe(each);
    expect(asked).toContain('trigger g-1 in 0');
    now.failing = true;
    expect(await groupFor(io, entry())).toBeUndefined();
    now.failing = false;
    expect(await groupFor(io, entry())).toBe('g-1');
    expect(await groupFor(io, entry())).toBe('g-1');
    expect(asked.slice(each)).toEqual(['reset g-1 in 0', 'reset g-1 in 0']);
  });

  it('is reset before its next entry when a trigger got no answer, or a person goes on after the limit closed it', async () => {
    const { asked, now, io } = anExchange();
    await openGroups(io, 'demo', [0], limit);
    now.failing = true;
    expect(await closeGroups(io, 'demo')).toBe(0);
    now.failing = false;
    await groupFor(io, entry());
    await letGroupsReset(io, 'demo');
    await groupFor(io, entry());
    expect(asked.filter((what) => what.startsWith('reset'))).toHaveLength(2);
  });
});
