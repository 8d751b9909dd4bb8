import { describe, expect, it } from 'vitest';
import { sha256 } from '../../shared/adapters/crypto/sha256.ts';
import type { Usd } from '../../shared/domain/money.ts';
import type { LastDecision } from '../../shared/jobs/last-decision.ts';
import { sync } from '../../shared/jobs/sync.ts';
import { applyTrip } from '../../shared/jobs/trip-breaker.ts';
import { isIntact } from '../../shared/jobs/write-journal.ts';
import { all } from '../contract/store-examples.ts';
import { hourly, paperDesk } from '../fixtures/paper-desk.ts';

/** A day at 60 cents, a fall to 50, a dip under the resting order, a recovery. */
const fall = [...Array.from({ length: 25 }, () => 60), 50, 47, 55, 55, 55];
const FALLEN = 26;

async function atTheFall(settings: unknown = {}) {
  const desk = paperDesk(hourly(fall), settings);
  await desk.advance(FALLEN);
  await desk.syncNow();
  return desk;
}

describe('a desk on paper', () => {
  it('buys a fall, fills when the price runs through, sells the recovery, and its books say so', async () => {
    const desk = await atTheFall();
    const { executed } = await desk.tradeNow();
    expect(executed).toMatchObject([{ order: { side: 'yes', action: 'buy', price: 5_000 }, receipt: { state: 'resting' } }]);
    await desk.advance();
    expect((await desk.syncNow()).fills).toMatchObject([{ price: 5_000, role: 'maker', fee: 0, origin: { strategy: 'dips' } }]);
    await desk.tradeNow();
    await desk.advance();
    await desk.tradeNow();
    await desk.advance();
    const sold = await desk.tradeNow();
    expect(sold.executed).toMatchObject([
      { order: { action: 'sell', reason: 'recovery', reduceOnly: true }, receipt: { state: 'filled' } },
    ]);
    const { closed, differences } = await desk.syncNow();
    expect(differences).toEqual([]);
    expect(closed).toMatchObject([{ exit: 'recovery', strategy: 'dips' }]);
    expect(closed[0]?.pnl).toBeGreaterThan(0);
  });

  it('makes one order of one tick, however often it is run', async () => {
    const desk = await atTheFall();
    const [first, second] = [await desk.tradeNow('tick'), await desk.tradeNow('tick')];
    expect(first.executed).toHaveLength(1);
    expect(second.executed.filter((one) => 'receipt' in one)).toEqual([]);
    expect(await desk.store.orders.live('paper')).toHaveLength(1);
    expect(await desk.paper.orders({ resting: true })).toHaveLength(1);
  });

  it('re-pegs what was outbid by amending the one order, and not past its ceiling', async () => {
    const desk = paperDesk(hourly([...fall.slice(0, FALLEN), 51, 52, 53, 54]), {
      strategies: { dips: { goodForMinutes: 600, minDrop: 0.05 } },
    });
    await desk.advance(FALLEN);
    await desk.syncNow();
    const { executed } = await desk.tradeNow();
    const prices: (number | undefined)[] = [];
    const [id] = executed.map((one) => one.id);
    for (let hour = 0; hour < 4; hour++) {
      await desk.advance();
      await desk.syncNow();
      const { amended } = await desk.tradeNow();
      prices.push(...amended.map(({ repeg }) => repeg.to));
    }
    expect(prices).toEqual([5_200]);
    const decisions = (await desk.store.records.list('decision')).map(({ body }) => (body as LastDecision).repegged);
    expect(decisions).toContain(1);
    const orders = await desk.paper.orders({});
    expect(orders).toMatchObject([{ clientOrderId: id, price: 5_200, status: 'resting' }]);
    expect(await desk.store.orders.get(id ?? '')).toMatchObject({ price: 5_200, repegs: { count: 1 }, intent: { price: 5_000 } });
    const journal = await all(desk.store.journal.read('paper', { subject: id ?? '' }));
    expect(journal.map(({ kind }) => kind)).toEqual(['decision', 'intent', 'receipt', 're-peg', 'amend']);
    expect((await all(desk.store.journal.read('paper'))).every((entry) => isIntact(entry, sha256))).toBe(true);
  });

  it('makes one order when two runs of a tick meet', async () => {
    const desk = await atTheFall();
    await Promise.allSettled([desk.tradeNow('tick'), desk.tradeNow('tick'), desk.tradeNow('tick')]);
    expect(await desk.paper.orders({})).toHaveLength(1);
  });

  it('books what it reads once, however often it syncs', async () => {
    const desk = await atTheFall();
    await desk.tradeNow();
    await desk.advance();
    const [first, second] = [await desk.syncNow(), await desk.syncNow()];
    expect(first.fills).toHaveLength(1);
    expect(second.fills).toEqual([]);
    const { ledger } = await desk.store.ledger.head('paper');
    const [position] = ledger.positions.values();
    expect((await desk.store.orders.counters('paper')).held.get('total')).toBe((position?.cost ?? 0) + (position?.fees ?? 0));
  });

  it('cancels an order whose reason is gone, and frees its money', async () => {
    const desk = paperDesk(hourly([...fall.slice(0, FALLEN), 57]));
    await desk.advance(FALLEN);
    await desk.syncNow();
    await desk.tradeNow();
    await desk.advance();
    expect((await desk.tradeNow()).cancelled).toHaveLength(1);
    await desk.syncNow();
    expect(await desk.store.orders.live('paper')).toEqual([]);
    expect((await desk.store.orders.counters('paper')).held.size).toBe(0);
  });

  it('enters nothing and cancels what rests once it is halted, and still sells', async () => {
    const desk = await atTheFall();
    await desk.tradeNow();
    await desk.advance();
    await desk.syncNow();
    await applyTrip({ store: desk.store, digest: sha256 }, 'paper', { cause: 'by-hand', detail: 'test' }, desk.clock.now());
    await desk.tradeNow();
    await desk.advance();
    await desk.tradeNow();
    await desk.advance();
    expect((await desk.tradeNow()).executed).toMatchObject([{ order: { purpose: 'exit' }, receipt: { state: 'filled' } }]);

    const other = await atTheFall();
    await other.tradeNow();
    await applyTrip({ store: other.store, digest: sha256 }, 'paper', { cause: 'by-hand', detail: 'test' }, other.clock.now());
    const { executed, cancelled } = await other.tradeNow('next');
    expect({ executed, cancelled: cancelled.length }).toEqual({ executed: [], cancelled: 1 });
    expect(await other.paper.orders({ resting: true })).toEqual([]);
  });

  it('writes down every decision and what became of it, in a chain that breaks when it is touched', async () => {
    const desk = await atTheFall();
    const [order] = (await desk.tradeNow()).executed;
    await desk.advance();
    await desk.syncNow();
    const journal = await all(desk.store.journal.read('paper'));
    const story = journal.filter(({ subject }) => subject === order?.id).map(({ kind }) => kind);
    expect(story).toEqual(['decision', 'intent', 'receipt', 'fill']);
    expect(journal.every((entry) => isIntact(entry, sha256))).toBe(true);
    expect(journal.map(({ previous }) => previous).slice(1)).toEqual(journal.slice(0, -1).map(({ hash }) => hash));
    const [first] = journal;
    expect(first && isIntact({ ...first, body: { forged: true } }, sha256)).toBe(false);
  });

  it('halts when the account and the ledger differ, and says by how much', async () => {
    const desk = await atTheFall();
    let now = desk.clock.now();
    const clock = {
      now: () => now,
      sleep: async (ms: number) => {
        now += ms;
      },
    };
    const empty = { total: 0 as Usd, byShard: new Map<number, Usd>() };
    const account = { ...desk.paper, balance: async () => empty, userDataAsOf: async () => now };
    const { differences, breaker } = await sync({ ...desk.sync, account, clock }, 'paper');
    expect(differences).toEqual([{ what: 'cash', ledger: 1_000_000_000, exchange: 0 }]);
    expect(breaker).toMatchObject({ state: 'halted', cause: 'reconciliation' });
  });

  it('pays what a market resolved to, and forgets the position', async () => {
    const outcome = { ticker: 'KXA-1-T1', result: 'yes', yesValue: 1_000_000, settledAt: Date.parse('2026-03-05T20:00:00Z') } as const;
    const recording = hourly([...fall.slice(0, FALLEN + 1), 47], {}, [{ ...outcome, yesValue: outcome.yesValue as never }]);
    const desk = paperDesk(recording);
    await desk.advance(FALLEN);
    await desk.syncNow();
    await desk.tradeNow();
    await desk.advance();
    await desk.syncNow();
    await desk.advance();
    const { settlements, closed } = await desk.syncNow();
    expect(settlements).toBe(1);
    expect(closed).toMatchObject([{ exit: 'settled' }]);
    const { ledger } = await desk.store.ledger.head('paper');
    expect(ledger.positions.size).toBe(0);
    expect(ledger.payouts).toBe((closed[0]?.count ?? 0) * 10_000);
  });

  it('halts in a replay too when ledger and account disagree: its clock moves while a second look is waited for', async () => {
    const desk = await atTheFall();
    await desk.store.ledger.append('paper', [{ kind: 'deposit', id: 'nobody', at: desk.clock.now(), amount: 1_000_000 as Usd }]);
    const { differences, breaker } = await desk.syncNow();
    expect(differences).toMatchObject([{ what: 'cash' }]);
    expect(breaker).toMatchObject({ state: 'halted', cause: 'reconciliation' });
  });
});
