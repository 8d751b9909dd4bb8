import { describe, expect, it } from 'vitest';
import { haltCauses, reduceCauses } from '../../../shared/domain/breaker.ts';
import type { BookView } from '../../../shared/domain/risk/book-view.ts';
import type { Surroundings } from '../../../shared/domain/risk/trips.ts';
import { dailyLossLimit, halts, tripOf } from '../../../shared/domain/risk/trips.ts';
import { aBook, defaultLimits, usd } from '../../fixtures/trading-desk.ts';

const quiet: Surroundings = {
  exchangeOut: undefined,
  dataAgeSeconds: undefined,
  maxDataAgeSeconds: 1200,
  skewSeconds: undefined,
  maxSkewSeconds: 5,
  errorRate: undefined,
  maxErrorRate: 0.5,
  reconciliationBreak: undefined,
  feeDivergence: undefined,
};
const trip = (book: Partial<BookView>, around: Partial<Surroundings> = {}) =>
  tripOf(aBook(book), defaultLimits, { ...quiet, ...around })?.cause;

describe('what stops a book', () => {
  it('is nothing while all is within limits, or not measured', () => {
    expect(trip({})).toBeUndefined();
    expect(trip({ drawdown: undefined, dayPnl: undefined })).toBeUndefined();
    expect(trip({}, { dataAgeSeconds: 1200, skewSeconds: -5, errorRate: { share: 0.5, runs: 10 } })).toBeUndefined();
    expect(trip({}, { errorRate: { share: 1, runs: 3 } })).toBeUndefined();
  });

  it.each<[string, Partial<BookView>, Partial<Surroundings>]>([
    ['drawdown', { drawdown: 0.2 }, {}],
    ['daily-loss', { dayPnl: usd(-87) }, {}],
    ['losing-streak', { losingStreak: 5 }, {}],
    ['reconciliation', {}, { reconciliationBreak: 'cash differs' }],
    ['fee-divergence', {}, { feeDivergence: 'charged 2 cents more' }],
    ['outage', {}, { exchangeOut: 'no answer' }],
    ['stale-data', {}, { dataAgeSeconds: 1201 }],
    ['clock-skew', {}, { skewSeconds: -5.1 }],
    ['error-rate', {}, { errorRate: { share: 0.51, runs: 4 } }],
  ])('is %s', (cause, book, around) => expect(trip(book, around)).toBe(cause));

  it.each<[string, Partial<BookView>, Partial<Surroundings>]>([
    ['drawdown 20.0% reached limit 20.0%', { drawdown: 0.2 }, {}],
    ['day loss -$87.00 reached limit -$86.96', { dayPnl: usd(-87) }, {}],
    ['5 losing trades in a row, limit 5', { losingStreak: 5 }, {}],
    ['data is 1201 s old, limit 1200 s', {}, { dataAgeSeconds: 1200.6 }],
    ['clock is -5.1 s off, limit 5 s', {}, { skewSeconds: -5.1 }],
    ['51.0% of 4 runs failed, limit 50.0%', {}, { errorRate: { share: 0.51, runs: 4 } }],
    ['cash differs', {}, { reconciliationBreak: 'cash differs' }],
    ['charged 2 cents more', {}, { feeDivergence: 'charged 2 cents more' }],
    ['no answer', {}, { exchangeOut: 'no answer' }],
  ])('says its numbers: %s', (detail, book, around) =>
    expect(tripOf(aBook(book), defaultLimits, { ...quiet, ...around })?.detail).toBe(detail),
  );

  it('writes a day without a loss, that has no limit to lose, as it is', () =>
    expect(tripOf(aBook({ equityFloor: usd(0) }), { ...defaultLimits, dailyLossUsd: usd(0) }, quiet)?.detail).toBe(
      'day loss $0.00 reached limit $0.00',
    ));

  it('is the gravest first: losses, then breaks, then outages', () => {
    const all = { reconciliationBreak: 'x', exchangeOut: 'x' };
    expect(trip({ drawdown: 0.5, losingStreak: 9 }, all)).toBe('drawdown');
    expect(trip({}, all)).toBe('reconciliation');
  });

  it('halts for losses and breaks, and only reduces for the rest', () => {
    expect(haltCauses.every(halts)).toBe(true);
    expect(reduceCauses.some(halts)).toBe(false);
  });

  it('limits the day to the fewer of the dollars and the share of its first equity', () => {
    expect(dailyLossLimit(usd(1000), usd(0), defaultLimits)).toBe(usd(80));
    expect(dailyLossLimit(usd(900), usd(-100), defaultLimits)).toBe(usd(80));
    expect(dailyLossLimit(usd(100_000), usd(0), defaultLimits)).toBe(usd(500));
  });
});
