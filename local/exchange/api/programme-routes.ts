import { Refusal } from '../matching/refusal.ts';
import type { Venue } from '../venue.ts';
import { mix, share, uuid } from '../world/chance.ts';
import type { EventFacts, MarketFacts } from '../world/world.ts';
import { limitOf, pageOf, wordOf } from './query.ts';
import { type Call, ok, type Route } from './route.ts';
import { time } from './wire.ts';

/** What goes on beside the markets: games that begin, and rewards for quoting. */
export const programmeRoutes: readonly Route[] = [
  { method: 'GET', path: '/milestones', access: 'public', answer: milestones },
  {
    method: 'GET',
    path: '/milestones/:milestone',
    access: 'public',
    answer: ({ venue, params, now }) => {
      const found = games(venue, now).find((event) => milestoneId(event) === params.milestone);
      if (!found) throw new Refusal(404, 'not_found', 'milestone not found');
      return ok({ milestone: milestoneJson(found) });
    },
  },
  { method: 'GET', path: '/incentive_programs', access: 'public', answer: incentives },
];

function milestones({ venue, query, now }: Call) {
  const related = query.get('related_event_ticker') ?? '';
  const category = query.get('category') ?? 'Sports';
  const wanted = category === 'Sports' ? games(venue, now).filter(({ ticker }) => related === '' || ticker === related) : [];
  const { page, cursor } = pageOf(wanted, query, limitOf(query, 500, 100));
  return ok({ milestones: page.map(milestoneJson), cursor });
}

function games({ world }: Venue, now: number): readonly EventFacts[] {
  return [...world.events({ createdTo: now, settledFrom: now })]
    .map(([, event]) => event)
    .filter(({ series }) => series.category === 'Sports' && !series.combo);
}

function milestoneId(event: EventFacts): string {
  return uuid(event.markets[0]?.word ?? 0, 80);
}

/** The game is over when trading ends, and began three hours before. */
function milestoneJson(event: EventFacts) {
  const endsAt = event.markets[0]?.endsAt ?? event.strikeAt;
  return {
    id: milestoneId(event),
    category: 'Sports',
    type: 'football_game',
    start_date: time(endsAt - 3 * 3_600_000),
    end_date: null,
    related_event_tickers: [event.ticker],
    primary_event_tickers: [event.ticker],
    title: event.title,
    notification_message: event.title,
    source_id: null,
    details: { league: event.series.title },
    last_updated_ts: time(event.markets[0]?.createdAt ?? endsAt),
  };
}

function incentives({ venue, query, now }: Call) {
  const status = wordOf(query, 'status', ['all', 'active', 'upcoming', 'closed', 'paid_out']) ?? 'all';
  const type = wordOf(query, 'type', ['all', 'liquidity', 'volume', 'margin_maker_volume']) ?? 'all';
  const listed = status === 'all' || status === 'active';
  const events = listed && (type === 'all' || type === 'liquidity') ? [...venue.world.events({ createdTo: now, settledFrom: now })] : [];
  const rewarded = events.flatMap(([, { markets }]) => markets).filter(({ word, endsAt }) => share(mix(word, 90)) < 0.05 && endsAt > now);
  const { page, cursor } = pageOf(rewarded, query, limitOf(query, 10_000, 100));
  return ok({ incentive_programs: page.map(incentiveJson), next_cursor: cursor });
}

/** As recorded in January 2026: $20 a day, 300 contracts, half as much per cent away from the best price. */
function incentiveJson({ ticker, word, openAt, endsAt }: MarketFacts) {
  return {
    id: uuid(word, 91),
    market_id: uuid(word, 92),
    market_ticker: ticker,
    incentive_type: 'liquidity',
    incentive_description: 'Resting orders near the best price share the reward of the day.',
    start_date: time(openAt),
    end_date: time(endsAt),
    period_reward: 200_000,
    paid_out: false,
    discount_factor_bps: 5_000,
    target_size_fp: '300.00',
  };
}
