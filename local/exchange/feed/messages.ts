import type { Millis } from '../../../shared/domain/money.ts';
import { opposite } from '../../../shared/domain/money.ts';
import { marketViewJson } from '../api/market-view.ts';
import { bothPrices, count, dollars, money, rangesJson, seconds, signedCount, time } from '../api/wire.ts';
import type { AccountFill } from '../matching/account.ts';
import type { Happening, LifecycleWord, Print } from '../matching/happening.ts';
import type { Order } from '../matching/order.ts';
import type { Venue } from '../venue.ts';
import { mix, uuid } from '../world/chance.ts';
import { closeTimeAt, resultAt } from '../world/market-state.ts';
import type { Ladder, MarketFacts } from '../world/world.ts';

function named(market: MarketFacts) {
  return { market_ticker: market.ticker, market_id: uuid(mix(market.word, 92), 1) };
}

/** The whole book; a side without levels is left out. */
export function snapshotMessage(market: MarketFacts, { bids, asks }: Ladder, yesPrices: boolean) {
  const yes = bids.toReversed().map((level) => [dollars(level.price), count(level.count)]);
  const noPrice = (price: Ladder['asks'][number]['price']) => (yesPrices ? price : opposite(price));
  const no = asks.toReversed().map((level) => [dollars(noPrice(level.price)), count(level.count)]);
  return {
    ...named(market),
    ...(yes.length > 0 ? { yes_dollars_fp: yes } : undefined),
    ...(no.length > 0 ? { no_dollars_fp: no } : undefined),
  };
}

export function deltaMessage({ market, side, price, delta, order, at }: Extract<Happening, { kind: 'level' }>, yesPrices: boolean) {
  return {
    ...named(market),
    price_dollars: dollars(side === 'bid' || yesPrices ? price : opposite(price)),
    delta_fp: signedCount(delta),
    side: side === 'bid' ? 'yes' : 'no',
    ...(order && order.state.clientOrderId !== '' ? { client_order_id: order.state.clientOrderId } : undefined),
    ts: time(at),
    ts_ms: at,
  };
}

export function tradeMessage(market: MarketFacts, { id, at, price, count: size, buy }: Print) {
  return {
    trade_id: id,
    market_ticker: market.ticker,
    ...bothPrices(price),
    count_fp: count(size),
    taker_side: buy ? 'yes' : 'no',
    taker_outcome_side: buy ? 'yes' : 'no',
    taker_book_side: buy ? 'bid' : 'ask',
    is_block_trade: false,
    ts: seconds(at),
    ts_ms: at,
  };
}

export function tickerMessage(venue: Venue, market: MarketFacts, at: Millis) {
  const view = marketViewJson(venue, market, at);
  return {
    ...named(market),
    price_dollars: view.last_price_dollars,
    yes_bid_dollars: view.yes_bid_dollars,
    yes_ask_dollars: view.yes_ask_dollars,
    yes_bid_size_fp: view.yes_bid_size_fp,
    yes_ask_size_fp: view.yes_ask_size_fp,
    volume_fp: view.volume_fp,
    open_interest_fp: view.open_interest_fp,
    ts: seconds(at),
    ts_ms: at,
    time: time(at),
  };
}

export function fillMessage({ id, order, at, price, count: size, taker, fee, positionAfter }: AccountFill) {
  const yes = order.side === 'bid';
  return {
    trade_id: id,
    order_id: order.id,
    client_order_id: order.state.clientOrderId,
    market_ticker: order.market.ticker,
    exchange_index: order.market.event.series.shard,
    is_taker: taker,
    side: yes ? 'yes' : 'no',
    action: 'buy',
    outcome_side: yes ? 'yes' : 'no',
    book_side: order.side,
    yes_price_dollars: dollars(price),
    count_fp: count(size),
    fee_cost: money(fee),
    post_position_fp: signedCount(positionAfter),
    ts: seconds(at),
    ts_ms: at,
    subaccount: 0,
  };
}

export function orderMessage(order: Order) {
  const { state } = order;
  return {
    order_id: order.id,
    user_id: order.account.id,
    client_order_id: state.clientOrderId,
    ticker: order.market.ticker,
    exchange_index: order.market.event.series.shard,
    status: state.status,
    outcome_side: order.side === 'bid' ? 'yes' : 'no',
    book_side: order.side,
    yes_price_dollars: dollars(state.price),
    fill_count_fp: count(state.filled),
    remaining_count_fp: count(state.remaining),
    initial_count_fp: count(state.initial),
    taker_fill_cost_dollars: money(state.takerCost),
    maker_fill_cost_dollars: money(state.makerCost),
    taker_fees_dollars: money(state.takerFees),
    maker_fees_dollars: money(state.makerFees),
    self_trade_prevention_type: order.selfTrade,
    ...(order.group === undefined ? undefined : { order_group_id: order.group }),
    created_time: time(order.createdAt),
    created_ts_ms: order.createdAt,
    last_update_time: time(state.updatedAt),
    last_updated_ts_ms: state.updatedAt,
    ...(state.expiresAt === undefined ? undefined : { expiration_time: time(state.expiresAt), expiration_ts_ms: state.expiresAt }),
    last_update_reason: state.reason,
    subaccount_number: 0,
  };
}

export function positionMessage({ order, at }: AccountFill) {
  const position = order.account.position(order.market);
  return {
    user_id: order.account.id,
    market_ticker: order.market.ticker,
    exchange_index: order.market.event.series.shard,
    position_fp: signedCount(position.yes),
    position_cost_dollars: money(position.cost),
    realized_pnl_dollars: money(position.realized),
    fees_paid_dollars: money(position.fees),
    ts_ms: at,
  };
}

/** Only the keys that belong to the word. */
export function lifecycleMessage(market: MarketFacts, word: LifecycleWord, at: Millis) {
  const end = resultAt(market, at);
  const grid = { price_level_structure: market.structure, price_ranges: rangesJson(market.ranges) };
  const extra: Readonly<Record<LifecycleWord, object>> = {
    created: { open_ts: seconds(market.openAt), close_ts: seconds(market.closeAt), exchange_index: market.event.series.shard, ...grid },
    activated: { is_deactivated: false },
    deactivated: { is_deactivated: true },
    close_date_updated: { close_ts: seconds(closeTimeAt(market, at)) },
    determined: { result: end?.result, determination_ts: seconds(at), settlement_value: end && dollars(end.yesValue) },
    settled: { settled_ts: seconds(market.settledAt) },
    price_level_structure_updated: grid,
  };
  return { event_type: word, market_ticker: market.ticker, ...extra[word] };
}
