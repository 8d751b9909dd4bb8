import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryStore } from '../../../shared/adapters/memory/memory-store.ts';
import type { Receipt } from '../../../shared/domain/order.ts';
import type { Lease, Store } from '../../../shared/ports/store.ts';
import { aDeposit, aFill, all, anIntent, aSettlement, contracts, usd } from '../../contract/store-examples.ts';
import { type LocalStores, localStores } from './local-store.ts';

let stores: LocalStores;
beforeAll(async () => {
  stores = await localStores();
});
afterAll(() => stores.stop());

/** What a caller does to a store, and what it is told. `lease` is the one acquired last. */
interface Step {
  readonly says: string;
  run(store: Store, lease: Lease, at: number): Promise<unknown>;
}

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const ticker = fc.constantFrom('KXA-1', 'KXA-2', 'KXB-1');
const state = fc.constantFrom('active', 'active', 'reducing', 'halted');
const small = fc.nat(6);
const step = (says: string, run: Step['run']): Step => ({ says, run });

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(id, ticker, fc.boolean(), small).map(([order, market, exit, room]) => reserving(order, market, exit, room)),
  },
  { weight: 2, arbitrary: id.map((order) => step(`send ${order}`, (store, _, at) => store.orders.markSent(order, at))) },
  { weight: 4, arbitrary: fc.tuple(id, small, small).map(([order, kind, filled]) => settling(order, kind, filled)) },
  fc.tuple(id).map(([order]) => step(`abandon ${order}`, (store, _, at) => store.orders.abandon(order, 'late', at))),
  id.map((order) => step(`miss ${order}`, (store, _, at) => store.orders.miss(order, at))),
  fc
    .tuple(ticker, small)
    .map(([market, amount]) =>
      step(`release ${market} ${amount}`, (store) =>
        store.orders.release('paper', { ticker: market, event: 'KXA', shard: 2 }, usd(amount * 300_000)),
      ),
    ),
  small.map((amount) =>
    step(`recount to ${amount}`, async (store) => {
      const { version } = await store.orders.counters('paper');
      return store.orders.recount('paper', new Map([['total', usd(amount * 500_000)]]), version - (amount % 2));
    }),
  ),
  fc
    .tuple(state, small)
    .map(([next, version]) =>
      step(`breaker ${next} over ${version}`, (store, _, at) =>
        store.breakers.write('paper', { state: next, since: at, by: 'me', version }, version),
      ),
    ),
  fc
    .tuple(id, ticker, small)
    .map(([entry, market, at]) =>
      step(`book ${entry} ${market}`, (store) =>
        store.ledger.append('paper', [
          aFill(`f-${entry}`, { ticker: market, at, side: at % 2 ? 'yes' : 'no' }),
          aDeposit(`d-${entry}`, 1000, at),
          aSettlement(`s-${at}`, market, at),
        ]),
      ),
    ),
  fc
    .tuple(id, small, small)
    .map(([key, amount, ceiling]) =>
      step(`add ${amount - 2} to ${key} within ${ceiling}`, (store) => store.records.addWithin('budget', key, amount - 2, ceiling)),
    ),
  fc
    .tuple(id, small, small)
    .map(([key, seen, next]) =>
      step(`swap ${key} ${seen} ${next}`, (store) => store.records.swap('alert', key, seen === 0 ? undefined : { n: seen }, { n: next })),
    ),
  fc.tuple(id, small).map(([tick, stale]) => step(`claim ${tick}`, (store, _, at) => store.runs.claim('scan', tick, at, stale * 10))),
  fc
    .tuple(id, small)
    .map(([tick, ago]) =>
      step(`finish ${tick}`, (store, _, at) => store.runs.finish({ job: 'scan', tick, startedAt: at - ago * 10, endedAt: at })),
    ),
);

function reserving(order: string, market: string, exit: boolean, room: number): Step {
  const intent = anIntent({ ticker: market, purpose: exit ? 'exit' : 'entry', count: contracts(300), risk: usd(1_000_001) });
  const limits = [{ counter: 'total', limit: usd(room * 1_000_000) }];
  return step(`reserve ${order} in ${market}${exit ? ' (exit)' : ''} within ${room}`, (store, lease, at) =>
    store.orders.reserve(order, { ...intent, decidedAt: at }, lease, limits, at),
  );
}

function settling(order: string, kind: number, filled: number): Step {
  const receipt = (at: number): Receipt => {
    if (kind === 0) return { state: 'unknown', detail: 'no answer', at };
    if (kind === 1) return { state: 'rejected', code: 'bad', detail: 'no.', fix: 'Ask less.', at };
    const known = (['resting', 'resting', 'resting', 'filled', 'cancelled'] as const)[kind - 2] ?? 'resting';
    return { state: known, orderId: 'o', filled: contracts(known === 'filled' ? 300 : filled * 40), at };
  };
  return step(`settle ${order} as ${receipt(0).state} ${filled}`, (store, _, at) => store.orders.settle(order, receipt(at)));
}

async function everything(store: Store) {
  return {
    live: await store.orders.live('paper'),
    recent: await store.orders.recent('paper', 10),
    counters: (await store.orders.counters('paper')).held,
    breaker: await store.breakers.read('paper'),
    head: await store.ledger.head('paper'),
    entries: await all(store.ledger.entries('paper')),
    trades: await store.ledger.trades('paper', 50),
    budget: await store.records.list('budget'),
    alerts: await store.records.list('alert'),
    runs: await store.runs.recent('scan', 50),
  };
}

describe('the store on DynamoDB', () => {
  it('answers every sequence of calls as the store in memory does, and remembers the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 20, maxLength: 45 }), fc.nat(3), async (sequence, losesLease) => {
        const [memory, dynamo] = [memoryStore(), await stores.make()];
        let lease: Lease = { name: 'trade', owner: 'w', token: 0, until: 0 };
        for (const [index, { says, run }] of sequence.entries()) {
          const at = 1000 + index * 10;
          if (index % 12 === losesLease) {
            const leases = await Promise.all([memory, dynamo].map((store) => store.leases.acquire('trade', 'w', at, at + 90)));
            expect(leases[1]).toEqual(leases[0]);
            if (leases[0]) lease = leases[0];
          }
          const held = lease;
          const [expected, answer] = await Promise.all([memory, dynamo].map((store) => run(store, held, at)));
          expect({ says, answer }).toEqual({ says, answer: expected });
        }
        expect(await everything(dynamo)).toEqual(await everything(memory));
      }),
      { numRuns: 12, seed: 18 },
    );
  });
});
