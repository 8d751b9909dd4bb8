import type { Contracts, Millis, Price } from '../../../shared/domain/money.ts';
import type { MarketFacts, World } from '../world/world.ts';
import { flagOf, invalid, requiredSeconds, wordOf } from './query.ts';
import type { Call } from './route.ts';
import { count, dollars } from './wire.ts';

interface Bar {
  readonly open: Price;
  readonly low: Price;
  readonly high: Price;
  readonly close: Price;
}

export interface Candle {
  /** End of the period, ms; part of it. */
  readonly end: Millis;
  readonly bid: Bar;
  readonly ask: Bar;
  /** Of trades; undefined without any. */
  readonly price: Bar | undefined;
  readonly mean: Price | undefined;
  readonly previous: Price | undefined;
  readonly volume: Contracts;
  readonly openInterest: Contracts;
}

const MINUTE = 60_000;
const MOST = 10_000;

/** Looks at quotes inside a period; the exchange follows every change. */
const LOOKS = 8;

/** The candlesticks that a request asks for; `start_ts`, `end_ts` and `period_interval` are required. */
export function candlesOf({ venue, query, now }: Call, market: MarketFacts): readonly Candle[] {
  const period = Number(wordOf(query, 'period_interval', ['1', '60', '1440']) ?? missingPeriod()) * MINUTE;
  const [start, end] = [requiredSeconds(query, 'start_ts'), requiredSeconds(query, 'end_ts')];
  if (end < start) throw invalid('end_ts must not be before start_ts');
  if ((end - start) / period > MOST) throw invalid(`at most ${MOST} candlesticks`);
  const last = Math.min(end, Math.ceil(now / period) * period, Math.ceil(market.endsAt / period) * period);
  const first = Math.ceil(Math.max(start, market.openAt + 1) / period) * period;
  const candles: Candle[] = [];
  for (let to = first; to <= last; to += period) candles.push(candle(venue.world, market, to - period, Math.min(to, now), to));
  const before = Math.ceil(start / period) * period - period;
  const wanted = flagOf(query, 'include_latest_before_start') && before > market.openAt;
  return wanted ? [latestBefore(venue.world, market, before), ...candles] : candles;
}

function candle(world: World, market: MarketFacts, from: Millis, to: Millis, end: Millis): Candle {
  const looks = Array.from({ length: LOOKS + 1 }, (_, look) =>
    world.ladder(market, Math.min(from + ((to - from) * look) / LOOKS, market.endsAt - 1), 1),
  );
  const trades = world.trades(market, from, to);
  const size = trades.reduce((sum, trade) => sum + trade.count, 0);
  const value = trades.reduce((sum, trade) => sum + trade.count * trade.price, 0);
  return {
    end,
    bid: barOf(looks.map(({ bids }) => bids[0]?.price ?? (0 as Price))),
    ask: barOf(looks.map(({ asks }) => asks[0]?.price ?? (10_000 as Price))),
    price: trades.length === 0 ? undefined : barOf(trades.map(({ price }) => price)),
    mean: size === 0 ? undefined : (Math.round(value / size) as Price),
    previous: world.activity(market, from).last,
    volume: size as Contracts,
    openInterest: world.activity(market, to).openInterest,
  };
}

function latestBefore(world: World, market: MarketFacts, at: Millis): Candle {
  const flat = candle(world, market, at, at, at);
  return { ...flat, price: undefined, volume: 0 as Contracts };
}

function barOf(prices: readonly Price[]): Bar {
  const [open, close] = [prices[0] ?? (0 as Price), prices.at(-1) ?? (0 as Price)];
  return { open, low: Math.min(...prices) as Price, high: Math.max(...prices) as Price, close };
}

function missingPeriod(): never {
  throw invalid('period_interval is required');
}

export function candleJson({ end, bid, ask, price, mean, previous, volume, openInterest }: Candle) {
  return {
    end_period_ts: end / 1000,
    yes_bid: barJson(bid, '_dollars'),
    yes_ask: barJson(ask, '_dollars'),
    price: {
      ...(price ? barJson(price, '_dollars') : { open_dollars: null, low_dollars: null, high_dollars: null, close_dollars: null }),
      mean_dollars: mean === undefined ? null : dollars(mean),
      previous_dollars: previous === undefined ? null : dollars(previous),
    },
    volume_fp: count(volume),
    open_interest_fp: count(openInterest),
  };
}

/** The historical tier leaves the suffixes off. */
export function historicalCandleJson({ end, bid, ask, price, mean, previous, volume, openInterest }: Candle) {
  return {
    end_period_ts: end / 1000,
    yes_bid: barJson(bid, ''),
    yes_ask: barJson(ask, ''),
    price: {
      ...(price ? barJson(price, '') : { open: null, low: null, high: null, close: null }),
      mean: mean === undefined ? null : dollars(mean),
      previous: previous === undefined ? null : dollars(previous),
    },
    volume: count(volume),
    open_interest: count(openInterest),
  };
}

function barJson({ open, low, high, close }: Bar, suffix: string): Record<string, string> {
  return {
    [`open${suffix}`]: dollars(open),
    [`low${suffix}`]: dollars(low),
    [`high${suffix}`]: dollars(high),
    [`close${suffix}`]: dollars(close),
  };
}
