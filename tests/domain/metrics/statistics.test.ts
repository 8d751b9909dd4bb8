import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawdown } from '../../../shared/domain/metrics/drawdown.ts';
import { dailyReturns, growth } from '../../../shared/domain/metrics/growth.ts';
import { sharpe, sortino } from '../../../shared/domain/metrics/sharpe.ts';
import { breakEvenWinRate, wilson, winRate } from '../../../shared/domain/metrics/win-rate.ts';
import { dailyPoints, tradeOf, usd } from './portfolio.ts';

const zone = 'America/New_York';

describe('win rate', () => {
  test('has Wilson’s interval', () => {
    const { low, high } = wilson(17, 30);
    expect(low).toBeCloseTo(0.392, 3);
    expect(high).toBeCloseTo(0.7262, 3);
    expect(winRate([])).toEqual({ value: undefined, n: 0, why: 'no closed trades' });
  });

  test('interval contains the rate and stays within 0 and 1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
        const wins = Math.round(n * share);
        const { low, high } = wilson(wins, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(wins / n + 1e-12);
        expect(high).toBeGreaterThanOrEqual(wins / n - 1e-12);
      }),
    );
  });

  test('a trade that made nothing is no win', () => {
    expect(winRate([tradeOf(0), tradeOf(1)]).value).toBe(0.5);
  });

  test('break-even needs a win, and takes a loss to cost the stake until one was seen', () => {
    expect(breakEvenWinRate([tradeOf(-1)]).why).toBe('no winning trade to weigh losses against');
    expect(breakEvenWinRate([tradeOf(5), tradeOf(5)]).value).toBeCloseTo(0.5, 12);
    expect(breakEvenWinRate([tradeOf(5), tradeOf(-1)]).value).toBeCloseTo(1 / 6, 12);
    expect(breakEvenWinRate([]).value).toBeUndefined();
  });

  test('at the break-even rate trades make nothing', () => {
    const trades = [tradeOf(3), tradeOf(-1), tradeOf(-1), tradeOf(-1)];
    expect(breakEvenWinRate(trades).value).toBeCloseTo(winRate(trades).value ?? Number.NaN, 12);
  });
});

describe('Sharpe and Sortino', () => {
  const alternating = (n: number) => Array.from({ length: n }, (_, i) => (i % 2 ? 0.02 : -0.01));

  test('need sixty daily returns', () => {
    expect(sharpe(alternating(59))).toEqual({ value: undefined, n: 59, why: 'not enough data: 59 of 60 days' });
    expect(sortino(alternating(59)).value).toBeUndefined();
    expect(sharpe(alternating(60)).value).toBeDefined();
  });

  test('are mean over deviation, annualised over 365 days, with an interval', () => {
    const deviation = Math.sqrt((0.015 ** 2 * 60) / 59);
    const daily = 0.005 / deviation;
    const { value, n, low, high } = sharpe(alternating(60));
    expect(value).toBeCloseTo(daily * Math.sqrt(365), 10);
    expect(n).toBe(60);
    const half = 1.959964 * Math.sqrt((1 + daily ** 2 / 2) / 60) * Math.sqrt(365);
    expect(low).toBeCloseTo((value ?? 0) - half, 10);
    expect(high).toBeCloseTo((value ?? 0) + half, 10);
    expect(sortino(alternating(60)).value).toBeCloseTo((0.005 / Math.sqrt(0.0001 / 2)) * Math.sqrt(365), 10);
  });

  test('are unknown without variance or without a losing day', () => {
    expect(sharpe(Array(80).fill(0)).why).toBe('equity did not vary');
    expect(sharpe(Array(80).fill(0.01)).why).toBe('equity did not vary');
    expect(sortino(Array(80).fill(0.01)).why).toBe('no losing day');
  });
});

describe('daily returns', () => {
  test('count days without a point as days without change', () => {
    const points = dailyPoints([100, 110, undefined, undefined, 121]);
    expect(dailyReturns(growth(points, zone)).map((value) => Math.round(value * 1000) / 1000)).toEqual([0.1, 0, 0, 0.1]);
  });

  test('take the last point of an exchange day', () => {
    const at = (iso: string, equity: number) => ({ at: Date.parse(iso), equity: usd(equity), deposits: usd(100), realised: usd(0) });
    const points = [
      at('2026-11-18T20:00:00Z', 100),
      at('2026-11-19T04:59:00Z', 105),
      at('2026-11-19T05:00:00Z', 110),
      at('2026-11-20T03:00:00Z', 84),
    ];
    expect(dailyReturns(growth(points, zone))[0]).toBeCloseTo(-0.2, 12);
  });

  test('are not moved by money paid in or out', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -500, max: 5000 }), { minLength: 2, maxLength: 30 }), (flows) => {
        let paid = 1000;
        const deposits = flows.map((flow) => (paid = Math.max(0, paid + flow)));
        const points = dailyPoints(deposits, (i) => deposits[i] ?? 0);
        for (const value of dailyReturns(growth(points, zone))) expect(value).toBe(0);
      }),
    );
  });

  test('of nothing are none', () => {
    expect(dailyReturns(growth([], zone))).toEqual([]);
    expect(drawdown([])).toBeUndefined();
  });
});

describe('drawdown', () => {
  const curve = (...equities: number[]) => growth(dailyPoints(equities), zone);

  test('knows its peak, its bottom and its recovery', () => {
    const points = curve(100, 120, 90, 110, 120, 118);
    const at = (index: number) => points[index]?.at;
    const fall = drawdown(points);
    expect(fall?.max).toBeCloseTo(0.25, 12);
    expect(fall?.current).toBeCloseTo(2 / 120, 12);
    expect([fall?.peakAt, fall?.troughAt, fall?.recoveredAt, fall?.highAt]).toEqual([at(1), at(2), at(4), at(4)]);
  });

  test('is nothing on a rising curve', () => {
    expect(drawdown(curve(1, 2, 3))).toMatchObject({ max: 0, current: 0 });
    expect(drawdown(curve(1, 2, 3))).not.toHaveProperty('recoveredAt');
  });

  test('is a share of the peak and at least what is missing now', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 40 }), (equities) => {
        const fall = drawdown(curve(...equities));
        expect(fall?.max).toBeGreaterThanOrEqual(fall?.current ?? 0);
        expect(fall?.max).toBeLessThan(1);
        expect(fall?.current).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
