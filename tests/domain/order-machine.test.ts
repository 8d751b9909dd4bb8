import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Contracts, Usd } from '../../shared/domain/money.ts';
import type { Approved, OrderIntent, OrderRecord, Receipt } from '../../shared/domain/order.ts';
import { isLive, orderStates } from '../../shared/domain/order.ts';
import { abandoned, missed, reserved, sent, settled, unfilledRisk } from '../../shared/domain/order-machine.ts';

const intent = (changes: Partial<OrderIntent> = {}) => ({ purpose: 'entry', count: 300, risk: 1_000_001, ...changes }) as Approved;
const fresh = (changes: Partial<OrderIntent> = {}): OrderRecord => reserved('id', intent(changes), 7, 1000);
const said = (state: 'resting' | 'filled' | 'cancelled', filled: number): Receipt => ({
  state,
  orderId: 'o',
  filled: filled as Contracts,
  at: 2000,
});

describe('an order', () => {
  it('begins reserved, holding its whole risk; an exit holds nothing', () => {
    expect(fresh()).toEqual({ id: 'id', intent: intent(), state: 'reserved', updatedAt: 1000, filled: 0, held: 1_000_001, token: 7 });
    expect(fresh({ purpose: 'exit' }).held).toBe(0);
  });

  it('is sent from reserved only', () => {
    expect(sent(fresh(), 1100)).toEqual({ ...fresh(), state: 'sent', sentAt: 1100, updatedAt: 1100 });
    for (const state of orderStates.filter((each) => each !== 'reserved')) expect(sent({ ...fresh(), state }, 1100)).toBeUndefined();
  });

  it('is abandoned from reserved only, freeing everything', () => {
    expect(abandoned(fresh(), 'late', 1100)).toEqual({
      record: { ...fresh(), state: 'abandoned', detail: 'late', updatedAt: 1100, held: 0 },
      freed: 1_000_001,
    });
    for (const state of orderStates.filter((each) => each !== 'reserved'))
      expect(abandoned({ ...fresh(), state }, 'late', 1100)).toBeUndefined();
  });

  it('does not change once it has ended', () => {
    for (const state of orderStates.filter((each) => !isLive(each))) {
      expect(settled({ ...fresh(), state }, said('filled', 300))).toBeUndefined();
      expect(missed({ ...fresh(), state }, 1)).toBeUndefined();
    }
  });

  it('keeps what the exchange said of it', () => {
    const detail = settled(fresh(), { ...said('cancelled', 0), detail: 'expired' } as Receipt);
    expect(detail?.record).toMatchObject({ state: 'cancelled', orderId: 'o', detail: 'expired', updatedAt: 2000 });
    expect(settled({ ...fresh(), detail: 'before' }, said('resting', 0))?.record.detail).toBe('before');
  });

  it('rounds what is filled up and what is unfilled down', () => {
    expect(unfilledRisk(intent(), 0)).toBe(1_000_001);
    expect(unfilledRisk(intent(), 100)).toBe(666_667);
    expect(unfilledRisk(intent(), 299)).toBe(3_333);
    expect(unfilledRisk(intent(), 300)).toBe(0);
    expect(unfilledRisk(intent(), 301)).toBe(0);
  });

  it('is exact where doubles are not', () => {
    const risk = 9_007_199_254_740_991 as Usd;
    expect(unfilledRisk(intent({ risk, count: 1_000_003 as Contracts }), 1)).toBe(9_007_190_247_568_757);
  });

  it('forgets what it was missed once it is found', () => {
    const lost = missed(missed(fresh(), 1500) ?? fresh(), 1600);
    expect(lost).toEqual({ ...fresh(), misses: 2, firstMissAt: 1500, lastMissAt: 1600 });
    expect(lost && missed(lost, 1600)).toBeUndefined();
    const found = lost && settled(lost, said('resting', 0))?.record;
    expect(Object.keys(found ?? {}).filter((key) => /miss/i.test(key))).toEqual([]);
    expect(lost && settled(lost, { state: 'unknown', detail: 'still', at: 1700 })?.record).toMatchObject({ misses: 2 });
  });

  it('holds and frees, whatever is said and in whatever order, exactly its risk', () => {
    const receipts = fc.array(
      fc.oneof(
        fc.tuple(fc.constantFrom('resting', 'filled', 'cancelled'), fc.nat(300)).map(([state, filled]) => said(state as 'resting', filled)),
        fc.constant<Receipt>({ state: 'unknown', detail: '', at: 2000 }),
        fc.constant<Receipt>({ state: 'rejected', code: 'c', detail: 'd', fix: 'f', at: 2000 }),
      ),
    );
    fc.assert(
      fc.property(receipts, fc.integer({ min: 0, max: 10_000_000 }), (sequence, risk) => {
        let record = fresh({ risk: risk as Usd });
        let counted = risk;
        for (const receipt of sequence) {
          const change = settled(record, receipt);
          if (!change) continue;
          expect(change.record.filled).toBeGreaterThanOrEqual(record.filled);
          counted -= change.freed;
          record = change.record;
          const filledPart = risk - unfilledRisk(record.intent, record.filled);
          expect(counted).toBe(isLive(record.state) ? risk : filledPart);
          expect(record.held).toBe(isLive(record.state) ? risk - filledPart : 0);
        }
      }),
    );
  });
});
