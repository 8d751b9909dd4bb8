import { Refusal } from '../matching/refusal.ts';
import type { Venue } from '../venue.ts';
import type { MarketFacts } from '../world/world.ts';
import { historicalCutoff } from './historical-cutoff.ts';
import { listMarkets, marketFilter } from './market-list.ts';
import { ladderOf, marketViewJson, quoteTime } from './market-view.ts';
import { integerOf, invalid, limitOf } from './query.ts';
import { type Call, ok, type Route } from './route.ts';
import { orderbookJson } from './wire.ts';

export const marketRoutes: readonly Route[] = [
  { method: 'GET', path: '/markets', access: 'public', answer: ({ venue, query, now }) => ok(marketsPage(venue, query, now)) },
  { method: 'GET', path: '/markets/orderbooks', access: 'public', answer: orderbooks },
  {
    method: 'GET',
    path: '/markets/:ticker',
    access: 'public',
    answer: (call) => ok({ market: marketViewJson(call.venue, knownMarket(call), call.now) }),
  },
  {
    method: 'GET',
    path: '/markets/:ticker/orderbook',
    access: 'public',
    answer: (call) => {
      const depth = integerOf(call.query, 'depth') ?? 0;
      if (depth < 0 || depth > 100) throw invalid('depth must be between 0 and 100');
      return ok({ orderbook_fp: orderbookJson(ladderOf(call.venue, knownMarket(call), call.now, depth === 0 ? 100 : depth)) });
    },
  },
];

/** The market of the path, created by now. */
export function knownMarket({ venue, params, now }: Call): MarketFacts {
  const market = venue.world.market(params.ticker ?? '');
  if (!market || market.createdAt > now) throw new Refusal(404, 'not_found', 'market not found');
  return market;
}

interface Pages {
  at: number;
  readonly bytes: Map<string, Uint8Array>;
  readonly markets: WeakMap<MarketFacts, MarketText>;
}

/** A market as text, and what it was when that was written: the moment, and for a live one what had happened in it. */
interface MarketText {
  readonly at: number;
  readonly version: number;
  readonly prints: number;
  readonly text: string;
}

const kept = new WeakMap<Venue, Pages>();
const encoder = new TextEncoder();

/** A page as bytes; the same bytes as long as no quote moves and no member is in any market. */
function marketsPage(venue: Venue, query: URLSearchParams, now: number): Uint8Array {
  const pages = kept.get(venue) ?? { at: 0, bytes: new Map(), markets: new WeakMap() };
  kept.set(venue, pages);
  const at = quoteTime(venue, now);
  if (pages.at !== at || venue.floor.live.size > 0) pages.bytes.clear();
  pages.at = at;
  const key = query.toString();
  const found = pages.bytes.get(key);
  if (found) return found;
  const filter = marketFilter(query, historicalCutoff(venue, now));
  const { markets, cursor } = listMarkets(venue, filter, now, limitOf(query, 1000, 100, 0), query.get('cursor'));
  const texts = markets.map((market) => marketText(venue, pages.markets, market, now));
  const page = encoder.encode(`{"markets":[${texts.join(',')}],"cursor":${JSON.stringify(cursor)}}`);
  pages.bytes.set(key, page);
  return page;
}

function marketText(venue: Venue, kept: Pages['markets'], market: MarketFacts, now: number): string {
  const live = venue.floor.live.get(market.ticker);
  const [version, prints] = [live?.book.version ?? -1, live?.prints.length ?? 0];
  const found = kept.get(market);
  if (found?.at === now && found.version === version && found.prints === prints) return found.text;
  const text = JSON.stringify(marketViewJson(venue, market, now));
  kept.set(market, { at: now, version, prints, text });
  return text;
}

function orderbooks({ venue, query, now }: Call) {
  const tickers = query.getAll('tickers');
  if (tickers.length === 0 || tickers.length > 100) throw invalid('tickers must have between 1 and 100 entries');
  const found = tickers.flatMap((ticker) => venue.world.market(ticker) ?? []);
  const orderbook = (market: MarketFacts) => ({ ticker: market.ticker, orderbook_fp: orderbookJson(ladderOf(venue, market, now, 100)) });
  return ok({ orderbooks: found.filter(({ createdAt }) => createdAt <= now).map(orderbook) });
}
