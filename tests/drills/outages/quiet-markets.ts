import { statusAt } from '../../../local/exchange/world/market-state.ts';
import type { MarketFacts, World } from '../../../local/exchange/world/world.ts';
import type { Millis } from '../../../shared/domain/money.ts';

const DAY: Millis = 86_400_000;

/** Markets that trade for at least two days more, around even odds, nothing planned for them: whatever happens there is a drill's doing. */
export function quietMarkets(world: World, at: Millis): readonly MarketFacts[] {
  const events = [...world.events({ createdTo: at, settledFrom: at })].flatMap(([, event]) => event.markets);
  return events.filter((market) => {
    const { bids, asks } = world.ladder(market, at, 1);
    const [bid, ask] = [bids[0], asks[0]];
    const quoted = bid && ask && bid.price >= 3_000 && ask.price <= 7_000 && ask.price - bid.price >= 200;
    const trades = statusAt(market, at) === 'active' && market.endsAt - at > 2 * DAY && market.pause === undefined;
    return trades && quoted && market.dispute === undefined && !market.event.series.combo;
  });
}
