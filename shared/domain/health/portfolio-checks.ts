import { notional } from '../money.ts';
import { dollars, percent, plural } from '../words/amounts.ts';
import type { HealthFacts, Holding, Portfolio } from './health-facts.ts';
import type { CheckSpec, Finding } from './risk-check.ts';
import { above, below, cannotTell, noSubject, withFresh } from './risk-check.ts';
import type { HealthThresholds } from './thresholds.ts';

/** How the money is spread. Cash and capital in use are one fact seen twice. */
export const portfolioChecks = {
  'cash-reserve': {
    label: 'Cash reserve',
    dimension: 'liquidity',
    unit: 'share',
    target: ({ cashReserve }) => cashReserve.warning,
    judge: (facts, limits) =>
      ofEquity(facts, limits, ({ cash }, equity) => {
        const share = cash / equity;
        return below(share, limits.cashReserve, `cash ${dollars(cash)} is ${percent(share)}, needs ${percent(limits.cashReserve.warning)}`);
      }),
  },
  'capital-in-use': {
    label: 'Capital in use',
    dimension: 'liquidity',
    unit: 'share',
    target: ({ capitalInUse }) => capitalInUse.warning,
    judge: (facts, limits) =>
      ofEquity(facts, limits, ({ cash }, equity) => {
        const share = (equity - cash) / equity;
        return above(share, limits.capitalInUse, `money in use ${percent(share)}, limit ${percent(limits.capitalInUse.warning)}`);
      }),
  },
  'position-count': {
    label: 'Positions',
    dimension: 'position-count',
    unit: 'count',
    target: ({ positions }) => positions.warning,
    judge: (facts, limits) =>
      ofPortfolio(facts, limits, ({ positions }) =>
        above(positions.length, limits.positions, `${plural(positions.length, 'position')}, limit ${limits.positions.warning}`),
      ),
  },
  'largest-position': {
    label: 'Largest position',
    dimension: 'largest-position',
    unit: 'share',
    target: ({ largestPosition }) => largestPosition.warning,
    judge: (facts, limits) =>
      ofEquity(facts, limits, ({ positions }, equity) => {
        const [largest] = bySize(positions);
        if (!largest) return noSubject('no positions');
        const share = sizeOf(largest) / equity;
        return above(
          share,
          limits.largestPosition,
          `${largest.ticker} is ${percent(share)} of value, limit ${percent(limits.largestPosition.warning)}`,
        );
      }),
  },
  'exit-liveness': {
    label: 'Exits possible',
    dimension: 'exit-liveness',
    unit: 'share',
    target: ({ exitless }) => exitless.warning,
    judge: (facts, limits) =>
      ofPortfolio(facts, limits, ({ positions }) => {
        if (positions.length === 0) return noSubject('no positions');
        const stuck = positions.filter(({ bid }) => bid === undefined);
        const detail = stuck.length === 0 ? 'every position has a bid' : `nobody bids for ${stuck.map(({ ticker }) => ticker).join(', ')}`;
        return above(stuck.length / positions.length, limits.exitless, detail);
      }),
  },
} as const satisfies Record<string, CheckSpec>;

/** Largest first; holdings without a bid are worth nothing to a seller and come last. */
export function bySize(holdings: readonly Holding[]): readonly Holding[] {
  return holdings.toSorted((a, b) => sizeOf(b) - sizeOf(a) || (a.ticker < b.ticker ? -1 : 1));
}

/** Bid value in micro-dollars. */
export function sizeOf({ bid, count }: Holding): number {
  return bid === undefined ? 0 : notional(bid, count);
}

function ofPortfolio(facts: HealthFacts, { maxAge }: HealthThresholds, judge: (portfolio: Portfolio) => Finding): Finding {
  return withFresh('portfolio', facts.portfolio, { now: facts.at, maxAge: maxAge.portfolio }, judge);
}

function ofEquity(facts: HealthFacts, limits: HealthThresholds, judge: (portfolio: Portfolio, equity: number) => Finding): Finding {
  return ofPortfolio(facts, limits, (portfolio) => {
    const { equity, positions } = portfolio;
    if (equity === undefined) {
      return cannotTell(`nobody bids for ${positions.flatMap(({ ticker, bid }) => (bid === undefined ? [ticker] : [])).join(', ')}`);
    }
    return equity > 0 ? judge(portfolio, equity) : noSubject('the book is empty');
  });
}
