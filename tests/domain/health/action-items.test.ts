import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { feePerContract } from '../../../shared/domain/fees.ts';
import type { ActionItem } from '../../../shared/domain/health/action-items.ts';
import { mergeActionItems, reviewActions } from '../../../shared/domain/health/action-items.ts';
import { salesForCash, salesForConcentration, salesForCount, saleText } from '../../../shared/domain/health/fixes.ts';
import { health } from '../../../shared/domain/health/health.ts';
import type { HealthFacts } from '../../../shared/domain/health/health-facts.ts';
import { lots, usd } from '../metrics/portfolio.ts';
import { facts, holding, NOW, portfolio, rate, seedPortfolio, thresholds } from './facts.ts';

const quadratic = { type: 'quadratic', multiplier: 10_000 } as const;
const review = (more: Partial<HealthFacts>) => {
  const found = facts(more);
  return reviewActions(health(found, thresholds), found, thresholds);
};

/** $10.58 in cash beside three markets, the first 46 % of value. */
const lopsided = portfolio(10.58, [
  holding('KXFED-26DEC-T3.75', 90, 57),
  holding('KXHIGHNY-26NOV21-B45', 40, 66),
  holding('KXCPI-26NOV-T0.3', 57, 41),
]);

describe('sales', () => {
  test('say what to sell of the largest position so that cash is enough', () => {
    const sales = salesForCash(lopsided, 0.2, NOW);
    expect(sales.map(saleText)).toEqual(['sell 21 KXFED-26DEC-T3.75 at 57¢ frees $11.97 before fees']);
  });

  test('count the exit’s own fee where it is known', () => {
    const sales = salesForCash({ ...lopsided, positions: lopsided.positions.map((held) => ({ ...held, fee: quadratic })) }, 0.2, NOW);
    expect(sales.map(saleText)).toEqual(['sell 22 KXFED-26DEC-T3.75 at 57¢ frees $12.16 after fees']);
  });

  test('go on to the next position when one is not enough, and never sell more than is bid for', () => {
    const thin = portfolio(0, [
      holding('KXA-1-X', 100, 50, { bidSize: lots(5) }),
      holding('KXB-1-X', 50, 40),
      holding('KXC-1-X', 10, undefined),
    ]);
    expect(salesForCash({ ...thin, equity: usd(70) }, 0.2, NOW).map(({ ticker, count }) => [ticker, count])).toEqual([
      ['KXA-1-X', lots(5)],
      ['KXB-1-X', lots(29)],
    ]);
  });

  test('are none when nothing is wrong or value is unknown', () => {
    expect(salesForCash(portfolio(50, [holding('KXA-1-X', 10, 50)]), 0.2, NOW)).toEqual([]);
    expect(salesForCash({ ...lopsided, equity: undefined }, 0.2, NOW)).toEqual([]);
    expect(salesForConcentration({ ...lopsided, equity: undefined }, 0.1, NOW)).toEqual([]);
    expect(salesForCount(lopsided, 12, NOW)).toEqual([]);
  });

  test('close the smallest positions when there are too many', () => {
    const sales = salesForCount(seedPortfolio, 12, NOW);
    expect(sales).toHaveLength(4);
    expect(sales.every(({ ticker, count }) => ticker.startsWith('KXSMALL') && count === lots(20))).toBe(true);
  });

  test('leave cash and concentration within their limits, whatever is held', () => {
    const held = fc.record({ count: fc.integer({ min: 1, max: 900 }), bid: fc.integer({ min: 1, max: 99 }), charged: fc.boolean() });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), fc.array(held, { minLength: 1, maxLength: 8 }), (cash, holdings) => {
        const book = portfolio(
          cash,
          holdings.map(({ count, bid, charged }, i) => holding(`KXP-${i}-X`, count, bid, charged ? { fee: quadratic } : {})),
        );
        const sales = salesForCash(book, 0.2, NOW);
        const fees = sales.reduce((sum, { fee }) => sum + (fee ?? 0), 0);
        const freed = sales.reduce((sum, { frees }) => sum + frees, 0);
        expect(book.cash + freed).toBeGreaterThanOrEqual(0.2 * ((book.equity ?? Number.NaN) - fees) - 10);
        for (const { ticker, count } of sales)
          expect(count).toBeLessThanOrEqual(book.positions.find((p) => p.ticker === ticker)?.count ?? 0);
        for (const { ticker, count, price } of salesForConcentration(book, 0.1, NOW)) {
          const before = book.positions.find((position) => position.ticker === ticker);
          const fee = before?.fee ? feePerContract(price, 'taker', before.fee, NOW) * 10_000 : 0;
          const left = price * ((before?.count ?? 0) - count);
          expect(left).toBeLessThanOrEqual(0.1 * ((book.equity ?? Number.NaN) - fee * count) + 10);
        }
      }),
    );
  });
});

describe('action items', () => {
  test('are typed, dated and concrete', () => {
    const { items } = review({
      portfolio: { at: NOW, value: lopsided },
      winRates: { all: rate(0.5, 30), manual: rate(0.8, 15), automated: rate(0.5, 15) },
    });
    expect(items).toEqual([
      {
        id: 'liquidity',
        severity: 'CRITICAL',
        metric: 'cash-reserve',
        threshold: 0.15,
        value: 10.58 / 111.65,
        unit: 'share',
        finding: 'cash $10.58 is 9.5%, needs 15%',
        steps: ['sell 21 KXFED-26DEC-T3.75 at 57¢ frees $11.97 before fees'],
        opened: '2026-11-20',
        due: '2026-11-21',
      },
      expect.objectContaining({ id: 'largest-position', severity: 'HIGH', due: '2026-11-23' }),
      expect.objectContaining({ id: 'win-rate-gap', severity: 'MEDIUM', due: '2026-11-27' }),
    ]);
    expect(items[1]?.steps).toEqual([
      'sell 71 KXFED-26DEC-T3.75 at 57¢ frees $40.47 before fees',
      'sell 24 KXHIGHNY-26NOV21-B45 at 66¢ frees $15.84 before fees',
      'sell 30 KXCPI-26NOV-T0.3 at 41¢ frees $12.30 before fees',
      'together 3 sales free about $68.61',
    ]);
  });

  test('give every dimension that can fail at least one step', () => {
    const everything = review({
      portfolio: {
        at: NOW,
        value: { ...seedPortfolio, positions: seedPortfolio.positions.map((held, i) => (i === 15 ? { ...held, bid: undefined } : held)) },
      },
      drawdown: 0.3,
      quotesAt: NOW - 9e6,
      reconciliation: { at: NOW, value: { breaks: 2 } },
      breaker: { state: 'halted', since: 0, by: 'x', version: 1 },
      calibration: { at: NOW, value: { settled: 50, skill: -1, weight: 0.1 } },
      aiBudget: { at: NOW, value: { spent: usd(1), budget: usd(1) } },
      runs: { at: NOW, value: { failed: 1, all: 2 } },
      winRates: { all: rate(0.5, 30), manual: rate(0.9, 15), automated: rate(0.1, 15) },
    });
    expect(everything.items.map(({ id }) => id)).toHaveLength(12);
    for (const { steps, severity, finding } of everything.items) {
      expect(steps.length).toBeGreaterThan(0);
      expect(finding.length * severity.length).toBeGreaterThan(0);
    }
  });

  test('say so when nobody bids', () => {
    const stuck = { ...portfolio(1, [holding('KXA-1-X', 10, undefined)]), equity: usd(100) };
    expect(review({ portfolio: { at: NOW, value: stuck } }).items[0]?.steps).toEqual([
      'nobody bids now: look again after the next scan, pilot risk --fix',
    ]);
  });
});

describe('merging reports', () => {
  const item = (more: Partial<ActionItem> = {}): ActionItem => ({
    id: 'drawdown',
    severity: 'HIGH',
    metric: 'drawdown',
    threshold: 0.05,
    value: 0.06,
    unit: 'share',
    finding: 'down',
    steps: [],
    opened: '2026-11-01',
    due: '2026-11-04',
    ...more,
  });

  test('keeps one item per id, its first day and its earliest due date, with today’s value', () => {
    const today = item({ value: 0.07, opened: '2026-11-02', due: '2026-11-05' });
    expect(mergeActionItems([item()], { day: '2026-11-02', items: [today], unknown: [] })).toEqual([item({ value: 0.07 })]);
    const worse = item({ severity: 'CRITICAL', opened: '2026-11-02', due: '2026-11-03' });
    expect(mergeActionItems([item()], { day: '2026-11-02', items: [worse], unknown: [] })).toEqual([
      item({ severity: 'CRITICAL', due: '2026-11-03' }),
    ]);
  });

  test('closes an item when its metric recovers, but not while nobody can tell', () => {
    expect(mergeActionItems([item()], { day: '2026-11-02', items: [], unknown: ['drawdown'] })).toEqual([item()]);
    expect(mergeActionItems([item()], { day: '2026-11-02', items: [], unknown: [] })).toEqual([item({ closed: '2026-11-02' })]);
  });

  test('drops what was closed, and opens it anew when it comes back', () => {
    const closed = item({ closed: '2026-11-02' });
    expect(mergeActionItems([closed], { day: '2026-11-03', items: [], unknown: [] })).toEqual([]);
    const again = item({ opened: '2026-11-03', due: '2026-11-06' });
    expect(mergeActionItems([closed], { day: '2026-11-03', items: [again], unknown: [] })).toEqual([again]);
  });

  test('puts the most urgent first and the closed last', () => {
    const merged = mergeActionItems([item({ id: 'a', severity: 'CRITICAL' })], {
      day: '2026-11-02',
      items: [item({ id: 'b', severity: 'LOW' }), item({ id: 'c', severity: 'HIGH' })],
      unknown: [],
    });
    expect(merged.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });
});
