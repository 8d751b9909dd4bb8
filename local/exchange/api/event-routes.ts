import type { Millis } from '../../../shared/domain/money.ts';
import { Refusal } from '../matching/refusal.ts';
import type { Venue } from '../venue.ts';
import { mix, share, uuid } from '../world/chance.ts';
import type { EventFacts, SeriesFacts } from '../world/world.ts';
import { historicalCutoff } from './historical-cutoff.ts';
import { hasStatus, positionOf } from './market-list.ts';
import { marketViewJson } from './market-view.ts';
import { flagOf, limitOf, listOf, pageOf, secondsOf, wordOf, writeCursor } from './query.ts';
import { type Call, ok, type Route } from './route.ts';
import { seconds, time } from './wire.ts';

export const eventRoutes: readonly Route[] = [
  { method: 'GET', path: '/series', access: 'public', answer: seriesList },
  { method: 'GET', path: '/series/fee_changes', access: 'public', answer: seriesFeeChanges },
  { method: 'GET', path: '/series/:series', access: 'public', answer: (call) => ok({ series: seriesJson(knownSeries(call), call.venue) }) },
  { method: 'GET', path: '/events', access: 'public', answer: eventsPage },
  { method: 'GET', path: '/events/fee_changes', access: 'public', answer: eventFeeChanges },
  { method: 'GET', path: '/events/:event', access: 'public', answer: oneEvent },
];

function knownSeries({ venue, params }: Call): SeriesFacts {
  const series = venue.world.seriesOf(params.series ?? '');
  if (!series) throw new Refusal(404, 'not_found', 'series not found');
  return series;
}

/** The whole list, no pages. */
function seriesList({ venue, query }: Call) {
  const [category, tags] = [query.get('category') ?? '', listOf(query, 'tags')];
  const since = secondsOf(query, 'min_updated_ts') ?? 0;
  const wanted = venue.world.series.filter(
    (series) => (category === '' || series.category === category) && (!tags || series.tags.some((tag) => tags.includes(tag))),
  );
  return ok({ series: since > venue.world.start ? [] : wanted.map((series) => seriesJson(series, venue)) });
}

const source = { name: 'The source named in the contract terms', url: 'https://example.org/settlement' };

function seriesJson(series: SeriesFacts, { world }: Venue) {
  return {
    ticker: series.ticker,
    frequency: series.frequency,
    title: series.title,
    category: series.category,
    categories: [series.category],
    tags: series.tags,
    settlement_sources: [source],
    contract_url: `https://example.org/contracts/${series.ticker}.pdf`,
    contract_terms_url: `https://example.org/terms/${series.ticker}.pdf`,
    fee_type: series.feeType,
    fee_multiplier: series.feeMultiplier,
    additional_prohibitions: series.category === 'Sports' ? ['Players, coaches and officials of the leagues concerned.'] : null,
    last_updated_ts: time(world.earliest),
    exchange_index: series.shard,
  };
}

function seriesFeeChanges({ venue, query, now }: Call) {
  const [ticker, past] = [query.get('series_ticker') ?? '', flagOf(query, 'show_historical')];
  const changes = venue.world.series
    .filter((series) => ticker === '' || series.ticker === ticker)
    .flatMap((series) => series.feeChanges.map((change) => ({ series, change })))
    .filter(({ change }) => past || change.at > now);
  return ok({
    series_fee_change_arr: changes.map(({ series, change }, index) => ({
      id: uuid(seconds(change.at), index),
      series_ticker: series.ticker,
      fee_type: change.feeType,
      fee_multiplier: change.feeMultiplier,
      scheduled_ts: time(change.at),
    })),
  });
}

function eventFeeChanges({ venue, query, now }: Call) {
  const ticker = query.get('event_ticker') ?? '';
  const events = ticker === '' ? [...openEvents(venue, now)] : [venue.world.event(ticker)];
  const overridden = events.filter((event) => event?.feeOverride).flatMap((event) => event ?? []);
  const { page, cursor } = pageOf(overridden, query, limitOf(query, 1000, 100));
  const changes = page.map((event, index) => ({
    id: uuid(seconds(event.strikeAt), index),
    event_ticker: event.ticker,
    series_ticker: event.series.ticker,
    fee_type_override: event.feeOverride?.feeType ?? null,
    fee_multiplier_override: event.feeOverride?.feeMultiplier ?? null,
    scheduled_ts: time(event.markets[0]?.createdAt ?? 0),
  }));
  return ok({ event_fee_changes: changes, cursor });
}

function* openEvents({ world }: Venue, now: Millis): Iterable<EventFacts> {
  for (const [, event] of world.events({ createdTo: now, settledFrom: now })) yield event;
}

function oneEvent({ venue, params, query, now }: Call) {
  const event = venue.world.event(params.event ?? '');
  if (!event || (event.markets[0]?.createdAt ?? 0) > now) throw new Refusal(404, 'not_found', 'event not found');
  const markets = event.markets.map((market) => marketViewJson(venue, market, now));
  const nested = flagOf(query, 'with_nested_markets');
  return ok({ event: { ...eventJson(event), ...(nested ? { markets } : undefined) }, ...(nested ? undefined : { markets }) });
}

function eventsPage({ venue, query, now }: Call) {
  const limit = limitOf(query, 200, 200);
  const [nested, status] = [flagOf(query, 'with_nested_markets'), wordOf(query, 'status', ['unopened', 'open', 'closed', 'settled'])];
  const shown = (event: EventFacts) => ({
    ...eventJson(event),
    ...(nested ? { markets: event.markets.map((market) => marketViewJson(venue, market, now)) } : undefined),
  });
  const tickers = listOf(query, 'tickers');
  if (tickers) return ok({ events: tickers.flatMap((ticker) => venue.world.event(ticker) ?? []).map(shown), cursor: '' });
  const [closeFrom, updatedFrom] = [secondsOf(query, 'min_close_ts') ?? 0, secondsOf(query, 'min_updated_ts') ?? 0];
  const series = query.get('series_ticker') ?? undefined;
  const over = status === undefined || status === 'settled' || status === 'closed';
  const range = {
    createdTo: now,
    settledFrom: over ? historicalCutoff(venue, now) : now,
    ...(series === undefined ? undefined : { series }),
  };
  const found: EventFacts[] = [];
  for (const [position, event] of venue.world.events(range, positionOf(query.get('cursor')))) {
    const wanted = event.markets.some(
      (market) => market.closeAt >= closeFrom && market.createdAt >= updatedFrom && (!status || hasStatus(market, status, now)),
    );
    if (event.series.combo || !wanted) continue;
    if (found.length === limit) return ok({ events: found.map(shown), cursor: writeCursor([...position, 0]) });
    found.push(event);
  }
  return ok({ events: found.map(shown), cursor: '' });
}

function eventJson(event: EventFacts) {
  const word = event.markets[0]?.word ?? 0;
  return {
    event_ticker: event.ticker,
    series_ticker: event.series.ticker,
    sub_title: event.subTitle,
    title: event.title,
    collateral_return_type: '',
    mutually_exclusive: event.mutuallyExclusive,
    category: event.series.category,
    strike_date: time(event.strikeAt),
    strike_period: '',
    settlement_sources: [source],
    last_updated_ts: time(event.markets[0]?.createdAt ?? event.strikeAt),
    exchange_index: event.series.shard,
    product_metadata: share(mix(word, 70)) < 0.1 ? { cadence: event.series.frequency } : null,
    ...(event.feeOverride
      ? { fee_type_override: event.feeOverride.feeType, fee_multiplier_override: event.feeOverride.feeMultiplier }
      : { fee_type_override: null, fee_multiplier_override: null }),
  };
}
