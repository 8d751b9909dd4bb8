import { describe, expect, it } from 'vitest';
import type { Contracts, Price, Usd } from '../../shared/domain/money.ts';
import type { Approved, ApprovedRepeg } from '../../shared/domain/order.ts';
import { LEASE_MS } from '../../shared/jobs/execute.ts';
import { sync } from '../../shared/jobs/sync.ts';
import { applyTrip } from '../../shared/jobs/trip-breaker.ts';
import type { ExchangeFill, ExchangeOrder } from '../../shared/ports/exchange.ts';
import { ExchangeError } from '../../shared/ports/exchange-error.ts';
import { NOON } from '../fixtures/market-rows.ts';
import { scriptedAccount } from '../fixtures/scripted-account.ts';
import { anEntry, aRepeg } from '../fixtures/trading-desk.ts';

const MINUTE = 60_000;
const terms = { type: 'quadratic', multiplier: 10_000 } as const;

function anOrder(changes: Partial<ExchangeOrder> = {}): ExchangeOrder {
  const base = { orderId: 'o-1', clientOrderId: 'k1-a', ticker: 'KXA-1-T1', side: 'yes', status: 'resting', createdAt: NOON } as const;
  return { ...base, price: 5_000 as Price, filled: 0 as Contracts, remaining: 1_000 as Contracts, ...changes };
}

function aFill(changes: Partial<ExchangeFill> = {}): ExchangeFill {
  const base = { id: 'f-1', at: NOON + 1, orderId: 'o-1', ticker: 'KXA-1-T1', side: 'yes', action: 'buy', role: 'maker' } as const;
  return { ...base, price: 5_000 as Price, count: 400 as Contracts, fee: 0 as Usd, ...changes };
}

/** A desk that has synced once and then reserved, and maybe sent, one order. */
async function deskWithOrder(state: 'reserved' | 'sent' | 'resting') {
  const desk = scriptedAccount();
  await sync(desk.io, 'demo');
  const { store, clock } = desk;
  const lease = await store.leases.acquire('trade:demo', 'test', clock.now(), clock.now() + LEASE_MS);
  if (!lease) throw new Error('the lease was not free');
  await store.orders.reserve(
    'k1-a',
    { ...anEntry({ book: 'demo', repeg: { ceiling: 5_200 as Price, times: 3 } }), feeTerms: terms } as Approved,
    lease,
    [],
    clock.now(),
  );
  if (state !== 'reserved') await store.orders.markSent('k1-a', clock.now());
  if (state === 'resting') await store.orders.settle('k1-a', { state: 'resting', orderId: 'o-1', filled: 0 as Contracts, at: clock.now() });
  const stateNow = async () => (await store.orders.get('k1-a'))?.state;
  return { ...desk, stateNow };
}

/** The same, with a re-peg to 51 cents that was written as sent. */
async function deskWithRepeg() {
  const desk = await deskWithOrder('resting');
  const { store, clock } = desk;
  const lease = await store.leases.acquire('trade:demo', 'test', clock.now(), clock.now() + LEASE_MS);
  if (!lease) throw new Error('the lease was not free');
  await store.orders.repeg(aRepeg({ id: 'k1-a', book: 'demo' }) as ApprovedRepeg, lease, clock.now());
  return { ...desk, repegged: () => store.orders.get('k1-a') };
}

describe('an order whose answer was lost', () => {
  it('is what the exchange lists it as', async () => {
    const { io, said, stateNow } = await deskWithOrder('sent');
    said.orders = [anOrder()];
    await sync(io, 'demo');
    expect(await stateNow()).toBe('resting');
  });

  it('was never placed only when five looks over a minute, of data newer than its lease, do not find it', async () => {
    const { io, clock, stateNow, store } = await deskWithOrder('sent');
    await sync(io, 'demo');
    expect((await store.orders.get('k1-a'))?.misses).toBeUndefined();
    await clock.sleep(LEASE_MS);
    await sync(io, 'demo');
    expect([await stateNow(), (await store.orders.get('k1-a'))?.misses]).toEqual(['sent', 3]);
    await clock.sleep(MINUTE);
    await sync(io, 'demo');
    expect(await stateNow()).toBe('rejected');
    expect((await store.orders.counters('demo')).held.size).toBe(0);
  });

  it('is not given up while reads are older than it', async () => {
    const { io, clock, said, stateNow } = await deskWithOrder('sent');
    said.lag = 3_600_000;
    for (let look = 0; look < 6; look++) {
      await clock.sleep(5 * MINUTE);
      await sync(io, 'demo');
    }
    expect(await stateNow()).toBe('sent');
  });

  it('is not given up while the market holds what it could have bought', async () => {
    const { io, clock, said, stateNow } = await deskWithOrder('sent');
    said.positions = [{ ticker: 'KXA-1-T1', shard: 0, yesCount: 1_000 }];
    for (let look = 0; look < 6; look++) {
      await clock.sleep(5 * MINUTE);
      await sync(io, 'demo');
    }
    expect(await stateNow()).toBe('sent');
  });

  it('that was re-pegged rests where the exchange lists it, once what was read would show the new price', async () => {
    const { io, clock, said, store, repegged } = await deskWithRepeg();
    await store.orders.settle('k1-a', { state: 'unknown', detail: 'timed out', at: clock.now() });
    said.orders = [anOrder()];
    await sync(io, 'demo');
    expect(await repegged()).toMatchObject({ state: 'unknown', repegs: { pending: 5_100 } });
    await clock.sleep(LEASE_MS);
    said.lag = LEASE_MS;
    await sync(io, 'demo');
    expect(await repegged()).toMatchObject({ state: 'unknown' });
    said.lag = 0;
    await sync(io, 'demo');
    expect(await repegged()).toMatchObject({ state: 'resting', price: 5_000, repegs: { count: 1 } });
  });

  it('that was re-pegged rests at the new price as soon as it is listed there, whatever older reads say later', async () => {
    const { io, said, repegged } = await deskWithRepeg();
    said.orders = [anOrder({ price: 5_100 as Price })];
    await sync(io, 'demo');
    expect(await repegged()).toMatchObject({ state: 'resting', price: 5_100, repegs: { count: 1 } });
    said.orders = [anOrder()];
    await sync(io, 'demo');
    expect(await repegged()).toMatchObject({ price: 5_100 });
  });

  it('that was reserved and never sent is given up after its lease, not before', async () => {
    const { io, clock, stateNow } = await deskWithOrder('reserved');
    await sync(io, 'demo');
    expect(await stateNow()).toBe('reserved');
    await clock.sleep(LEASE_MS);
    await sync(io, 'demo');
    expect(await stateNow()).toBe('abandoned');
  });
});

describe('a sync', () => {
  it('opens a book with the cash that the account has, once', async () => {
    const { io, store } = scriptedAccount();
    await sync(io, 'demo');
    await sync(io, 'demo');
    expect((await store.ledger.head('demo')).ledger).toMatchObject({ cash: 1_000_000_000, deposits: 1_000_000_000 });
  });

  it('does not open a book while orders rest, for they hide cash', async () => {
    const { io, said } = scriptedAccount();
    said.orders = [anOrder({ clientOrderId: 'by-hand' })];
    await expect(sync(io, 'demo')).rejects.toThrow('cancel them on the exchange');
  });

  it('counts what an order reports filled before the ledger knows the fill', async () => {
    const { io, said, store } = await deskWithOrder('resting');
    said.orders = [anOrder({ filled: 400 as Contracts, remaining: 600 as Contracts })];
    await sync(io, 'demo');
    expect((await store.orders.counters('demo')).held.get('total')).toBe(5_000_000);
    said.fills = [aFill()];
    said.positions = [{ ticker: 'KXA-1-T1', shard: 0, yesCount: 400 }];
    said.cash = (1_000_000_000 - 5_000_000) as Usd;
    await sync(io, 'demo');
    expect((await store.orders.counters('demo')).held.get('total')).toBe(5_000_000);
  });

  it('tells fills of ours from those made by hand, by the client id of their order', async () => {
    const { io, said, store } = await deskWithOrder('sent');
    said.orders = [anOrder(), anOrder({ orderId: 'o-2', clientOrderId: 'by-hand', ticker: 'KXB-1-T1', status: 'executed' })];
    said.fills = [aFill(), aFill({ id: 'f-2', orderId: 'o-2', ticker: 'KXB-1-T1' })];
    said.positions = [
      { ticker: 'KXA-1-T1', shard: 0, yesCount: 400 },
      { ticker: 'KXB-1-T1', shard: 0, yesCount: 400 },
    ];
    said.cash = 993_000_000 as Usd;
    const { fills } = await sync(io, 'demo');
    expect(fills.map(({ origin }) => origin?.intent)).toEqual(['k1-a', undefined]);
    const { positions } = (await store.ledger.head('demo')).ledger;
    expect([...positions.values()].map(({ strategy }) => strategy)).toEqual(['dips', undefined]);
  });

  it('halts on a difference that two looks agree on, and not on one that was on its way', async () => {
    const { io, said, store } = scriptedAccount();
    await sync(io, 'demo');
    said.positions = [{ ticker: 'KXA-1-T1', shard: 0, yesCount: 400 }];
    const sleep = async (ms: number) => {
      said.positions = [];
      await io.clock.sleep(ms);
    };
    expect((await sync({ ...io, clock: { ...io.clock, sleep } }, 'demo')).differences).toEqual([]);
    said.positions = [{ ticker: 'KXA-1-T1', shard: 0, yesCount: 400 }];
    expect((await sync(io, 'demo')).differences).toMatchObject([{ ticker: 'KXA-1-T1', ledger: 0, exchange: 400, fills: 0 }]);
    expect(await store.breakers.read('demo')).toMatchObject({ state: 'halted', cause: 'reconciliation' });
  });

  it('halts when an order was charged a cent more than computed', async () => {
    const { io, said, store } = await deskWithOrder('sent');
    said.orders = [anOrder()];
    said.fills = [aFill({ fee: 10_001 as Usd })];
    said.positions = [{ ticker: 'KXA-1-T1', shard: 0, yesCount: 400 }];
    said.cash = (998_000_000 - 10_001) as Usd;
    await sync(io, 'demo');
    expect(await store.breakers.read('demo')).toMatchObject({ state: 'halted', cause: 'fee-divergence' });
  });

  it('reduces when the account cannot be read, only syncs after a gap, and goes on after one clean sync', async () => {
    const { io, said, store, clock } = scriptedAccount();
    await sync(io, 'demo');
    said.failing = new ExchangeError('down', { outcome: 'unknown', code: 'timed_out', fix: 'wait' });
    await expect(sync(io, 'demo')).rejects.toThrow('down');
    expect(await store.breakers.read('demo')).toMatchObject({ state: 'reducing', cause: 'outage' });
    said.failing = undefined;
    await clock.sleep(30 * MINUTE);
    await sync(io, 'demo');
    expect(await store.breakers.read('demo')).toMatchObject({ state: 'reducing', cause: 'gap' });
    await sync(io, 'demo');
    expect((await store.breakers.read('demo')).state).toBe('active');
  });

  it('books what the exchange paid for a settlement', async () => {
    const { io, said, store } = await deskWithOrder('sent');
    said.orders = [anOrder({ status: 'canceled', filled: 400 as Contracts })];
    said.fills = [aFill()];
    said.settlements = [{ id: 's', ticker: 'KXA-1-T1', yesValue: 330_000 as Usd, at: NOON + 2, revenue: 1_340_000 as Usd }];
    said.cash = (1_000_000_000 - 2_000_000 + 1_340_000) as Usd;
    const { differences, closed } = await sync(io, 'demo');
    expect(differences).toEqual([]);
    expect(closed).toMatchObject([{ exit: 'settled', pnl: -660_000 }]);
    expect((await store.ledger.head('demo')).ledger.payouts).toBe(1_340_000);
  });

  it('leaves a pause by hand to a person, whatever else reduces meanwhile', async () => {
    const { io, store } = scriptedAccount();
    await applyTrip(io, 'demo', { cause: 'paused-by-hand', detail: 'lunch' }, NOON);
    await applyTrip(io, 'demo', { cause: 'outage', detail: 'down' }, NOON + 1);
    await sync(io, 'demo');
    expect(await store.breakers.read('demo')).toMatchObject({ state: 'reducing', cause: 'paused-by-hand' });
  });
});
