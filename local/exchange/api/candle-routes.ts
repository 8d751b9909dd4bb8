import { Refusal } from '../matching/refusal.ts';
import type { MarketFacts } from '../world/world.ts';
import { candleJson, candlesOf } from './candles.ts';
import { historicalCutoff } from './historical-cutoff.ts';
import { knownMarket } from './market-routes.ts';
import { invalid, listOf, requiredSeconds } from './query.ts';
import { type Call, ok, type Route } from './route.ts';

export const candleRoutes: readonly Route[] = [
  { method: 'GET', path: '/markets/candlesticks', access: 'public', answer: batch },
  {
    method: 'GET',
    path: '/series/:series/markets/:ticker/candlesticks',
    access: 'public',
    answer: (call) => {
      const market = knownMarket(call);
      if (market.event.series.ticker !== call.params.series || isArchived(call, market))
        throw new Refusal(404, 'not_found', 'market not found');
      return ok({ ticker: market.ticker, candlesticks: candlesOf(call, market).map(candleJson) });
    },
  },
  { method: 'GET', path: '/series/:series/events/:event/candlesticks', access: 'public', answer: eventCandles },
];

function batch(call: Call) {
  const tickers = listOf(call.query, 'market_tickers', 100) ?? [];
  if (tickers.length === 0) throw invalid('market_tickers is required');
  const markets = tickers.flatMap((ticker) => call.venue.world.market(ticker) ?? []).filter((market) => !isArchived(call, market));
  const sets = markets.map((market) => ({ market_ticker: market.ticker, candlesticks: candlesOf(call, market).map(candleJson) }));
  if (sets.reduce((sum, { candlesticks }) => sum + candlesticks.length, 0) > 10_000) throw invalid('at most 10000 candlesticks');
  return ok({ markets: sets });
}

function eventCandles(call: Call) {
  const event = call.venue.world.event(call.params.event ?? '');
  if (!event || event.series.ticker !== call.params.series) throw new Refusal(404, 'not_found', 'event not found');
  return ok({
    market_tickers: event.markets.map(({ ticker }) => ticker),
    market_candlesticks: event.markets.map((market) => candlesOf(call, market).map(candleJson)),
    adjusted_end_ts: requiredSeconds(call.query, 'end_ts') / 1000,
  });
}

/** Settled too long ago for the live tier. */
function isArchived({ venue, now }: Call, market: MarketFacts): boolean {
  return market.settledAt < historicalCutoff(venue, now);
}
