import type { Millis } from '../../../shared/domain/money.ts';
import type { Venue } from '../venue.ts';
import { statusAt } from '../world/market-state.ts';
import type { EventFacts, MarketFacts, Position } from '../world/world.ts';
import { invalid, listOf, readCursor, secondsOf, wordOf, writeCursor } from './query.ts';

const words = ['unopened', 'open', 'paused', 'closed', 'settled'] as const;
export type StatusWord = (typeof words)[number];

/** Which markets a request asks for. Bounds in ms, inclusive. */
export interface MarketFilter {
  readonly status: StatusWord | undefined;
  readonly series: string | undefined;
  readonly event: string | undefined;
  readonly tickers: ReadonlySet<string> | undefined;
  readonly combos: 'only' | 'exclude' | undefined;
  readonly created: Bounds;
  readonly close: Bounds;
  readonly settled: Bounds;
  readonly updated: Bounds;
  /** Nothing that settled before is listed. */
  readonly settledSince: Millis;
}

interface Bounds {
  readonly from: Millis | undefined;
  readonly to: Millis | undefined;
}

/** Filters by time go with some statuses only, and never two together. */
const companions: Readonly<Record<string, readonly (StatusWord | undefined)[]>> = {
  created: ['unopened', 'open', undefined],
  close: ['closed', undefined],
  settled: ['settled', undefined],
  updated: [undefined],
};

export function marketFilter(query: URLSearchParams, settledSince: Millis): MarketFilter {
  const bounds = (name: string): Bounds => ({ from: secondsOf(query, `min_${name}_ts`), to: secondsOf(query, `max_${name}_ts`) });
  const tickers = listOf(query, 'tickers');
  const filter = {
    status: wordOf(query, 'status', words),
    series: query.get('series_ticker') ?? undefined,
    event: query.get('event_ticker') ?? undefined,
    tickers: tickers && new Set(tickers),
    combos: wordOf(query, 'mve_filter', ['only', 'exclude']),
    created: bounds('created'),
    close: bounds('close'),
    settled: bounds('settled'),
    updated: bounds('updated'),
    settledSince,
  };
  const used = (['created', 'close', 'settled', 'updated'] as const).filter((name) => isSet(filter[name]));
  const [only, another] = used;
  if (another) throw invalid('timestamp filters are mutually exclusive');
  if (only && !companions[only]?.includes(filter.status))
    throw invalid(`${only}_ts filters cannot be combined with status ${filter.status}`);
  return filter;
}

export interface MarketPage {
  readonly markets: readonly MarketFacts[];
  readonly cursor: string;
}

/** Markets of a filter in listing order, `limit` at a time. */
export function listMarkets({ world }: Venue, filter: MarketFilter, now: Millis, limit: number, cursor: string | null): MarketPage {
  if (filter.tickers)
    return tickersPage(
      [...filter.tickers].flatMap((ticker) => world.market(ticker) ?? []),
      filter,
      now,
      limit,
      cursor,
    );
  if (filter.event !== undefined) return tickersPage(world.event(filter.event)?.markets ?? [], filter, now, limit, cursor);
  const [series = 0, event = Number.NEGATIVE_INFINITY, place = 0] = readCursor(cursor) ?? [];
  const found: MarketFacts[] = [];
  for (const [position, facts] of world.events(rangeOf(filter, now), [series, event])) {
    if (!wantsEvent(filter, facts)) continue;
    for (const [index, market] of facts.markets.entries()) {
      if (isPast([...position, index], [series, event, place]) || !matches(filter, market, now)) continue;
      if (found.length === limit) return { markets: found, cursor: writeCursor([...position, index]) };
      found.push(market);
    }
  }
  return { markets: found, cursor: '' };
}

function isPast([series, event, place]: readonly number[], from: Readonly<[number, number, number]>): boolean {
  return series === from[0] && event === from[1] && (place ?? 0) < from[2];
}

function tickersPage(all: readonly MarketFacts[], filter: MarketFilter, now: Millis, limit: number, cursor: string | null): MarketPage {
  const [from = 0] = readCursor(cursor) ?? [];
  const matching = all.filter((market) => wantsEvent(filter, market.event) && matches(filter, market, now));
  return { markets: matching.slice(from, from + limit), cursor: from + limit < matching.length ? writeCursor([from + limit]) : '' };
}

/** The events that can hold markets of the filter: what is over need not be looked at where only open ones are asked for. */
function rangeOf(filter: MarketFilter, now: Millis) {
  const overToo = filter.status === undefined || filter.status === 'settled';
  return {
    ...(filter.created.from === undefined ? undefined : { createdFrom: filter.created.from }),
    createdTo: Math.min(now, filter.created.to ?? now),
    settledFrom: overToo ? Math.max(filter.settledSince, filter.settled.from ?? filter.settledSince) : now,
    ...(filter.series === undefined ? undefined : { series: filter.series }),
  };
}

function wantsEvent({ combos, series }: MarketFilter, event: EventFacts): boolean {
  if (series !== undefined && event.series.ticker !== series) return false;
  return combos === undefined || event.series.combo === (combos === 'only');
}

export function hasStatus(market: MarketFacts, word: StatusWord, now: Millis): boolean {
  const status = statusAt(market, now);
  switch (word) {
    case 'unopened':
      return status === 'initialized';
    case 'open':
      return status === 'active';
    case 'paused':
      return status === 'inactive';
    case 'settled':
      return status === 'finalized';
    case 'closed':
      return ['closed', 'determined', 'disputed', 'amended'].includes(status);
  }
}

function matches(filter: MarketFilter, market: MarketFacts, now: Millis): boolean {
  if (market.createdAt > now || market.settledAt < filter.settledSince) return false;
  if (filter.status !== undefined && !hasStatus(market, filter.status, now)) return false;
  if (isSet(filter.settled) && market.settledAt > now) return false;
  return (
    within(filter.created, market.createdAt) &&
    within(filter.close, market.endsAt <= now ? market.endsAt : market.closeAt) &&
    within(filter.settled, market.settledAt) &&
    within(
      filter.updated,
      [market.settledAt, market.determinedAt, market.endsAt, market.openAt].find((edge) => edge <= now) ?? market.createdAt,
    )
  );
}

function isSet({ from, to }: Bounds): boolean {
  return from !== undefined || to !== undefined;
}

function within({ from, to }: Bounds, at: Millis): boolean {
  return (from === undefined || at >= from) && (to === undefined || at <= to);
}

export function positionOf(cursor: string | null): Position {
  const [series = 0, event = Number.NEGATIVE_INFINITY] = readCursor(cursor) ?? [];
  return [series, event];
}
