import { describe, expect, it } from 'vitest';
import { sha256 } from '../../shared/adapters/crypto/sha256.ts';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import { watchKey } from '../../shared/domain/exits/exit-rules.ts';
import type { Approved, OrderRecord, Receipt } from '../../shared/domain/order.ts';
import { execute, LEASE_MS, tradeLease } from '../../shared/jobs/execute.ts';
import { keepSync } from '../../shared/jobs/last-sync.ts';
import type { TradeIo } from '../../shared/jobs/trade.ts';
import { trade } from '../../shared/jobs/trade.ts';
import type { Broker } from '../../shared/ports/broker.ts';
import { makeConfig } from '../../shared/system/config/config.ts';
import { deskSettings, strategyView } from '../../shared/system/desk-settings.ts';
import { aFill, all } from '../contract/store-examples.ts';
import { aBoard, aRow, HOUR, NOON } from '../fixtures/market-rows.ts';
import { anEntry, cents, contracts, usd } from '../fixtures/trading-desk.ts';

const ticker = 'KXA-1-T1';
const config = makeConfig({ file: { mode: 'demo' } });

/** A demo book with four of ten contracts filled at 50 cents, the rest of the entry resting, and the bid at 38. */
async function halfFilled() {
  const store = memoryStore(() => NOON);
  const asked: string[] = [];
  const receipts: Partial<Record<string, Receipt>> = {};
  const say = (what: string, receipt: Receipt) => {
    asked.push(what);
    return Promise.resolve(receipts[what] ?? receipt);
  };
  const at = { orderId: 'o', at: NOON };
  const broker: Broker = {
    submit: (_, { purpose, count, action }: Approved) =>
      say(`${action} ${purpose}`, {
        ...at,
        state: action === 'buy' ? 'resting' : 'filled',
        filled: action === 'buy' ? contracts(4) : count,
      }),
    cancel: ({ filled }: OrderRecord) => say('cancel', { ...at, state: 'cancelled', filled }),
    amend: () => say('amend', { ...at, state: 'resting', filled: contracts(4) }),
    decrease: () => say('decrease', { ...at, state: 'resting', filled: contracts(4) }),
    cancelAll: async () => {},
    groups: { none: 'a test' },
  };
  const io: TradeIo = {
    ...deskSettings(config),
    store,
    broker,
    market: { quotes: async () => aBoard([aRow({ bid: cents(38), ask: cents(40) })]) },
    clock: { now: () => NOON, sleep: async () => {} },
    digest: sha256,
    mode: 'demo',
    view: strategyView(config, undefined),
    brokers: new Map([['demo', broker]]),
    shardOpen: () => true,
    withPast: (board) => board,
    record: async () => {},
  } as TradeIo;
  await store.ledger.append('demo', [{ kind: 'deposit', id: 'd', at: 0, amount: usd(1000) }]);
  const lease = await store.leases.acquire(tradeLease('demo'), 'before', NOON, NOON + LEASE_MS);
  if (!lease) throw new Error('the lease was not free');
  const entry = anEntry({ book: 'demo', decidedAt: NOON - HOUR }) as Approved;
  const { id } = await execute({ store, broker, clock: io.clock, digest: sha256 }, entry, lease, { limits: [] });
  await store.leases.release(lease);
  const origin = { intent: id, strategy: 'dips', purpose: 'entry' };
  await store.ledger.append('demo', [
    aFill('f', { book: 'demo', ticker, event: 'KXA-1', count: contracts(4), fee: usd(0), at: NOON - HOUR, origin }),
  ]);
  await store.ledger.setPeak('demo', usd(0));
  await store.records.put('watches', 'demo', {
    [watchKey('demo', ticker)]: { peak: cents(50), trigger: { reason: 'stop', since: NOON - HOUR } },
  });
  await keepSync(store, 'demo', { at: NOON, differences: [] });
  asked.length = 0;
  return { io, store, asked, receipts, id };
}

describe('a stop of a position whose entry still rests in part', () => {
  it('cancels the rest first and sells in the same tick', async () => {
    const { io, asked, id, store } = await halfFilled();
    const { cancelled, executed } = await trade(io, 'tick', []);
    expect(cancelled).toEqual([id]);
    expect(asked).toEqual(['cancel', 'sell exit']);
    const [exit] = await all(store.journal.read('demo', { subject: executed[0]?.id ?? '' }));
    const seen = { tick: 'tick', bid: 3_800, ask: 4_000, inputs: expect.stringMatching(/^[0-9a-f]{64}$/) };
    expect(exit).toMatchObject({ kind: 'exit', body: { reason: 'stop', approved: true, seen } });
    expect(executed).toMatchObject([{ order: { reason: 'stop', count: contracts(4) }, receipt: { state: 'filled' } }]);
  });

  it('sells nothing while nobody confirms that the rest is gone', async () => {
    const { io, asked, receipts, store } = await halfFilled();
    receipts.cancel = { state: 'unknown', detail: 'no answer', at: NOON };
    const { executed } = await trade(io, 'tick', []);
    expect(executed).toEqual([]);
    expect(asked).toEqual(['cancel']);
    expect(await store.orders.live('demo')).toMatchObject([{ state: 'unknown' }]);
  });
});
