import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { health, riskChecks } from '../../../shared/domain/health/health.ts';
import type { HealthFacts } from '../../../shared/domain/health/health-facts.ts';
import { portfolioOf } from '../../../shared/domain/health/health-facts.ts';
import { book, cents, deposit, fillOf, lots, usd } from '../metrics/portfolio.ts';
import { facts, holding, MINUTE, NOW, portfolio, rate, seedPortfolio, thresholds } from './facts.ts';

const judge = (more: Partial<HealthFacts>) => health(facts(more), thresholds);
const stateOf = (id: keyof typeof riskChecks, more: Partial<HealthFacts>) => judge(more).checks.find((check) => check.id === id)?.state;
const withPortfolio = (cash: number, ...positions: Parameters<typeof portfolio>[1]) => ({
  portfolio: { at: NOW, value: portfolio(cash, positions) },
});
const many = (n: number, count = 1) => Array.from({ length: n }, (_, i) => holding(`KXM-${i + 10}-X`, count, 10));

describe('seed 000’s own portfolio', () => {
  const sick = judge({
    portfolio: { at: NOW, value: seedPortfolio },
    winRates: { all: rate(0, 20), manual: rate(undefined, 0), automated: rate(0, 20) },
  });

  test('has a seed score of 15, line by line', () => {
    expect(sick.seed).toEqual({
      score: 15,
      lines: [
        { id: 'cash-reserve', points: -25, reason: 'cash $9.84 is 8.6%, needs 15%' },
        { id: 'capital-in-use', points: -25, reason: 'money in use 91.4%, limit 80%' },
        { id: 'position-count', points: -10, reason: '16 positions, limit 12' },
        { id: 'largest-position', points: -10, reason: 'KXBIG-1-X is 10.1% of value, limit 10%' },
        { id: 'win-rate', points: -15, reason: 'win rate 0% over 20 trades' },
      ],
    });
  });

  test('has a score of 55 when cash and capital in use count once and the win rate is left to the gate', () => {
    expect(sick.score).toBe(55);
    expect(sick.lines.map(({ id, points }) => [id, points])).toEqual([
      ['cash-reserve', -25],
      ['position-count', -10],
      ['largest-position', -10],
    ]);
    expect(sick.state).toBe('critical');
  });
});

describe('each check passes, fails and cannot tell', () => {
  const stale = { at: NOW - 21 * MINUTE, value: portfolio(50, many(3)) };
  const calibration = (settled: number, skill: number | undefined, weight = 0.2) => ({
    calibration: { at: NOW, value: { settled, skill, weight } },
  });
  const spent = (amount: number, budget = 1) => ({ aiBudget: { at: NOW, value: { spent: usd(amount), budget: usd(budget) } } });
  const breaker = (state: 'active' | 'reducing' | 'halted') => ({ breaker: { state, since: 0, by: 'x', version: 1 } as const });
  const rates = (manual: number, automated: number, n = 10) => ({
    winRates: { all: rate(0.5, 20), manual: rate(manual, n), automated: rate(automated, 10) },
  });

  const cases: readonly (readonly [keyof typeof riskChecks, string, Partial<HealthFacts>])[] = [
    ['cash-reserve', 'healthy', withPortfolio(15, holding('KXA-1-X', 170, 50))],
    ['cash-reserve', 'warning', withPortfolio(14.99, holding('KXA-1-X', 170.02, 50))],
    ['cash-reserve', 'warning', withPortfolio(10, holding('KXA-1-X', 180, 50))],
    ['cash-reserve', 'critical', withPortfolio(9.99, holding('KXA-1-X', 180.02, 50))],
    ['cash-reserve', 'unknown', withPortfolio(10, holding('KXA-1-X', 10, undefined))],
    ['cash-reserve', 'unknown', { portfolio: undefined }],
    ['cash-reserve', 'unknown', { portfolio: stale }],
    ['cash-reserve', 'not-applicable', withPortfolio(0)],
    ['capital-in-use', 'healthy', withPortfolio(20, holding('KXA-1-X', 160, 50))],
    ['capital-in-use', 'warning', withPortfolio(19.99, holding('KXA-1-X', 160.02, 50))],
    ['capital-in-use', 'warning', withPortfolio(10, holding('KXA-1-X', 180, 50))],
    ['capital-in-use', 'critical', withPortfolio(9.99, holding('KXA-1-X', 180.02, 50))],
    ['position-count', 'healthy', withPortfolio(50, ...many(12))],
    ['position-count', 'warning', withPortfolio(50, ...many(13))],
    ['position-count', 'unknown', { portfolio: stale }],
    ['largest-position', 'healthy', withPortfolio(90, holding('KXA-1-X', 20, 50))],
    ['largest-position', 'warning', withPortfolio(89.99, holding('KXA-1-X', 20.02, 50))],
    ['largest-position', 'not-applicable', withPortfolio(50)],
    ['largest-position', 'unknown', withPortfolio(50, holding('KXA-1-X', 1, undefined))],
    ['exit-liveness', 'healthy', withPortfolio(50, ...many(4))],
    ['exit-liveness', 'warning', withPortfolio(50, ...many(3), holding('KXA-1-X', 1, undefined))],
    ['exit-liveness', 'critical', withPortfolio(50, ...many(2), holding('KXA-1-X', 1, undefined))],
    ['exit-liveness', 'not-applicable', withPortfolio(50)],
    ['exit-liveness', 'unknown', { portfolio: undefined }],
    ['drawdown', 'healthy', { drawdown: 0.05 }],
    ['drawdown', 'warning', { drawdown: 0.051 }],
    ['drawdown', 'critical', { drawdown: 0.11 }],
    ['drawdown', 'unknown', { drawdown: undefined }],
    ['win-rate-gap', 'healthy', rates(0.6, 0.5)],
    ['win-rate-gap', 'warning', rates(0.3, 0.51)],
    ['win-rate-gap', 'not-applicable', rates(0.1, 0.9, 9)],
    ['win-rate-gap', 'unknown', { winRates: undefined }],
    ['quote-age', 'healthy', { quotesAt: NOW - 30 * MINUTE }],
    ['quote-age', 'warning', { quotesAt: NOW - 31 * MINUTE }],
    ['quote-age', 'critical', { quotesAt: NOW - 61 * MINUTE }],
    ['quote-age', 'unknown', { quotesAt: undefined }],
    ['sync-age', 'healthy', { syncedAt: NOW - 10 * MINUTE }],
    ['sync-age', 'warning', { syncedAt: NOW - 11 * MINUTE }],
    ['sync-age', 'critical', { syncedAt: NOW - 21 * MINUTE }],
    ['sync-age', 'unknown', { syncedAt: undefined }],
    ['reconciliation', 'healthy', { reconciliation: { at: NOW, value: { breaks: 0 } } }],
    ['reconciliation', 'critical', { reconciliation: { at: NOW, value: { breaks: 1 } } }],
    ['reconciliation', 'unknown', { reconciliation: { at: NOW - 61 * MINUTE, value: { breaks: 0 } } }],
    ['reconciliation', 'unknown', { reconciliation: undefined }],
    ['breaker', 'healthy', breaker('active')],
    ['breaker', 'warning', breaker('reducing')],
    ['breaker', 'critical', breaker('halted')],
    ['breaker', 'unknown', { breaker: undefined }],
    ['calibration', 'healthy', calibration(30, 0)],
    ['calibration', 'warning', calibration(30, -0.01)],
    ['calibration', 'not-applicable', calibration(29, -0.5)],
    ['calibration', 'not-applicable', calibration(300, -0.5, 0)],
    ['calibration', 'unknown', calibration(30, undefined)],
    ['calibration', 'unknown', { calibration: undefined }],
    ['ai-budget', 'healthy', spent(0.79)],
    ['ai-budget', 'warning', spent(0.8)],
    ['ai-budget', 'critical', spent(1)],
    ['ai-budget', 'not-applicable', spent(0, 0)],
    ['ai-budget', 'unknown', { aiBudget: undefined }],
    ['error-rate', 'healthy', { runs: { at: NOW, value: { failed: 5, all: 100 } } }],
    ['error-rate', 'warning', { runs: { at: NOW, value: { failed: 6, all: 100 } } }],
    ['error-rate', 'critical', { runs: { at: NOW, value: { failed: 21, all: 100 } } }],
    ['error-rate', 'not-applicable', { runs: { at: NOW, value: { failed: 0, all: 0 } } }],
    ['error-rate', 'unknown', { runs: undefined }],
  ];

  test.each(cases)('%s is %s', (id, state, more) => {
    expect(stateOf(id, more)).toBe(state);
  });

  test('and no check is without a case', () => {
    expect(new Set(cases.map(([id]) => id))).toEqual(new Set(Object.keys(riskChecks)));
  });
});

describe('score', () => {
  test('is 100 when all is well', () => {
    expect(judge({})).toMatchObject({ score: 100, state: 'healthy', lines: [] });
    expect(judge({}).seed.score).toBe(100);
  });

  test('is unknown, never 100, when an input is missing or stale', () => {
    const inputs = [
      'portfolio',
      'drawdown',
      'quotesAt',
      'syncedAt',
      'reconciliation',
      'breaker',
      'calibration',
      'aiBudget',
      'runs',
      'winRates',
    ] as const;
    for (const input of inputs) expect(judge({ [input]: undefined })).toMatchObject({ score: undefined, state: 'unknown' });
    const { score, state, why } = judge({ reconciliation: { at: NOW - 2 * 60 * MINUTE, value: { breaks: 0 } } });
    expect([score, state]).toEqual([undefined, 'unknown']);
    expect(why).toBe('reconciliation: unknown (reconciliation is 2h00m old, limit 60 min)');
  });

  test('counts the worse of two checks of one fact, and weighs nothing that has no subject', () => {
    const { checks, score } = judge({
      syncedAt: NOW - 25 * MINUTE,
      quotesAt: NOW - 40 * MINUTE,
      aiBudget: { at: NOW, value: { spent: usd(0), budget: usd(0) } },
    });
    const weights = Object.fromEntries(checks.map(({ id, weight }) => [id, weight]));
    expect(weights).toMatchObject({ 'sync-age': 1, 'quote-age': 0, 'cash-reserve': 1, 'capital-in-use': 0, 'ai-budget': 0 });
    expect(score).toBe(75);
  });

  test('a fresh book without trades or positions is judged on what it has', () => {
    const { score, state, checks } = judge({
      ...withPortfolio(1000),
      drawdown: 0,
      calibration: { at: NOW, value: { settled: 0, skill: undefined, weight: 0.25 } },
      winRates: { all: rate(undefined, 0), manual: rate(undefined, 0), automated: rate(undefined, 0) },
    });
    expect([score, state]).toEqual([100, 'healthy']);
    expect(checks.filter((check) => check.state === 'not-applicable').map(({ id }) => id)).toEqual([
      'largest-position',
      'exit-liveness',
      'win-rate-gap',
      'calibration',
    ]);
  });

  test('names the numbers that halted trading', () => {
    const halted = judge({
      breaker: { state: 'halted', cause: 'daily-loss', detail: 'day loss -$8.40, limit -$8.00', since: 0, by: 'breaker', version: 2 },
    });
    expect(halted.lines).toEqual([{ id: 'breaker', points: -25, reason: 'halted: daily-loss, day loss -$8.40, limit -$8.00' }]);
    expect(halted.state).toBe('critical');
  });

  test('the seed adds five points for a win rate over 60 % and takes none below twenty trades', () => {
    const seed = (value: number, n: number) =>
      judge({ ...withPortfolio(50, ...many(13)), winRates: { all: rate(value, n), manual: rate(0.5, 5), automated: rate(0.5, 5) } }).seed
        .score;
    expect([seed(0.61, 20), seed(0.6, 20), seed(0.4, 20), seed(0.39, 20), seed(0.39, 19)]).toEqual([95, 90, 90, 75, 90]);
  });

  test('lies between 0 and 100 and falls when anything gets worse', () => {
    const worse = fc.record({
      drawdown: fc.double({ min: 0, max: 1, noNaN: true }),
      syncedAt: fc.integer({ min: NOW - 100 * MINUTE, max: NOW }),
      breaks: fc.integer({ min: 0, max: 3 }),
      failed: fc.integer({ min: 0, max: 100 }),
      cash: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(worse, ({ drawdown, syncedAt, breaks, failed, cash }) => {
        const more = {
          drawdown,
          syncedAt,
          reconciliation: { at: NOW, value: { breaks } },
          runs: { at: NOW, value: { failed, all: 100 } },
          ...withPortfolio(cash, ...many(20, 10)),
        };
        const { score } = judge(more);
        const without = judge({ ...more, drawdown: 0 }).score;
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(without ?? Number.NaN);
      }),
    );
  });
});

test('a ledger becomes a portfolio at its bids, less what resting buys hold', () => {
  const { ledger } = book([deposit(100, 0), fillOf({ ticker: 'KXA-1-X', at: 1, price: cents(50), count: lots(20) })]);
  const terms = new Map([['KXA-1-X', { bidSize: lots(5) }]]);
  expect(portfolioOf(ledger, new Map([['KXA-1-X', cents(55)]]), usd(30), terms)).toEqual({
    cash: usd(60),
    equity: usd(101),
    positions: [{ ticker: 'KXA-1-X', event: 'KXA-1', count: lots(20), bid: cents(55), bidSize: lots(5) }],
  });
});
