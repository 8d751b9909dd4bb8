import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logit, sigmoid } from '../../../shared/domain/calibration/logit.ts';
import { aggregate } from '../../../shared/domain/forecasting/aggregate.ts';
import type { Probability } from '../../../shared/domain/money.ts';

const p = (...values: number[]) => values as Probability[];
const claims = fc.array(fc.double({ min: 0.005, max: 0.995, noNaN: true }), { minLength: 1, maxLength: 9 });

describe('aggregate', () => {
  it('leaves the highest and the lowest of five out of the mean', () => {
    const calm = aggregate(p(0.6, 0.6, 0.6, 0.6, 0.6), undefined);
    const wild = aggregate(p(0.01, 0.6, 0.6, 0.6, 0.99), undefined);
    expect(wild?.mean).toBeCloseTo(calm?.mean ?? 0, 12);
    expect(aggregate(p(0.01, 0.6, 0.6, 0.6), undefined)?.mean).toBeLessThan(calm?.mean ?? 0);
  });

  it('shrinks towards the prior by K/(K + s²)', () => {
    const drafts = p(0.5, 0.7, 0.9);
    const sum = aggregate(drafts, 0.3 as Probability);
    const xs = drafts.map(logit);
    const mean = xs.reduce((a, b) => a + b) / 3;
    const variance = xs.reduce((a, x) => a + (x - mean) ** 2, 0) / 2;
    expect(sum?.x).toBeCloseTo(logit(0.3) + ((mean - logit(0.3)) * 3) / (3 + variance), 12);
  });

  it('is worth less the more the forecasts disagree', () => {
    const agree = aggregate(p(0.79, 0.8, 0.81), undefined);
    const differ = aggregate(p(0.5, 0.8, 0.941), undefined);
    expect(agree?.probability).toBeGreaterThan(differ?.probability ?? 1);
    expect(differ?.spread).toBeGreaterThan(agree?.spread ?? 0);
  });

  it('says nothing without forecasts', () => expect(aggregate([], undefined)).toBeUndefined());

  it('treats NO as YES of the opposite outcome', () => {
    fc.assert(
      fc.property(claims, (values) => {
        const yes = aggregate(p(...values), undefined);
        const no = aggregate(p(...values.map((value) => 1 - value)), undefined);
        expect((yes?.probability ?? 0) + (no?.probability ?? 0)).toBeCloseTo(1, 9);
      }),
    );
  });

  it('lies between the prior and the forecasts', () => {
    fc.assert(
      fc.property(claims, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (values, prior) => {
        const sum = aggregate(p(...values), prior as Probability);
        const bounds = [...values, prior].map(logit);
        expect(sum?.x).toBeGreaterThanOrEqual(Math.min(...bounds) - 1e-9);
        expect(sum?.x).toBeLessThanOrEqual(Math.max(...bounds) + 1e-9);
        expect(sum?.probability).toBe(sigmoid(sum?.x ?? 0));
      }),
    );
  });
});
