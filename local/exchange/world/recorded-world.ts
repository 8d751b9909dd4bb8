import type { Contracts, Millis, Price } from '../../../shared/domain/money.ts';
import { textWord } from './chance.ts';
import { rangesOf } from './grid.ts';
import { type Recording, readRecordings } from './recordings.ts';
import type { Activity, BackgroundTrade, EventFacts, MarketFacts, SeriesFacts, World } from './world.ts';

const HOUR = 3_600_000;
const NOTHING: Activity = { volume: 0 as Contracts, volume24h: 0 as Contracts, openInterest: 0 as Contracts, last: undefined };

/** Recorded markets, as if the recording began at `start`: all its times are moved by the same amount, tickers keep their names. */
export function recordedWorld(folder: string, start: Millis): World {
  const recordings = readRecordings(folder);
  const moved = start - Math.min(...recordings.map(({ openAt }) => openAt));
  const tapes = new Map(recordings.map((recording) => [recording.ticker, recording.tape]));
  const events = eventsOf(recordings, moved);
  const byTicker = new Map(events.map((event) => [event.ticker, event]));
  const markets = new Map(events.flatMap((event) => event.markets.map((market) => [market.ticker, market] as const)));
  const series = [...new Map(events.map((event) => [event.series.ticker, event.series])).values()];
  const tapeOf = (market: MarketFacts) => tapes.get(market.ticker);
  return {
    earliest: start - HOUR,
    start,
    series,
    seriesOf: (ticker) => series.find((candidate) => candidate.ticker === ticker),
    *events(range, [from] = [0, 0]) {
      for (const [index, event] of events.entries()) {
        const created = event.markets[0]?.createdAt ?? start;
        const settled = Math.max(...event.markets.map(({ settledAt }) => settledAt));
        const wanted = created <= range.createdTo && created >= (range.createdFrom ?? created) && settled >= range.settledFrom;
        if (index >= from && wanted && (range.series ?? event.series.ticker) === event.series.ticker) yield [[index, 0], event];
      }
    },
    event: (ticker) => byTicker.get(ticker),
    market: (ticker) => markets.get(ticker),
    ladder: (market, at, depth = 30) =>
      at < market.openAt || at >= market.endsAt
        ? { bids: [], asks: [] }
        : (tapeOf(market)?.ladder(at - moved, depth) ?? { bids: [], asks: [] }),
    nextChange: (market, at) =>
      Math.min(market.endsAt, Math.max(at + 1, (tapeOf(market)?.nextChange(at - moved) ?? Number.POSITIVE_INFINITY) + moved)),
    trades: (market, from, to) =>
      (tapeOf(market)?.trades(from - moved, Math.min(to, market.endsAt) - moved) ?? []).map(
        (trade): BackgroundTrade => ({ ...trade, at: trade.at + moved }),
      ),
    activity: (market, at) => (at < market.openAt ? undefined : tapeOf(market)?.activity(Math.min(at, market.endsAt) - moved)) ?? NOTHING,
  };
}

function eventsOf(recordings: readonly Recording[], moved: Millis): readonly EventFacts[] {
  const families = new Map<string, SeriesFacts>();
  return [...Map.groupBy(recordings, ({ event }) => event)].map(([ticker, members]) => {
    const name = ticker.split('-')[0] ?? ticker;
    const series = families.get(name) ?? seriesFacts(name);
    families.set(name, series);
    const event: Omit<EventFacts, 'markets'> & { markets: readonly MarketFacts[] } = {
      ticker,
      series,
      title: members[0]?.title ?? ticker,
      subTitle: ticker,
      mutuallyExclusive: members.length > 1,
      strikeAt: Math.max(...members.map(({ closeAt }) => closeAt)) + moved,
      markets: [],
    };
    event.markets = members.map((recording) => marketFacts(recording, event, moved));
    return event;
  });
}

function marketFacts({ ticker, title, openAt, closeAt, result, structure }: Recording, event: EventFacts, moved: Millis): MarketFacts {
  return {
    origin: {},
    ticker,
    event,
    word: textWord(0, ticker),
    yesSubTitle: title,
    strikeType: 'custom',
    structure,
    ranges: rangesOf(structure),
    canCloseEarly: false,
    timerSeconds: 300,
    createdAt: openAt + moved,
    openAt: openAt + moved,
    closeAt: closeAt + moved,
    endsAt: closeAt + moved,
    determinedAt: closeAt + moved + 60_000,
    settledAt: closeAt + moved + 360_000,
    outcome: { result, yesValue: (result === 'yes' ? 10_000 : 0) as Price, said: result },
  };
}

const categories: readonly (readonly [RegExp, string])[] = [
  [/^KX(HIGH|LOW)/, 'Climate and Weather'],
  [/^KXFED/, 'Economics'],
  [/^KXGOLD/, 'Commodities'],
  [/^KXRT/, 'Entertainment'],
];

function seriesFacts(ticker: string): SeriesFacts {
  const category = categories.find(([pattern]) => pattern.test(ticker))?.[1] ?? 'World';
  const fee = { feeType: 'quadratic', feeMultiplier: 1, feeChanges: [] };
  return { ticker, title: ticker, category, frequency: 'custom', tags: [], ...fee, shard: 0, combo: false };
}
