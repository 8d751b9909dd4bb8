import { describe, expect, it } from 'vitest';
import { sha256 } from '../../shared/adapters/crypto/sha256.ts';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import type { Contracts } from '../../shared/domain/money.ts';
import type { Receipt } from '../../shared/domain/order.ts';
import { execute } from '../../shared/jobs/execute.ts';
import { keepSync } from '../../shared/jobs/last-sync.ts';
import { approved } from '../adapters/kalshi/approved-order.ts';

const exit = (key: string) => approved({ key, purpose: 'exit', action: 'sell', timeInForce: 'immediate_or_cancel', postOnly: false });
const caps = { limits: [] };

/** A book whose every order fills at once, on a clock that is set. */
async function desk() {
  const store = memoryStore();
  const clock = { at: 1_000_000, now: () => clock.at, sleep: async () => {} };
  const sent: string[] = [];
  const submit = async (id: string): Promise<Receipt> => {
    sent.push(id);
    return { state: 'filled', orderId: id, filled: 1000 as Contracts, at: clock.at };
  };
  const broker = { submit } as unknown as Parameters<typeof execute>[0]['broker'];
  const sell = async (key: string) => {
    const lease = await store.leases.acquire('trade:live', key, clock.at, clock.at + 150_000);
    if (!lease) throw new Error('the lease is free here');
    const executed = await execute({ store, broker, clock, digest: sha256 }, exit(key), lease, caps);
    await store.leases.release(lease);
    return executed;
  };
  return { store, clock, sent, sell };
}

describe('what an exit has sold', () => {
  it('is not sold again before a sync has booked it, for what is there then was bought by hand', async () => {
    const { store, clock, sent, sell } = await desk();
    await keepSync(store, 'live', { at: clock.at - 60_000, asOf: clock.at - 60_400, differences: [] });
    await sell('first');
    clock.at += 30_000;
    expect(await sell('second')).toMatchObject({ notReserved: { why: 'market-busy', detail: expect.stringContaining('not booked yet') } });
    expect(sent).toHaveLength(1);
    clock.at += 30_000;
    await keepSync(store, 'live', { at: clock.at, asOf: clock.at - 400, differences: [] });
    await sell('third');
    expect(sent).toHaveLength(2);
  });

  it('waits for a sync whose reading is newer, not for one that ended later', async () => {
    const { store, clock, sent, sell } = await desk();
    await sell('first');
    clock.at += 5_000;
    await keepSync(store, 'live', { at: clock.at, asOf: clock.at - 10_000, differences: [] });
    await sell('second');
    expect(sent).toHaveLength(1);
  });
});
