import type { HealthFacts, Holding, Portfolio } from '../../../shared/domain/health/health-facts.ts';
import { seed000Thresholds } from '../../../shared/domain/health/thresholds.ts';
import type { Metric } from '../../../shared/domain/metrics/metric.ts';
import type { Usd } from '../../../shared/domain/money.ts';
import { cents, lots, NOW, usd } from '../metrics/portfolio.ts';

export const MINUTE = 60_000;

export function holding(ticker: string, count: number, bid: number | undefined, more: Partial<Holding> = {}): Holding {
  return { ticker, event: ticker.slice(0, -2), count: lots(count), bid: bid === undefined ? undefined : cents(bid), ...more };
}

/** Cash beside holdings at their bids; no value where a bid is missing. */
export function portfolio(cash: number, positions: readonly Holding[]): Portfolio {
  let equity: number | undefined = usd(cash);
  for (const { bid, count } of positions) equity = bid === undefined || equity === undefined ? undefined : equity + bid * count;
  return { cash: usd(cash), equity: equity as Usd | undefined, positions };
}

/** Seed 000's own: $9.84 in cash, 91.4 % used, 16 positions, one of them too large. */
export const seedPortfolio = portfolio(9.84, [
  holding('KXBIG-1-X', 20, 57.9),
  ...Array.from({ length: 15 }, (_, i) => holding(`KXSMALL-${i + 10}-X`, 20, 31)),
]);

export const rate = (value: number | undefined, n: number): Metric => ({
  value,
  n,
  ...(value === undefined ? { why: 'no closed trades' } : {}),
});

/** Facts in which all is well: half in cash, six small positions. */
export function facts(more: Partial<HealthFacts> = {}): HealthFacts {
  const seen = <Value>(value: Value, age = MINUTE) => ({ at: NOW - age, value });
  return {
    at: NOW,
    portfolio: seen(
      portfolio(
        50,
        Array.from({ length: 6 }, (_, i) => holding(`KXOK-${i}-X`, 20, 40)),
      ),
    ),
    drawdown: 0.01,
    quotesAt: NOW - 4 * MINUTE,
    syncedAt: NOW - 2 * MINUTE,
    reconciliation: seen({ breaks: 0 }),
    breaker: { state: 'active', since: 0, by: 'start', version: 1 },
    calibration: seen({ settled: 100, skill: 0.02, weight: 0.2 }),
    aiBudget: seen({ spent: usd(0.05), budget: usd(0.25) }),
    runs: seen({ failed: 1, all: 100 }),
    winRates: { all: rate(0.55, 40), manual: rate(0.5, 20), automated: rate(0.6, 20) },
    ...more,
  };
}

export const thresholds = seed000Thresholds;
export { NOW };
