import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Quote } from '../../../shared/domain/board.ts';
import type { Contracts, Price } from '../../../shared/domain/money.ts';
import { crosses, makerFill, takerFill } from '../../../shared/domain/paper/paper-fill.ts';
import { NOON } from '../../fixtures/market-rows.ts';
import { cents, contracts } from '../../fixtures/trading-desk.ts';

const quote = (bid: number | undefined, ask: number | undefined, size?: number): Quote => ({
  at: NOON,
  bid: bid === undefined ? undefined : cents(bid),
  ask: ask === undefined ? undefined : cents(ask),
  bidSize: size === undefined ? undefined : contracts(size),
  askSize: size === undefined ? undefined : contracts(size),
});
const buy = { action: 'buy', price: cents(50), count: contracts(10), postOnly: false, timeInForce: 'immediate_or_cancel' } as const;
const sell = { ...buy, action: 'sell' } as const;

describe('a taker on paper', () => {
  it('gets what is quoted, at the quote, up to the size displayed', () => {
    expect(takerFill(buy, quote(48, 49, 4), true)).toEqual({ price: 4_900, count: 400, role: 'taker' });
    expect(takerFill(sell, quote(51, 53, 40), true)).toEqual({ price: 5_100, count: 1_000, role: 'taker' });
    expect(takerFill(buy, quote(48, 49), false)).toEqual({ price: 4_900, count: 1_000, role: 'taker' });
  });

  it('gets nothing beyond its limit, from nobody, or where the size is unknown', () => {
    expect(takerFill(buy, quote(49, 51, 40), true)).toBeUndefined();
    expect(takerFill(buy, quote(49, undefined, 40), true)).toBeUndefined();
    expect(takerFill(buy, quote(48, 49), true)).toBeUndefined();
  });

  it('gets all or nothing if it says so', () => {
    expect(takerFill({ ...buy, timeInForce: 'fill_or_kill' }, quote(48, 50, 9), true)).toBeUndefined();
    expect(takerFill({ ...buy, timeInForce: 'fill_or_kill' }, quote(48, 50, 10), true)).toMatchObject({ count: 1_000 });
  });

  it('never gets more than asked, nor a worse price than its limit', () => {
    const price = fc.integer({ min: 1, max: 99 });
    fc.assert(
      fc.property(price, price, price, fc.integer({ min: 0, max: 50 }), fc.boolean(), (limit, bid, ask, size, buying) => {
        const order = { ...buy, action: buying ? ('buy' as const) : ('sell' as const), price: cents(limit) as Price };
        const fill = takerFill(order, quote(bid, ask, size), true);
        expect(fill !== undefined).toBe(crosses(order, quote(bid, ask)) && size > 0);
        if (!fill) return;
        expect(fill.count).toBeLessThanOrEqual(Math.min(order.count, size * 100));
        expect(buying ? fill.price <= order.price : fill.price >= order.price).toBe(true);
      }),
    );
  });
});

describe('a maker on paper', () => {
  const resting = { ...buy, postOnly: true, timeInForce: 'good_till_canceled', placedAt: NOON - 1 } as const;

  it('fills whole at its limit when a later quote is strictly beyond it', () => {
    expect(makerFill(resting, quote(48, 49.9))).toEqual({ price: 5_000, count: 1_000, role: 'maker' });
    expect(makerFill({ ...resting, action: 'sell' }, quote(50.1, 52))).toEqual({ price: 5_000, count: 1_000, role: 'maker' });
  });

  it('does not fill when the quote only touches it, when nobody quotes, or on the quote it was placed against', () => {
    expect(makerFill(resting, quote(48, 50))).toBeUndefined();
    expect(makerFill({ ...resting, action: 'sell' }, quote(50, 52))).toBeUndefined();
    expect(makerFill(resting, quote(48, undefined))).toBeUndefined();
    expect(makerFill({ ...resting, placedAt: NOON }, quote(40, 41))).toBeUndefined();
    expect(makerFill({ ...resting, count: contracts(3) as Contracts }, quote(40, 41))).toMatchObject({ count: 300 });
  });
});
