import type { Millis, Usd } from '../../../shared/domain/money.ts';
import type { Account, Position } from '../matching/account.ts';
import type { Order, OrderState } from '../matching/order.ts';
import { Refusal } from '../matching/refusal.ts';
import { resultAt } from '../world/market-state.ts';
import type { MarketFacts } from '../world/world.ts';
import { ladderOf } from './market-view.ts';
import { eventPositionJson, fillJson, orderJson, positionJson, settlementJson } from './portfolio-json.ts';
import { integerOf, invalid, limitOf, listOf, pageOf, secondsOf, wordOf } from './query.ts';
import { type Call, ok, type Route } from './route.ts';
import { cents, count, money, seconds } from './wire.ts';

const signed = { method: 'GET', access: 'signed' } as const;
const DAY = 86_400_000;

export const portfolioRoutes: readonly Route[] = [
  { ...signed, path: '/portfolio/balance', answer: balance },
  { ...signed, path: '/portfolio/subaccounts/balances', answer: subaccountBalances },
  { ...signed, path: '/portfolio/summary/total_resting_order_value', answer: restingValue },
  { ...signed, path: '/portfolio/positions', answer: positions },
  { ...signed, path: '/portfolio/fills', answer: (call) => fills(call, call.now - 90 * DAY, call.now) },
  { ...signed, path: '/historical/fills', answer: (call) => fills(call, 0, call.now - 90 * DAY) },
  { ...signed, path: '/portfolio/settlements', answer: settlements },
  {
    ...signed,
    path: '/portfolio/orders',
    answer: (call) => orders(call, (state) => state.status === 'resting' || state.updatedAt >= call.now - 14 * DAY),
  },
  {
    ...signed,
    path: '/historical/orders',
    answer: (call) => orders(call, (state) => state.status !== 'resting' && state.updatedAt < call.now - 14 * DAY),
  },
  { ...signed, path: '/portfolio/orders/queue_positions', answer: queuePositions },
  { ...signed, path: '/portfolio/orders/:order', cost: 2, answer: oneOrder },
  {
    ...signed,
    path: '/portfolio/orders/:order/queue_position',
    answer: (call) => {
      const { order, state } = knownOrder(call);
      const book = call.venue.floor.live.get(order.market.ticker)?.book;
      if (!book || state.status !== 'resting') throw new Refusal(404, 'not_found', 'order is not resting');
      return ok({ queue_position_fp: count(book.ahead(order)) });
    },
  },
];

function balance({ venue, account, query }: Call) {
  const only = integerOf(query, 'exchange_index');
  const at = venue.readable();
  const shards = venue.shards.filter((shard) => only === undefined || shard === only);
  const seen = account.balances.asOf(at);
  const cashOf = (shard: number) => seen?.get(shard) ?? (0 as Usd);
  const total = shards.reduce((sum, shard) => sum + cashOf(shard), 0) as Usd;
  return ok({
    balance: cents(total),
    balance_dollars: money(total),
    portfolio_value: cents(portfolioValue(venue, account, at, new Set(shards))),
    updated_ts: seconds(at),
    balance_breakdown: shards.map((shard) => ({ exchange_index: shard, balance: money(cashOf(shard)) })),
  });
}

/** Positions at what they would fetch: the best bid of the side held, or the result once there is one. */
function portfolioValue(venue: Call['venue'], account: Account, at: Millis, shards: ReadonlySet<number>): Usd {
  let value = 0;
  for (const { market, seen } of account.holdings.values()) {
    const yes = shards.has(market.event.series.shard) ? (seen.asOf(at)?.yes ?? 0) : 0;
    if (yes === 0) continue;
    const end = resultAt(venue.world.market(market.ticker) ?? market, at);
    const { bids, asks } = ladderOf(venue, market, at, 1);
    const worth = yes > 0 ? (end?.yesValue ?? bids[0]?.price ?? 0) : 10_000 - (end?.yesValue ?? asks[0]?.price ?? 10_000);
    value += Math.abs(yes) * worth;
  }
  return value as Usd;
}

function subaccountBalances({ venue, account }: Call) {
  const at = venue.readable();
  const seen = account.balances.asOf(at);
  return ok({
    subaccount_balances: venue.shards.map((shard) => ({
      subaccount_number: 0,
      exchange_index: shard,
      balance: money(seen?.get(shard) ?? (0 as Usd)),
      updated_ts: seconds(at),
    })),
  });
}

function restingValue({ venue, account }: Call) {
  const held = venue.shards.map((shard) => account.held(shard));
  return ok({
    total_resting_order_value: cents(held.reduce<number>((sum, amount) => sum + amount, 0) as Usd),
    resting_order_value_breakdown: held.map((amount, index) => ({ exchange_index: venue.shards[index], balance: money(amount) })),
  });
}

interface Held {
  readonly market: MarketFacts;
  readonly position: Position;
}

function positions({ venue, account, query, now }: Call) {
  const [ticker, event, shard] = [query.get('ticker') ?? '', query.get('event_ticker') ?? '', integerOf(query, 'exchange_index')];
  const which = wordOf(query, 'settlement_status', ['unsettled', 'settled', 'all']) ?? 'unsettled';
  const filters = listOf(query, 'count_filter') ?? [];
  const at = venue.readable();
  const held = [...account.holdings.values()].flatMap(({ market, seen }): readonly Held[] => {
    const position = seen.asOf(at);
    return position ? [{ market, position }] : [];
  });
  const wanted = held.filter(({ market, position }) => {
    const settled = (venue.world.market(market.ticker) ?? market).settledAt <= now;
    if ((ticker !== '' && market.ticker !== ticker) || (event !== '' && market.event.ticker !== event)) return false;
    if (shard !== undefined && market.event.series.shard !== shard) return false;
    if (filters.includes('position') && position.yes === 0) return false;
    if (filters.includes('total_traded') && position.traded === 0) return false;
    return which === 'all' || settled === (which === 'settled');
  });
  const { page, cursor } = pageOf(wanted, query, limitOf(query, 1000, 100));
  const byEvent = Map.groupBy(page, ({ market }) => market.event.ticker);
  return ok({
    market_positions: page.map(({ market, position }) => positionJson(market, position)),
    event_positions: [...byEvent].map(([name, members]) =>
      eventPositionJson(
        name,
        members.map(({ position }) => position),
      ),
    ),
    cursor,
  });
}

function fills({ venue, account, query }: Call, earliest: Millis, latest: Millis) {
  const [ticker, order, shard] = [listOf(query, 'ticker', 100), query.get('order_id') ?? '', integerOf(query, 'exchange_index')];
  const from = Math.max(earliest, secondsOf(query, 'min_ts') ?? 0);
  const to = Math.min(latest, secondsOf(query, 'max_ts') ?? Number.POSITIVE_INFINITY, venue.readable());
  const wanted = account.fills.filter(
    (fill) =>
      fill.at >= from &&
      fill.at <= to &&
      (!ticker || ticker.includes(fill.order.market.ticker)) &&
      (order === '' || fill.order.id === order) &&
      (shard === undefined || fill.order.market.event.series.shard === shard),
  );
  const { page, cursor } = pageOf(wanted.toReversed(), query, limitOf(query, 1000, 100));
  return ok({ fills: page.map(fillJson), cursor });
}

function settlements({ venue, account, query }: Call) {
  const [ticker, event] = [query.get('ticker') ?? '', query.get('event_ticker') ?? ''];
  const [from, to] = [secondsOf(query, 'min_ts') ?? 0, Math.min(secondsOf(query, 'max_ts') ?? Number.POSITIVE_INFINITY, venue.readable())];
  const wanted = account.settlements.filter(
    ({ market, at }) =>
      at >= from && at <= to && (ticker === '' || market.ticker === ticker) && (event === '' || market.event.ticker === event),
  );
  const { page, cursor } = pageOf(wanted.toReversed(), query, limitOf(query, 1000, 100));
  return ok({ settlements: page.map(settlementJson), cursor });
}

function orders({ venue, account, query }: Call, kept: (state: OrderState) => boolean) {
  const [ticker, events, shard] = [query.get('ticker') ?? '', listOf(query, 'event_ticker', 10), integerOf(query, 'exchange_index')];
  const status = wordOf(query, 'status', ['resting', 'canceled', 'executed']);
  const [from, to] = [secondsOf(query, 'min_ts') ?? 0, secondsOf(query, 'max_ts') ?? Number.POSITIVE_INFINITY];
  const at = venue.readable();
  const wanted = [...account.orders.values()].flatMap((order) => {
    const state = order.seen.asOf(at);
    const { ticker: name, event } = order.market;
    if (!state || !kept(state) || order.createdAt < from || order.createdAt > to) return [];
    if ((ticker !== '' && name !== ticker) || (events && !events.includes(event.ticker))) return [];
    if ((status && state.status !== status) || (shard !== undefined && event.series.shard !== shard)) return [];
    return [{ order, state }];
  });
  const { page, cursor } = pageOf(wanted.toReversed(), query, limitOf(query, 1000, 100));
  return ok({ orders: page.map(({ order, state }) => orderJson(order, state)), cursor });
}

function knownOrder({ venue, account, params }: Call): { readonly order: Order; readonly state: OrderState } {
  const order = account.orders.get(params.order ?? '');
  const state = order?.seen.asOf(venue.readable());
  if (!order || !state) throw new Refusal(404, 'not_found', 'order not found');
  return { order, state };
}

function oneOrder(call: Call) {
  const { order, state } = knownOrder(call);
  return ok({ order: orderJson(order, state) });
}

function queuePositions({ venue, account, query }: Call) {
  const [tickers, event] = [listOf(query, 'market_tickers'), query.get('event_ticker') ?? ''];
  if (!tickers && event === '') throw invalid('market_tickers or event_ticker is required');
  const wanted = account.resting().filter(({ market }) => (tickers ? tickers.includes(market.ticker) : market.event.ticker === event));
  return ok({
    queue_positions: wanted.flatMap((order) => {
      const book = venue.floor.live.get(order.market.ticker)?.book;
      return book ? [{ order_id: order.id, market_ticker: order.market.ticker, queue_position_fp: count(book.ahead(order)) }] : [];
    }),
  });
}
