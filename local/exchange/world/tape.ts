import type { Contracts, Millis, Price } from '../../../shared/domain/money.ts';
import type { Activity, BackgroundTrade, Ladder } from './world.ts';

/** What was recorded of one market, in the recording's own time. */
export interface Tape {
  ladder(at: Millis, depth: number): Ladder;
  nextChange(at: Millis): Millis | undefined;
  /** After `from`, up to and including `to`. */
  trades(from: Millis, to: Millis): readonly BackgroundTrade[];
  activity(at: Millis): Activity;
}

/** One recorded quote. A missing side is nobody; volume is all that was traded so far. */
export interface RecordedQuote {
  readonly at: Millis;
  readonly bid: Price | undefined;
  readonly ask: Price | undefined;
  readonly last: Price | undefined;
  readonly volume: Contracts;
  readonly openInterest: Contracts;
}

/** A recording of quotes says nothing of sizes: this much is taken to stand at the best price. */
const ASSUMED = 10_000 as Contracts;
const NOTHING: Activity = { volume: 0 as Contracts, volume24h: 0 as Contracts, openInterest: 0 as Contracts, last: undefined };

/** Quotes as they were polled; what was traded between two polls is told as one trade at the second. Quotes in time order. */
export function quoteTape(ticker: string, quotes: readonly RecordedQuote[]): Tape {
  const latest = (at: Millis) => quotes[lastAt(quotes, at)];
  return {
    ladder(at) {
      const quote = latest(at);
      const level = (price: Price | undefined) => (price === undefined ? [] : [{ price, count: ASSUMED }]);
      return { bids: level(quote?.bid), asks: level(quote?.ask) };
    },
    nextChange: (at) => quotes[lastAt(quotes, at) + 1]?.at,
    trades(from, to) {
      const found: BackgroundTrade[] = [];
      for (let index = Math.max(1, lastAt(quotes, from) + 1); index <= lastAt(quotes, to); index++) {
        found.push(...tradeBetween(ticker, quotes[index - 1], quotes[index]));
      }
      return found;
    },
    activity(at) {
      const quote = latest(at);
      if (!quote) return NOTHING;
      const { volume, openInterest, last } = quote;
      const dayAgo = latest(at - 86_400_000)?.volume ?? 0;
      return { volume, volume24h: Math.max(0, volume - dayAgo) as Contracts, openInterest, last };
    },
  };
}

function tradeBetween(ticker: string, before: RecordedQuote | undefined, after: RecordedQuote | undefined): readonly BackgroundTrade[] {
  if (!before || !after || after.volume <= before.volume) return [];
  const buy = (after.bid ?? 0) + (after.ask ?? 10_000) >= (before.bid ?? 0) + (before.ask ?? 10_000);
  const price = after.last ?? (buy ? after.ask : after.bid);
  if (price === undefined) return [];
  return [{ id: `${ticker}:${after.at}`, at: after.at, price, count: (after.volume - before.volume) as Contracts, buy }];
}

/** Index of the last row not after `at`; -1 when all are. Rows in time order. */
export function lastAt(rows: readonly { readonly at: Millis }[], at: Millis): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.at ?? Number.POSITIVE_INFINITY) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
