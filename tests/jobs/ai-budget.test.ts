import { beforeEach, describe, expect, it } from 'vitest';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import type { AiCaps } from '../../shared/domain/ai-budget.ts';
import { simulatedName } from '../../shared/domain/ai-budget.ts';
import type { Usd } from '../../shared/domain/money.ts';
import type { BudgetIo, PlannedCall, Reservation } from '../../shared/jobs/ai-budget.ts';
import {
  CALLS,
  expireReservations,
  lookBack,
  RESERVATION_LEASE,
  reserveCall,
  SIMULATED_SPEND,
  SPEND,
  settleCall,
  spending,
} from '../../shared/jobs/ai-budget.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const usd = (micro: number) => micro as Usd;
const caps: AiCaps = { perCall: usd(400), perMarketDay: usd(700), perStrategyDay: usd(900), perDay: usd(1000), perMonth: usd(5000) };
let io: BudgetIo;
let nonce = 0;
beforeEach(() => {
  io = { records: memoryStore().records, caps, nonce: () => `n${nonce++}` };
});

const call = (estimate: number | undefined, change: Partial<PlannedCall> = {}): PlannedCall => ({
  ...{ ticker: 'T-1', strategy: 'directional', purpose: 'forecast', model: 'grok-4.7', estimate: estimate as Usd },
  ...change,
});
const reserve = async (estimate: number, change: Partial<PlannedCall> = {}): Promise<Reservation> => {
  const reserved = await reserveCall(io, call(estimate, change), now);
  return reserved.ok ? reserved.reservation : expect.fail(reserved.detail);
};
const outcome = (cost: number | undefined) => ({
  cost: cost as Usd,
  answered: 'grok-4.7',
  outcome: 'answered',
  usage: undefined,
  seconds: 1,
});
const day = () => io.records.get(SPEND, 'day|2026-11-20');

describe('the AI budget', () => {
  it('reserves the estimate and settles the cost', async () => {
    const reservation = await reserve(300);
    expect(await day()).toBe(300);
    expect(await settleCall(io, reservation, outcome(120))).toBe(120);
    expect(await day()).toBe(120);
    expect(await io.records.get(SPEND, 'month|2026-11')).toBe(120);
    expect(await io.records.get(CALLS, reservation.key)).toMatchObject({ state: 'settled', cost: 120, answered: 'grok-4.7' });
  });

  it('keeps what simulated models spend apart from real money, under the same caps', async () => {
    const model = simulatedName('grok-4.7');
    await settleCall(io, await reserve(300, { model }), outcome(650));
    expect([await day(), await io.records.get(SIMULATED_SPEND, 'day|2026-11-20')]).toEqual([undefined, 650]);
    expect(await reserveCall(io, call(300, { model }), now)).toMatchObject({ ok: false, why: 'market' });
    expect((await reserveCall(io, call(300), now)).ok).toBe(true);
    expect((await spending(io, { ...call(0), model }, now)).state).toBe('saving');
  });

  it('does not write down what costs nothing, unless it did cost something', async () => {
    expect(await settleCall(io, await reserve(0), outcome(0))).toBe(0);
    expect(await io.records.list(CALLS)).toEqual([]);
    expect(await day()).toBeUndefined();
    await settleCall(io, await reserve(0), outcome(7));
    expect(await io.records.list(CALLS)).toMatchObject([{ body: { state: 'settled', cost: 7 } }]);
  });

  it('spends the whole estimate when nobody can say what a call cost', async () => {
    expect(await settleCall(io, await reserve(300), outcome(undefined))).toBe(300);
    expect(await day()).toBe(300);
  });

  it('records a cost above the estimate, even above the cap: it is spent', async () => {
    await settleCall(io, await reserve(300), outcome(1_200));
    expect(await day()).toBe(1_200);
    expect(await reserveCall(io, call(1), now)).toMatchObject({ ok: false, why: 'market' });
  });

  it('refuses a model without a price, a dear call, a full market, strategy, day and month', async () => {
    expect(await reserveCall(io, call(undefined), now)).toMatchObject({
      ok: false,
      why: 'unknown-price',
      detail: expect.stringContaining('Fix:'),
    });
    expect(await reserveCall(io, call(401), now)).toMatchObject({ ok: false, why: 'call' });
    await reserve(400);
    expect(await reserveCall(io, call(301), now)).toMatchObject({ ok: false, why: 'market' });
    await reserve(400, { ticker: 'T-2' });
    expect(await reserveCall(io, call(101, { ticker: 'T-3' }), now)).toMatchObject({ ok: false, why: 'strategy' });
    expect(await reserveCall(io, call(201, { ticker: undefined, strategy: 'analysis' }), now)).toMatchObject({ ok: false, why: 'day' });
    await io.records.addWithin(SPEND, 'month|2026-11', 4_150, 9_999);
    expect(await reserveCall(io, call(100, { ticker: undefined, strategy: 'analysis' }), now)).toMatchObject({ ok: false, why: 'month' });
  });

  it('leaves no counter raised by a call it refused', async () => {
    await reserve(400);
    await reserve(300, { ticker: 'T-2' });
    await reserveCall(io, call(400, { ticker: 'T-3' }), now);
    expect(await io.records.get(SPEND, 'market|2026-11-20|T-3')).toBe(0);
    expect(await io.records.get(SPEND, 'strategy|2026-11-20|directional')).toBe(700);
    expect(await day()).toBe(700);
  });

  it('cannot be overspent by runs at the same time', async () => {
    const all = await Promise.all(
      Array.from({ length: 30 }, (_, i) => reserveCall(io, call(100, { ticker: `T-${i}`, strategy: `s${i}` }), now)),
    );
    expect(all.filter(({ ok }) => ok)).toHaveLength(10);
    expect(await day()).toBe(1000);
  });

  it('gives back what a dead run had reserved, once, and charges it anew if it was alive after all', async () => {
    const reservation = await reserve(300);
    const later = now + RESERVATION_LEASE;
    expect(await expireReservations(io, later - 1, lookBack.forecast)).toBe(0);
    const found = await Promise.all([0, 1].map(() => expireReservations(io, later + 1, lookBack.forecast)));
    expect(new Set(found)).toEqual(new Set([0, 1]));
    expect(await day()).toBe(0);
    await settleCall(io, reservation, outcome(200));
    expect(await day()).toBe(200);
    expect(await io.records.get(CALLS, reservation.key)).toMatchObject({ state: 'settled', cost: 200 });
  });

  it('gives back at night what died while nobody looked', async () => {
    await reserve(300);
    const later = now + 10 * RESERVATION_LEASE;
    expect(await expireReservations(io, later, lookBack.forecast)).toBe(0);
    expect(await expireReservations(io, later, lookBack.night)).toBe(1);
  });

  it('shows what is spent and what may still be asked', async () => {
    await reserve(400);
    expect(await spending(io, call(0), now)).toMatchObject({
      state: 'open',
      budgets: [{ name: 'market', spent: 400, cap: 700 }, {}, { name: 'day', spent: 400 }, {}],
    });
    await reserve(100);
    expect((await spending(io, call(0), now)).state).toBe('saving');
    await reserve(200);
    expect((await spending(io, call(0), now)).state).toBe('stopped');
    expect((await spending(io, call(0, { ticker: 'T-9' }), now)).state).toBe('saving');
  });
});
