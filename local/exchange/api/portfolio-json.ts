import type { Contracts, Usd } from '../../../shared/domain/money.ts';
import type { AccountFill, AccountSettlement, Position } from '../matching/account.ts';
import type { Order, OrderState } from '../matching/order.ts';
import { resultAt } from '../world/market-state.ts';
import type { MarketFacts } from '../world/world.ts';
import { bothPrices, cents, count, dollars, money, seconds, signedCount, time } from './wire.ts';

/** An order as reads tell it. */
export function orderJson(order: Order, state: OrderState) {
  const yes = order.side === 'bid';
  return {
    order_id: order.id,
    user_id: order.account.id,
    client_order_id: state.clientOrderId,
    ticker: order.market.ticker,
    side: yes ? 'yes' : 'no',
    action: 'buy',
    outcome_side: yes ? 'yes' : 'no',
    book_side: order.side,
    type: 'limit',
    status: state.status,
    ...bothPrices(state.price),
    fill_count_fp: count(state.filled),
    remaining_count_fp: count(state.remaining),
    initial_count_fp: count(state.initial),
    taker_fill_cost_dollars: money(state.takerCost),
    maker_fill_cost_dollars: money(state.makerCost),
    taker_fees_dollars: money(state.takerFees),
    maker_fees_dollars: money(state.makerFees),
    expiration_time: state.expiresAt === undefined ? null : time(state.expiresAt),
    created_time: time(order.createdAt),
    last_update_time: time(state.updatedAt),
    self_trade_prevention_type: order.selfTrade,
    order_group_id: order.group ?? null,
    cancel_order_on_pause: order.cancelOnPause,
    subaccount_number: 0,
    exchange_index: order.market.event.series.shard,
  };
}

export function fillJson({ id, order, at, price, count: size, taker, fee }: AccountFill) {
  const yes = order.side === 'bid';
  return {
    fill_id: id,
    trade_id: id,
    order_id: order.id,
    exchange_index: order.market.event.series.shard,
    ticker: order.market.ticker,
    market_ticker: order.market.ticker,
    side: yes ? 'yes' : 'no',
    action: 'buy',
    outcome_side: yes ? 'yes' : 'no',
    book_side: order.side,
    count_fp: count(size),
    ...bothPrices(price),
    is_taker: taker,
    created_time: time(at),
    fee_cost: money(fee),
    subaccount_number: 0,
    ts: seconds(at),
  };
}

export function positionJson(market: MarketFacts, { yes, cost, traded, realized, fees, at }: Position) {
  return {
    ticker: market.ticker,
    exchange_index: market.event.series.shard,
    total_traded_dollars: money(traded),
    position_fp: signedCount(yes),
    market_exposure_dollars: money(cost),
    realized_pnl_dollars: money(realized),
    fees_paid_dollars: money(fees),
    last_updated_ts: time(at),
  };
}

/** Positions of one event together. */
export function eventPositionJson(event: string, positions: readonly Position[]) {
  const sum = (of: (position: Position) => number) => positions.reduce((total, position) => total + of(position), 0);
  return {
    event_ticker: event,
    total_cost_dollars: money(sum(({ traded }) => traded) as Usd),
    total_cost_shares_fp: count(sum(({ yes }) => Math.abs(yes)) as Contracts),
    event_exposure_dollars: money(sum(({ cost }) => cost) as Usd),
    realized_pnl_dollars: money(sum(({ realized }) => realized) as Usd),
    fees_paid_dollars: money(sum(({ fees }) => fees) as Usd),
  };
}

export function settlementJson({ market, at, position, revenue, fee }: AccountSettlement) {
  const end = resultAt(market, at) ?? market.outcome;
  const nothing = { count: 0 as Contracts, cost: 0 as Usd };
  const held = { count: Math.abs(position.yes) as Contracts, cost: position.cost };
  const [yes, no] = position.yes >= 0 ? [held, nothing] : [nothing, held];
  return {
    ticker: market.ticker,
    exchange_index: market.event.series.shard,
    event_ticker: market.event.ticker,
    market_result: end.result,
    yes_count_fp: count(yes.count),
    yes_total_cost_dollars: money(yes.cost),
    no_count_fp: count(no.count),
    no_total_cost_dollars: money(no.cost),
    revenue: cents(revenue),
    settled_time: time(at),
    fee_cost: money(fee),
    value: Math.floor(end.yesValue / 100),
  };
}

/** Average of what an order paid, in dollars to 4 decimals; absent when nothing filled. */
export function averages(order: Order, since = 0) {
  const fills = order.account.fills.slice(since).filter((fill) => fill.order === order);
  const size = fills.reduce((sum, fill) => sum + fill.count, 0);
  if (size === 0) return undefined;
  const cost = fills.reduce((sum, fill) => sum + fill.count * fill.price, 0);
  const fees = fills.reduce((sum, fill) => sum + fill.fee, 0);
  return {
    average_fill_price: dollars(Math.round(cost / size) as Parameters<typeof dollars>[0]),
    average_fee_paid: money(Math.round((fees * 100) / size) as Usd),
  };
}
