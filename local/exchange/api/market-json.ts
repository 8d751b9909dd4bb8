import type { Contracts, Millis, Price } from '../../../shared/domain/money.ts';
import { opposite } from '../../../shared/domain/money.ts';
import { mix, share } from '../world/chance.ts';
import { closeTimeAt, resultAt, statusAt } from '../world/market-state.ts';
import type { Activity, Ladder, MarketFacts } from '../world/world.ts';
import { count, dollars, rangesJson, time } from './wire.ts';

/** A market as it stands: `ladder` needs one level, `before` is the quote a day ago. */
export interface MarketView {
  readonly market: MarketFacts;
  readonly at: Millis;
  readonly ladder: Ladder;
  readonly before: Ladder;
  readonly activity: Activity;
  readonly lastBefore: Price | undefined;
}

const DAY = 86_400_000;

/** The exchange's Market, all fields. An empty side quotes 0 and 1 dollar, the sentinels. */
export function marketJson(view: MarketView): Record<string, unknown> {
  const { market, at } = view;
  const end = resultAt(market, at);
  return {
    ...words(market),
    ...times(market, at),
    ...quotes(view),
    ticker: market.ticker,
    event_ticker: market.event.ticker,
    market_type: 'binary',
    status: statusAt(market, at),
    result: end?.result ?? '',
    can_close_early: market.canCloseEarly,
    notional_value_dollars: '1.0000',
    expiration_value: end ? market.outcome.said : '',
    ...(end ? { settlement_value_dollars: dollars(end.yesValue) } : undefined),
    strike_type: market.strikeType,
    ...(market.floor === undefined ? undefined : { floor_strike: market.floor }),
    ...(market.cap === undefined ? undefined : { cap_strike: market.cap }),
    ...(market.strikeType === 'custom' ? { custom_strike: { Name: market.yesSubTitle } } : undefined),
    price_level_structure: market.structure,
    price_ranges: rangesJson(market.ranges),
    ...(market.event.series.combo ? comboLegs(market) : undefined),
    exchange_index: market.event.series.shard,
    settlement_bounds_type: 'default',
  };
}

function times(market: MarketFacts, at: Millis) {
  const { createdAt, openAt, closeAt, endsAt, determinedAt, settledAt } = market;
  const expected = time(closeAt + 5 * 60_000);
  const latest = time(closeAt + 7 * DAY);
  return {
    created_time: time(createdAt),
    updated_time: time([settledAt, determinedAt, endsAt, openAt].find((edge) => edge <= at) ?? createdAt),
    open_time: time(openAt),
    close_time: time(closeTimeAt(market, at)),
    expected_expiration_time: expected,
    expiration_time: latest,
    latest_expiration_time: latest,
    settlement_timer_seconds: market.timerSeconds,
    ...(at >= settledAt ? { settlement_ts: time(settledAt) } : undefined),
    occurrence_datetime: expected,
  };
}

const NONE = 0 as Price;
const CERTAIN = 10_000 as Price;
const NOTHING = 0 as Contracts;

function quotes({ ladder, before, activity, lastBefore }: MarketView) {
  const [bid, ask] = [ladder.bids[0], ladder.asks[0]];
  const [yesBid, yesAsk] = [bid?.price ?? NONE, ask?.price ?? CERTAIN];
  return {
    yes_bid_dollars: dollars(yesBid),
    yes_bid_size_fp: count(bid?.count ?? NOTHING),
    yes_ask_dollars: dollars(yesAsk),
    yes_ask_size_fp: count(ask?.count ?? NOTHING),
    no_bid_dollars: dollars(opposite(yesAsk)),
    no_ask_dollars: dollars(opposite(yesBid)),
    last_price_dollars: dollars(activity.last ?? NONE),
    volume_fp: count(activity.volume),
    volume_24h_fp: count(activity.volume24h),
    open_interest_fp: count(activity.openInterest),
    previous_yes_bid_dollars: dollars(before.bids[0]?.price ?? NONE),
    previous_yes_ask_dollars: dollars(before.asks[0]?.price ?? CERTAIN),
    previous_price_dollars: dollars(lastBefore ?? NONE),
  };
}

/** The exchange's rules run to about 800 characters; with them a market is 2.1 kB. */
function words({ event, yesSubTitle, closeAt, canCloseEarly }: MarketFacts) {
  const deadline = new Date(closeAt).toUTCString();
  return {
    title: `${event.title} ${yesSubTitle}`,
    subtitle: yesSubTitle,
    yes_sub_title: yesSubTitle,
    no_sub_title: yesSubTitle,
    rules_primary: `If the outcome of ${event.series.title}, as first published by the settlement source for the period that ends on ${deadline}, is ${yesSubTitle}, then the market resolves to Yes. Otherwise it resolves to No.`,
    rules_secondary: `Revisions that the settlement source publishes after the first report are not taken into account. If the source publishes nothing by the latest expiration time, the market resolves on the basis of the last report that is available. Where the outcome falls exactly on a border, or the event is abandoned before it is complete, each side is paid the fair value that the rules of ${event.series.title} set out.${event.mutuallyExclusive ? ' The markets of this event are mutually exclusive: at most one of them resolves to Yes.' : ''}`,
    ...(canCloseEarly ? { early_close_condition: 'This market will close and expire early if the outcome is known.' } : undefined),
  };
}

function comboLegs({ event, word }: MarketFacts) {
  const legs = [1, 2].map((leg) => ({
    event_ticker: `${event.ticker}-LEG${leg}`,
    market_ticker: `${event.ticker}-LEG${leg}-A`,
    side: share(mix(word, 60 + leg)) < 0.5 ? 'yes' : 'no',
  }));
  return { mve_collection_ticker: event.series.ticker, mve_selected_legs: legs, is_provisional: true };
}
