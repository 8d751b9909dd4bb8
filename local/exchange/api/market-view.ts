import type { Contracts, Millis } from '../../../shared/domain/money.ts';
import type { Venue } from '../venue.ts';
import type { Ladder, MarketFacts } from '../world/world.ts';
import { marketJson } from './market-json.ts';

const DAY = 86_400_000;

/** A market as its readers see it now: live where a member is in it, else as the world says, in steps of `quoteStepMs`. */
export function marketViewJson(venue: Venue, market: MarketFacts, now: Millis): Record<string, unknown> {
  const { world, floor } = venue;
  const live = floor.live.get(market.ticker);
  const at = live ? now : quoteTime(venue, now);
  const activity = world.activity(market, at);
  const extra = live?.extraVolume ?? 0;
  return marketJson({
    market,
    at: now,
    ladder: ladderOf(venue, market, now, 1),
    before: world.ladder(market, at - DAY, 1),
    activity: {
      ...activity,
      volume: (activity.volume + extra) as Contracts,
      volume24h: (activity.volume24h + extra) as Contracts,
      last: live?.prints.at(-1)?.price ?? activity.last,
    },
    lastBefore: at - DAY < market.openAt ? undefined : world.activity(market, at - DAY).last,
  });
}

/** The book as its readers see it; empty once trading has ended. */
export function ladderOf(venue: Venue, market: MarketFacts, now: Millis, depth: number): Ladder {
  if (now >= market.endsAt) return { bids: [], asks: [] };
  const live = venue.floor.live.get(market.ticker);
  return live ? live.book.ladder(depth) : venue.world.ladder(market, quoteTime(venue, now), depth);
}

export function quoteTime({ settings }: Venue, now: Millis): Millis {
  return Math.floor(now / settings.quoteStepMs) * settings.quoteStepMs;
}
