import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feePerContract, feeTerms } from '../../../shared/domain/fees.ts';
import type { Price, Probability } from '../../../shared/domain/money.ts';
import { kelly, kellyExclusive, kellyWithHolding, uncertaintyShrink } from '../../../shared/domain/sizing/kelly.ts';

const p = (share: number) => share as Probability;
const rounded = (values: readonly number[]) => values.map((value) => Math.round(value * 100_000) / 100_000);

describe('Kelly', () => {
  it.each([
    [0.6, 0.5, 0.17098],
    [0.55, 0.5, 0.06736],
    [0.515, 0.5, 0],
    [0.08, 0.05, 0.02818],
    [0.95, 0.92, 0.33198],
  ])('stakes on %d at %d, taker fee included, %d', (win, price, stake) => {
    const terms = feeTerms('quadratic', 1);
    if (!terms) throw new Error('quadratic is a known fee type');
    expect(kelly(p(win), price + feePerContract((price * 10_000) as Price, 'taker', terms, 0))).toBeCloseTo(stake, 5);
  });

  it('is what maximises expected log growth', () => {
    const share = fc.double({ min: 0.02, max: 0.98, noNaN: true });
    fc.assert(
      fc.property(share, share, (win, cost) => {
        const growth = (stake: number) => win * Math.log(1 + (stake * (1 - cost)) / cost) + (1 - win) * Math.log(1 - stake);
        const best = kelly(p(win), cost);
        expect(best).toBeGreaterThanOrEqual(0);
        for (const other of [best * 0.9, Math.min(0.999, best * 1.1 + 0.001)])
          expect(growth(best)).toBeGreaterThanOrEqual(growth(other) - 1e-12);
      }),
    );
  });

  it('stakes nothing on a certainty that costs a dollar', () => expect(kelly(p(1), 1)).toBe(0));

  it('shrinks with doubt: not at all without, by half where doubt equals edge, to nothing without edge', () => {
    expect(uncertaintyShrink(p(0.6), 0.5, 0)).toBe(1);
    expect(uncertaintyShrink(p(0.6), 0.5, 0.1)).toBeCloseTo(0.5, 12);
    expect(uncertaintyShrink(p(0.5), 0.5, 0)).toBe(0);
    expect(uncertaintyShrink(p(0.4), 0.5, 0.1)).toBe(0);
  });
});

describe('Kelly for bets that exclude each other', () => {
  const bets = (wins: readonly number[], costs: readonly number[]) => wins.map((win, index) => ({ win, cost: costs[index] ?? 1 }));

  it.each([
    [[0.5, 0.3, 0.2], [0.4, 0.32, 0.35], true, [0.21429, 0.07143, 0]],
    [[0.5, 0.3, 0.2], [0.4, 0.32, 0.35], false, [0.16667, 0, 0]],
    [[0.3, 0.25, 0.2, 0.15], [0.25, 0.22, 0.21, 0.2], true, [0.10469, 0.07813, 0.03594, 0]],
    [[0.45, 0.35, 0.1], [0.4, 0.25, 0.12], true, [0.27609, 0.2413, 0.04783]],
  ])('of %j at %j, hedging legs %j, stakes %j', (wins, costs, negativeEdgeLegs, shares) => {
    expect(rounded(kellyExclusive(bets(wins, costs), { negativeEdgeLegs }))).toEqual(shares);
  });

  it('takes the best bargain first however the bets are listed', () => {
    const [wins, costs] = [
      [0.2, 0.3, 0.5],
      [0.35, 0.32, 0.4],
    ];
    expect(rounded(kellyExclusive(bets(wins, costs), { negativeEdgeLegs: true }))).toEqual([0, 0.07143, 0.21429]);
    expect(rounded(kellyExclusive(bets(wins, costs), { negativeEdgeLegs: false }))).toEqual([0, 0, 0.16667]);
  });

  it('stakes nothing on a fair price, and on nothing more once the costs together reach a dollar', () => {
    expect(kellyExclusive(bets([0.4, 0.3], [0.4, 0.3]), { negativeEdgeLegs: false })).toEqual([0, 0]);
    expect(kellyExclusive(bets([0.5, 0.4], [0.5, 0.4]), { negativeEdgeLegs: true })).toEqual([0, 0]);
    const [first = 0, second = 0] = kellyExclusive(bets([0.7, 0.6], [0.5, 0.5]), { negativeEdgeLegs: true });
    expect([first, second]).toEqual([expect.closeTo(0.4, 12), 0]);
    expect(kellyExclusive([], { negativeEdgeLegs: true })).toEqual([]);
  });

  it('is plain Kelly for one bet, and never stakes more than all', () => {
    const share = fc.double({ min: 0.02, max: 0.98, noNaN: true });
    fc.assert(
      fc.property(share, share, (win, cost) => {
        const [stake = Number.NaN] = kellyExclusive([{ win, cost }], { negativeEdgeLegs: false });
        expect(stake).toBeCloseTo(kelly(p(win), cost), 9);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(share, share), { minLength: 1, maxLength: 6 }), (raw) => {
        const total = raw.reduce((sum, [win]) => sum + win, 0.001);
        const shares = kellyExclusive(
          raw.map(([win, cost]) => ({ win: win / total, cost })),
          { negativeEdgeLegs: true },
        );
        expect(shares.reduce((sum, stake) => sum + stake, 0)).toBeLessThanOrEqual(1);
        for (const stake of shares) expect(stake).toBeGreaterThanOrEqual(-1e-12);
      }),
    );
  });
});

describe('Kelly with something held', () => {
  it.each([
    [0, 320.5],
    [50, 278.8],
    [400, -12.8],
    [-100, 435.9],
  ])('holding %d, of 60% at 52¢ with $1,000, buys %d more', (held, more) => {
    expect(kellyWithHolding(p(0.6), 0.52, 1000, held)).toBeCloseTo(more, 1);
  });
});
