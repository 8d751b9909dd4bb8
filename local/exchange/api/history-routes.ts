import type { Contracts, Millis } from '../../../shared/domain/money.ts';
import { Refusal } from '../matching/refusal.ts';
import type { Venue } from '../venue.ts';
import type { BackgroundTrade, MarketFacts } from '../world/world.ts';
import { candlesOf, historicalCandleJson } from './candles.ts';
import { historicalCutoff } from './historical-cutoff.ts';
import { listMarkets, marketFilter } from './market-list.ts';
import { knownMarket } from './market-routes.ts';
import { marketViewJson } from './market-view.ts';
import { flagOf, limitOf, pageOf, secondsOf } from './query.ts';
import { type Call, ok, type Route } from './route.ts';
import { bothPrices, count, time } from './wire.ts';

const DAY = 86_400_000;

export const historyRoutes: readonly Route[] = [
  { method: 'GET', path: '/historical/cutoff', access: 'public', answer: ({ venue, now }) => ok(cutoffJson(venue, now)) },
  { method: 'GET', path: '/historical/markets', access: 'public', answer: historicalMarkets },
  {
    method: 'GET',
    path: '/historical/markets/:ticker',
    access: 'public',
    answer: (call) => ok({ market: marketViewJson(call.venue, archived(call), call.now) }),
  },
  {
    method: 'GET',
    path: '/historical/markets/:ticker/candlesticks',
    access: 'public',
    answer: (call) => {
      const market = archived(call);
      return ok({ ticker: market.ticker, candlesticks: candlesOf(call, market).map(historicalCandleJson) });
    },
  },
  {
    method: 'GET',
    path: '/markets/trades',
    access: 'public',
    answer: (call) => trades(call, historicalCutoff(call.venue, call.now), call.now),
  },
  {
    method: 'GET',
    path: '/historical/trades',
    access: 'public',
    answer: (call) => trades(call, call.venue.world.earliest, historicalCutoff(call.venue, call.now)),
  },
];

function cutoffJson(venue: Venue, now: Millis) {
  const cutoff = time(historicalCutoff(venue, now));
  return {
    market_settled_ts: cutoff,
    trades_created_ts: cutoff,
    orders_updated_ts: time(now - 14 * DAY),
    market_positions_last_updated_ts: cutoff,
  };
}

function historicalMarkets({ venue, query, now }: Call) {
  const filter = { ...marketFilter(query, venue.world.earliest), status: 'settled' as const };
  const settled = { from: undefined, to: historicalCutoff(venue, now) - 1 };
  const { markets, cursor } = listMarkets(venue, { ...filter, settled }, now, limitOf(query, 1000, 100, 0), query.get('cursor'));
  return ok({ markets: markets.map((market) => marketViewJson(venue, market, now)), cursor });
}

function archived(call: Call): MarketFacts {
  const market = knownMarket(call);
  if (market.settledAt >= historicalCutoff(call.venue, call.now)) throw new Refusal(404, 'not_found', 'market not found');
  return market;
}

/** Newest first. Without a ticker, of the markets that members are in and of as many others as it takes to fill the page. */
function trades({ venue, query, now }: Call, earliest: Millis, latest: Millis) {
  const from = Math.max(earliest, secondsOf(query, 'min_ts') ?? earliest);
  const to = Math.min(latest, secondsOf(query, 'max_ts') ?? latest);
  const limit = limitOf(query, 1000, 100, 0);
  const blocks = query.has('is_block_trade') && flagOf(query, 'is_block_trade');
  const ticker = query.get('ticker') ?? '';
  const found = blocks
    ? []
    : ticker === ''
      ? recentTrades(venue, from, to, now, limit * 2)
      : tape(venue, venue.world.market(ticker), from, to);
  const { page, cursor } = pageOf(
    found.toSorted((a, b) => b.at - a.at),
    query,
    limit,
  );
  return ok({ trades: page.map(tradeJson), cursor });
}

type TapedTrade = BackgroundTrade & { readonly market: MarketFacts };

function recentTrades(venue: Venue, from: Millis, to: Millis, now: Millis, enough: number): readonly TapedTrade[] {
  const found: TapedTrade[] = [];
  for (const live of venue.floor.live.values()) found.push(...tape(venue, live.market, from, to));
  for (const [, event] of venue.world.events({ createdTo: now, settledFrom: from })) {
    for (const market of event.markets)
      if (!venue.floor.live.has(market.ticker)) found.push(...tape(venue, market, Math.max(from, to - 3_600_000), to));
    if (found.length >= enough) break;
  }
  return found;
}

/** Trades after `from` up to `to`: as they happened where members were in the market, elsewhere as the world tells. */
function tape(venue: Venue, market: MarketFacts | undefined, from: Millis, to: Millis): readonly TapedTrade[] {
  if (!market) return [];
  const live = venue.floor.live.get(market.ticker);
  const told = venue.world.trades(market, from, to);
  const walked = (at: Millis) => live?.walked.some((span) => at > span.from && at <= span.to) ?? false;
  const prints = (live?.prints ?? []).filter(({ at }) => at > from && at <= to);
  return [...told.filter(({ at }) => !walked(at)), ...prints].map((trade) => ({ ...trade, market }));
}

function tradeJson({ id, market, at, price, buy, count: size }: TapedTrade) {
  return {
    trade_id: id,
    ticker: market.ticker,
    count_fp: count(size as Contracts),
    ...bothPrices(price),
    taker_side: buy ? 'yes' : 'no',
    taker_outcome_side: buy ? 'yes' : 'no',
    taker_book_side: buy ? 'bid' : 'ask',
    created_time: time(at),
    is_block_trade: false,
  };
}
