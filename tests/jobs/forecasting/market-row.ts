import type { MarketRow } from '../../../shared/domain/rows-board.ts';
import { now } from './scripted-analyst.ts';

const HOUR = 3_600_000;

/** A market at 50 cents, much traded, that closes in two days. */
export function rowOf(ticker: string, change: Partial<MarketRow> = {}): MarketRow {
  return {
    ...{ ticker, event: ticker.slice(0, 1), series: 'S', status: 'active', bid: 4900, ask: 5100, bidSize: 10_000, askSize: 10_000 },
    ...{ volume: 100_000, volume24h: 100_000, openInterest: 0, last: 5000, quotedAt: now },
    ...{ closeTime: now + 48 * HOUR, knownClose: now + 48 * HOUR },
    terms: {
      ...{ fee: { type: 'quadratic', multiplier: 10_000 }, priceRanges: undefined, shard: 0, mutuallyExclusive: undefined },
      ...{ category: 'Weather', rulesHash: `hash of ${ticker}`, rules: { primary: 'If it rains.', source: 'the gauge' } },
    },
    ...change,
  };
}
