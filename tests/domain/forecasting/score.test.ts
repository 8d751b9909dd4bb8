import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { score, slice } from '../../../shared/domain/forecasting/score.ts';
import { seeded } from '../../seeded.ts';
import { settledForecast } from './forecasts.ts';

const many = fc.array(fc.tuple(fc.double({ min: 0.005, max: 0.995, noNaN: true }), fc.boolean()), { minLength: 1, maxLength: 80 });
const rows = (pairs: readonly (readonly [number, boolean])[]) =>
  pairs.map(([blended, yes], i) => settledForecast({ event: `E${i}`, blended }, yes));

describe('scores of forecasts', () => {
  it('knows the scores of a forecast worked out by hand', () => {
    const settled = [
      settledForecast({ event: 'A', blended: 0.8, mid: 0.6 }, true),
      settledForecast({ event: 'B', blended: 0.3, mid: 0.4 }, false),
    ];
    const { score: found } = score(settled, 'blended', seeded(1));
    expect(found?.brier).toBeCloseTo((0.04 + 0.09) / 2, 12);
    expect(found?.marketBrier).toBeCloseTo(0.16, 12);
    expect(found?.skill).toBeCloseTo(1 - 0.065 / 0.16, 12);
    expect(found?.logLoss).toBeCloseTo(-(Math.log(0.8) + Math.log(0.7)) / 2, 12);
    expect(found?.sharpness).toBeCloseTo(0.25, 12);
  });

  it('takes the Brier score apart without a rest', () => {
    fc.assert(
      fc.property(many, (pairs) => {
        const { score: found } = score(rows(pairs), 'blended', seeded(1), 0);
        const { reliability, resolution, uncertainty, within } = found?.murphy ?? {
          reliability: 9,
          resolution: 0,
          uncertainty: 0,
          within: 0,
        };
        expect(reliability - resolution + uncertainty + within).toBeCloseTo(found?.brier ?? 0, 9);
      }),
    );
  });

  it('puts equally many forecasts into each bin, and equal ones together', () => {
    const spread = rows(Array.from({ length: 100 }, (_, i) => [(i + 1) / 102, i % 2 === 0] as const));
    expect(score(spread, 'blended', seeded(1)).score?.bins.map(({ count }) => count)).toEqual(Array(10).fill(10));
    const same = rows(Array.from({ length: 100 }, (_, i) => [0.7, i < 70] as const));
    expect(score(same, 'blended', seeded(1)).score?.bins).toEqual([{ count: 100, claimed: expect.closeTo(0.7, 9), happened: 0.7 }]);
  });

  it('gives a calibration error near zero to the calibrated, a large one to the loud, each within its interval', () => {
    const honest = score(
      rows(Array.from({ length: 400 }, (_, i) => [i % 2 === 0 ? 0.75 : 0.25, i % 8 < 6 === (i % 2 === 0)] as const)),
      'blended',
      seeded(1),
    );
    const loud = score(rows(Array.from({ length: 400 }, (_, i) => [i % 2 === 0 ? 0.95 : 0.05, i % 4 < 2] as const)), 'blended', seeded(1));
    expect(honest.score?.calibrationError.value).toBeLessThan(0.06);
    expect(loud.score?.calibrationError.value).toBeCloseTo(0.45, 2);
    expect(loud.score?.calibrationError.low).toBeLessThanOrEqual(loud.score?.calibrationError.value ?? 0);
    expect(loud.score?.calibrationError.high).toBeGreaterThan(loud.score?.calibrationError.low ?? 1);
  });

  it('has no score without settled forecasts, and counts what it leaves out', () => {
    expect(score([settledForecast({}, undefined)], 'blended', seeded(1))).toEqual({ score: undefined, excluded: 1 });
  });

  it('counts one forecast per event and horizon', () => {
    const asked = [
      settledForecast({ blended: 0.2 }, true),
      settledForecast({ blended: 0.9 }, true),
      settledForecast({ blended: 0.9, horizon: '<6h' }, true),
    ];
    const { score: found } = score(asked, 'blended', seeded(1));
    expect(found?.events).toBe(1);
    expect(found?.brier).toBeCloseTo(0.01, 12);
  });

  it('slices by price band', () => {
    const settled = [settledForecast({ mid: 0.19 }, true), settledForecast({ mid: 0.2 }, true), settledForecast({ mid: 1 }, true)];
    expect(
      slice(settled, 'price')
        .map(([key]) => key)
        .sort(),
    ).toEqual(['0-20 cents', '20-40 cents', '80-100 cents']);
  });
});
