import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LedgerEntry } from '../../../shared/domain/ledger.ts';
import { equityOf, mark, unrealisedPnl } from '../../../shared/domain/metrics/mark.ts';
import { metricIds, metricSpecs, performance } from '../../../shared/domain/metrics/performance.ts';
import { periodStart } from '../../../shared/domain/metrics/period.ts';
import { book, cents, DAY, dailyPoints, deposit, fillOf, lots, NOW, performanceOf, tradeOf, usd } from './portfolio.ts';

const past = (days: number) => NOW - days * DAY;

/** $1,000 paid in 40 days ago; one market won a month ago, one lost yesterday, one held, bought today by hand. */
const entries: readonly LedgerEntry[] = [
  deposit(1000, past(40)),
  fillOf({ ticker: 'KXA-1-X', at: past(36), price: cents(40), count: lots(100), fee: usd(1.68), category: 'Climate' }),
  { kind: 'settlement', id: 's1', at: past(35), ticker: 'KXA-1-X', yesValue: usd(1) },
  fillOf({ ticker: 'KXB-1-X', at: past(3), price: cents(60), count: lots(50), fee: usd(0.84), role: 'maker' }),
  fillOf({ ticker: 'KXB-1-X', at: past(1), action: 'sell', price: cents(50), count: lots(50), fee: usd(0.88) }),
  { ...withoutOrigin(fillOf({ ticker: 'KXC-1-X', at: NOW - 3_600_000, price: cents(30), count: lots(100), fee: usd(1.47) })) },
];
const points = [
  { at: past(40), equity: usd(1000), deposits: usd(1000), realised: usd(0) },
  { at: past(30), equity: usd(1058.32), deposits: usd(1000), realised: usd(58.32) },
  { at: past(7), equity: usd(1058.32), deposits: usd(1000), realised: usd(58.32) },
  { at: past(3) + 1, equity: usd(1055), deposits: usd(1000), realised: usd(58.32) },
  { at: past(0.7), equity: usd(1051.6), deposits: usd(1000), realised: usd(51.6) },
];
const golden = performance(performanceOf(entries, { marks: new Map([['KXC-1-X', cents(35)]]), equity: points, costs: [] }));
const value = (period: keyof typeof golden, id: (typeof metricIds)[number]) => golden[period].metrics[id].value;

describe('golden portfolio', () => {
  test('has at least 24 metrics in each period, each with a name, a unit and a formula', () => {
    expect(metricIds.length).toBeGreaterThanOrEqual(24);
    for (const spec of Object.values(metricSpecs)) expect(spec.label.length * spec.formula.length).toBeGreaterThan(0);
    for (const period of Object.values(golden)) expect(Object.keys(period.metrics)).toEqual(metricIds);
  });

  test('counts profit from each period’s own start', () => {
    // Won 60 − 1.68, lost 5 + 1.72, held +5 − 1.47.
    expect(value('all', 'realisedPnl')).toBe(usd(51.6));
    expect(value('all', 'unrealisedPnl')).toBe(usd(3.53));
    expect(value('all', 'totalPnl')).toBe(usd(55.13));
    expect(value('month', 'totalPnl')).toBe(usd(55.13 - 58.32));
    expect(value('week', 'totalPnl')).toBe(usd(55.13 - 58.32));
    expect(value('today', 'totalPnl')).toBe(usd(3.53));
    expect(value('today', 'realisedPnl')).toBe(0);
    expect(value('week', 'realisedPnl')).toBe(usd(-6.72));
    expect(value('all', 'roi')).toBeCloseTo(0.05513, 10);
    expect(value('all', 'totalReturn')).toBeCloseTo(0.05513, 10);
    expect(value('today', 'totalReturn')).toBeCloseTo(3.53 / 1051.6, 10);
  });

  test('says how trades went', () => {
    expect(golden.all.metrics.trades.value).toBe(2);
    expect(golden.week.metrics.trades.value).toBe(1);
    expect(value('all', 'winRate')).toBe(0.5);
    expect(value('all', 'profitFactor')).toBeCloseTo(58.32 / 6.72, 10);
    expect(value('all', 'expectancy')).toBe(usd(25.8));
    expect(value('all', 'averageWin')).toBe(usd(58.32));
    expect(value('all', 'averageLoss')).toBe(usd(-6.72));
    expect(value('all', 'breakEvenWinRate')).toBeCloseTo(6.72 / (58.32 + 6.72), 10);
    expect(value('all', 'meanHold')).toBeCloseTo(1.5 * DAY, 0);
    expect(value('all', 'medianHold')).toBeCloseTo(1.5 * DAY, 0);
  });

  test('says how the money stands', () => {
    const equity = 1055.13;
    expect(value('all', 'positions')).toBe(1);
    expect(value('all', 'exposure')).toBe(usd(31.47));
    expect(value('all', 'capitalInUse')).toBeCloseTo(35 / equity, 10);
    expect(value('all', 'cashReserve')).toBeCloseTo((equity - 35) / equity, 10);
    expect(value('all', 'largestPosition')).toBeCloseTo(35 / equity, 10);
    expect(value('all', 'largestEvent')).toBeCloseTo(35 / equity, 10);
    expect(value('all', 'fees')).toBe(usd(4.87));
    expect(value('today', 'fees')).toBe(usd(1.47));
    expect(value('all', 'makerShare')).toBeCloseTo(50 / 300, 10);
    expect(value('all', 'netPnl')).toBe(usd(55.13));
    expect(value('all', 'costPerTrade')).toBe(usd(4.87 / 2));
    expect(value('all', 'turnover')).toBeCloseTo(125 / 1046.395, 3);
  });

  test('dates its drawdown', () => {
    const { maxDrawdown, currentDrawdown, recoveryTime } = golden.all.metrics;
    expect(maxDrawdown).toMatchObject({ from: past(7), to: past(0.7) });
    expect(maxDrawdown.value).toBeCloseTo(1 - 1051.6 / 1058.32, 10);
    expect(currentDrawdown.value).toBeCloseTo(1 - 1055.13 / 1058.32, 10);
    expect(recoveryTime).toEqual({ value: undefined, n: 6, why: 'not recovered yet' });
  });

  test('splits realised profit by strategy, category, exit, day and origin', () => {
    const { strategy, category, exit, day, origin } = golden.all.breakdowns;
    expect(strategy).toMatchObject([{ key: 'dip', trades: 2, pnl: usd(51.6), fees: usd(3.4) }]);
    expect(category.map(({ key, pnl }) => [key, pnl])).toEqual([
      ['Climate', usd(58.32)],
      ['unknown', usd(-6.72)],
    ]);
    expect(exit.map(({ key }) => key)).toEqual(['settled', 'take-profit']);
    expect(day.map(({ key }) => key)).toEqual(['2026-10-16', '2026-11-19']);
    expect(origin.map(({ key }) => key)).toEqual(['automated']);
  });
});

describe('unknown', () => {
  test('a held market without a bid leaves value, profit and shares unknown, by name', () => {
    const { metrics } = performance(performanceOf(entries, { equity: points })).all;
    for (const id of [
      'totalPnl',
      'unrealisedPnl',
      'roi',
      'totalReturn',
      'capitalInUse',
      'cashReserve',
      'largestPosition',
      'netPnl',
    ] as const) {
      expect(metrics[id]).toMatchObject({ value: undefined, why: 'nobody bids for KXC-1-X' });
    }
    expect(metrics.realisedPnl.value).toBe(usd(51.6));
  });

  test('a fresh book has no figure that pretends to be one', () => {
    const { metrics } = performance(performanceOf([deposit(1000, past(0.01))])).all;
    const values = Object.fromEntries(
      Object.entries(metrics).flatMap(([id, { value: figure }]) => (figure === undefined ? [] : [[id, figure]])),
    );
    expect(values).toEqual({
      totalPnl: 0,
      realisedPnl: 0,
      unrealisedPnl: 0,
      roi: 0,
      maxDrawdown: 0,
      currentDrawdown: 0,
      trades: 0,
      positions: 0,
      exposure: 0,
      cashReserve: 1,
      capitalInUse: 0,
      fees: 0,
      turnover: 0,
    });
    for (const { value: figure, why } of Object.values(metrics)) expect((figure === undefined) === (why !== undefined)).toBe(true);
  });

  test('a period without a recorded start is unknown, not counted from nothing', () => {
    const { today, all } = performance(performanceOf(entries, { marks: new Map([['KXC-1-X', cents(35)]]), equity: points.slice(0, 4) }));
    expect(today.metrics.totalPnl).toEqual({ value: undefined, n: 0, why: 'no equity was recorded in the day before the period began' });
    expect(today.metrics.roi.value).toBeUndefined();
    expect(all.metrics.totalPnl.value).toBe(usd(55.13));
  });

  test('open orders that are not known leave cash, use and exposure unknown', () => {
    const { metrics } = performance(performanceOf(entries, { marks: new Map([['KXC-1-X', cents(35)]]), held: undefined })).all;
    for (const id of ['exposure', 'cashReserve', 'capitalInUse'] as const) expect(metrics[id].why).toBe('open orders are not known');
  });
});

test('money held by resting buys is in use', () => {
  const { metrics } = performance(performanceOf([deposit(100, past(1))], { held: usd(40) })).all;
  expect(metrics.cashReserve.value).toBeCloseTo(0.6, 12);
  expect(metrics.capitalInUse.value).toBeCloseTo(0.4, 12);
  expect(metrics.exposure.value).toBe(usd(40));
});

test('slippage is what was paid beyond the decision’s quote, weighted by contracts, and knows its sample', () => {
  const bought = fillOf({ ticker: 'KXA-1-X', at: past(0.1), price: cents(52), count: lots(30) });
  const sold = fillOf({ ticker: 'KXA-1-X', at: past(0.05), action: 'sell', price: cents(55), count: lots(10) });
  const executions = [
    { fill: bought, quoted: cents(51) },
    { fill: sold, quoted: cents(53) },
    { fill: sold, quoted: undefined },
  ];
  const { slippage } = performance(performanceOf([deposit(100, past(1))], { executions })).all.metrics;
  expect(slippage).toEqual({ value: (100 * 30 - 200 * 10) / 40, n: 2 });
});

test('manual and automated win rates are compared from ten trades each, not before', () => {
  const byHand = { intent: undefined } as unknown as { intent: string };
  const trades = (manual: number) => [
    ...Array.from({ length: manual }, (_, i) => tradeOf(i < 8 ? 1 : -1, byHand)),
    ...Array.from({ length: 10 }, (_, i) => tradeOf(i < 5 ? 1 : -1)),
  ];
  const gap = (manual: number) => performance(performanceOf([deposit(100, past(1))], { trades: trades(manual) })).all.metrics.winRateGap;
  expect(gap(10).value).toBeCloseTo(0.3, 12);
  expect(gap(9)).toEqual({ value: undefined, n: 9, why: 'needs 10 trades of each kind: 9 by hand, 10 automated' });
});

test('deposits and withdrawals are not profit', () => {
  const equity = dailyPoints([1000, 1000, 3000, 500], (i) => [1000, 1000, 3000, 500][i] ?? 0);
  const { metrics } = performance(performanceOf([deposit(500, past(4))], { equity })).all;
  expect(metrics.totalReturn.value).toBe(0);
  expect(metrics.maxDrawdown.value).toBe(0);
});

test('periods begin at midnight in New York across the clock change', () => {
  const now = Date.parse('2026-11-03T12:00:00Z');
  expect(periodStart('today', now, 'America/New_York')).toBe(Date.parse('2026-11-03T05:00:00Z'));
  expect(periodStart('week', now, 'America/New_York')).toBe(Date.parse('2026-10-28T04:00:00Z'));
  expect(periodStart('month', now, 'America/New_York')).toBe(Date.parse('2026-10-05T04:00:00Z'));
  expect(periodStart('all', now, 'America/New_York')).toBeUndefined();
});

test('value less deposits is realised plus unrealised profit, whatever was traded', () => {
  const step = fc.record({
    market: fc.integer({ min: 0, max: 3 }),
    side: fc.constantFrom('yes' as const, 'no' as const),
    action: fc.constantFrom('buy' as const, 'sell' as const),
    price: fc.integer({ min: 1, max: 9_999 }),
    count: fc.integer({ min: 1, max: 50_000 }),
    fee: fc.integer({ min: 0, max: 2_000_000 }),
    settles: fc.option(fc.constantFrom(0, 1), { freq: 4, nil: undefined }),
  });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 30 }),
      fc.array(fc.integer({ min: 1, max: 9_999 }), { minLength: 4, maxLength: 4 }),
      (steps, bids) => {
        const flow = steps.flatMap(({ market, settles, ...more }, index): LedgerEntry[] => {
          const ticker = `KXM-1-${market}`;
          const fill = fillOf({ ticker, at: index, ...more } as Parameters<typeof fillOf>[0]);
          const settlement: LedgerEntry = { kind: 'settlement', id: `s${index}`, at: index, ticker, yesValue: usd(settles ?? 0) };
          return settles === undefined ? [fill] : [fill, settlement];
        });
        const { ledger } = book([deposit(1000, 0), ...flow]);
        const marks = new Map(bids.map((bid, market) => [`KXM-1-${market}`, bid as ReturnType<typeof cents>]));
        const equity = equityOf(ledger, marks) ?? Number.NaN;
        expect(equity - ledger.deposits).toBe(ledger.realised + (unrealisedPnl(ledger, marks) ?? Number.NaN));
      },
    ),
  );
});

test('a position without a bid has no value', () => {
  expect(mark({ count: lots(90) }, cents(58))).toBe(usd(52.2));
  expect(mark({ count: lots(90) }, undefined)).toBeUndefined();
});

function withoutOrigin({ origin: _origin, ...fill }: ReturnType<typeof fillOf>): LedgerEntry {
  return fill;
}
