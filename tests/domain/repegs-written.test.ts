import { describe, expect, it } from 'vitest';
import type { Receipt } from '../../shared/domain/order.ts';
import { repegSent, settled } from '../../shared/domain/order-machine.ts';
import { NOON } from '../fixtures/market-rows.ts';
import { anEntry, aRestingEntry, cents, contracts } from '../fixtures/trading-desk.ts';

const rests = (price?: number): Receipt => ({
  ...{ state: 'resting', orderId: 'o-1', filled: contracts(0), at: NOON },
  ...(price === undefined ? {} : { price: cents(price) }),
});

describe('a re-peg', () => {
  it('is written before it is sent, for an order that rests and may be re-pegged, and for no other', () => {
    expect(repegSent(aRestingEntry(), cents(51), NOON)).toMatchObject({ repegs: { count: 1, at: NOON, pending: 5_100 }, updatedAt: NOON });
    for (const state of ['reserved', 'sent', 'unknown', 'filled'] as const)
      expect(repegSent(aRestingEntry({ state }), cents(51), NOON)).toBeUndefined();
    expect(repegSent({ ...aRestingEntry(), intent: anEntry() }, cents(51), NOON)).toBeUndefined();
  });

  it('is over when somebody says where the order rests, and stays open until then', () => {
    const open = aRestingEntry({ repegs: { count: 1, at: NOON - 1, pending: cents(51) } });
    expect(settled(open, rests())?.record.repegs).toEqual({ count: 1, at: NOON - 1, pending: 5_100 });
    expect(settled(open, rests(51))?.record).toMatchObject({ price: 5_100, repegs: { count: 1, at: NOON - 1 } });
    expect(settled(open, rests(51))?.record.repegs).not.toHaveProperty('pending');
  });

  it('is not made of an order that was never re-pegged, nor of a price that nobody says', () => {
    expect(settled(aRestingEntry(), rests(50))?.record).not.toHaveProperty('price');
    expect(settled(aRestingEntry(), rests(50))?.record).not.toHaveProperty('repegs');
    const done = aRestingEntry({ price: cents(51), repegs: { count: 1, at: NOON - 1 } });
    expect(settled(done, rests())?.record).toMatchObject({ price: 5_100, repegs: { count: 1, at: NOON - 1 } });
  });
});
