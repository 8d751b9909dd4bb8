import type { Contracts } from '../../../shared/domain/money.ts';
import type { Order, OrderRequest } from '../matching/order.ts';
import { Refusal } from '../matching/refusal.ts';
import type { MarketFacts } from '../world/world.ts';
import * as body from './body.ts';
import { averages } from './portfolio-json.ts';
import { integerOf, invalid } from './query.ts';
import { errorBody } from './refusal-body.ts';
import { type Answer, type Call, ok, type Route } from './route.ts';
import { count } from './wire.ts';

const write = { access: 'signed', scope: 'write::trade', chargesItself: true } as const;

export const orderRoutes: readonly Route[] = [
  { ...write, method: 'POST', path: '/portfolio/events/orders', answer: create },
  { ...write, method: 'DELETE', path: '/portfolio/events/orders', cost: 2, answer: cancelAll },
  { ...write, method: 'POST', path: '/portfolio/events/orders/batched', answer: batchCreate },
  { ...write, method: 'DELETE', path: '/portfolio/events/orders/batched', cost: 2, answer: batchCancel },
  { ...write, method: 'DELETE', path: '/portfolio/events/orders/:order', cost: 2, answer: cancel },
  { ...write, method: 'POST', path: '/portfolio/events/orders/:order/amend', answer: amend },
  { ...write, method: 'POST', path: '/portfolio/events/orders/:order/decrease', answer: decrease },
  ...(
    ['/portfolio/orders', '/portfolio/orders/batched', '/portfolio/orders/:order/amend', '/portfolio/orders/:order/decrease'] as const
  ).map((path): Route => ({ method: 'POST', path, access: 'signed', answer: gone })),
  ...(['/portfolio/orders/batched', '/portfolio/orders/:order'] as const).map(
    (path): Route => ({ method: 'DELETE', path, access: 'signed', answer: gone }),
  ),
];

function gone(): Answer {
  throw new Refusal(410, 'deprecated_v1_order_endpoint', 'this endpoint is deprecated, use /portfolio/events/orders');
}

function create(call: Call): Answer {
  const asked = body.readBody(call.text, body.createOrderBody);
  call.charge(10, billed(call, asked.exchange_index, true));
  return { status: 201, body: place(call, asked) };
}

function place(call: Call, asked: body.CreateOrderBody) {
  const { venue, account, now } = call;
  mustBePrimary(asked.subaccount);
  const market = venue.world.market(asked.ticker);
  const direct = asked.exchange_index !== undefined && asked.exchange_index !== -1;
  if (!market || market.createdAt > now || (direct && asked.exchange_index !== market.event.series.shard)) {
    throw new Refusal(404, 'market_not_found', 'market not found');
  }
  mustBeAttested(call, market);
  const order = venue.desk.place(account, market, orderRequest(asked), now);
  return { ...orderAnswer(order, now), ...averages(order) };
}

function orderRequest(asked: body.CreateOrderBody): OrderRequest {
  return {
    side: asked.side,
    price: body.readPrice(asked.price),
    count: body.readCount(asked.count),
    timeInForce: asked.time_in_force,
    selfTrade: asked.self_trade_prevention_type,
    clientOrderId: asked.client_order_id,
    expiresAt: asked.expiration_time === undefined ? undefined : asked.expiration_time * 1000,
    postOnly: asked.post_only ?? false,
    reduceOnly: asked.reduce_only ?? false,
    cancelOnPause: asked.cancel_order_on_pause ?? false,
    group: asked.order_group_id,
  };
}

function orderAnswer(order: Order, now: number) {
  const { clientOrderId, filled, remaining } = order.state;
  return {
    order_id: order.id,
    ...(clientOrderId === '' ? undefined : { client_order_id: clientOrderId }),
    fill_count: count(filled),
    remaining_count: count(remaining),
    ts_ms: now,
  };
}

function cancel(call: Call): Answer {
  const { query, params } = call;
  const item = {
    order_id: params.order ?? '',
    exchange_index: integerOf(query, 'exchange_index'),
    market_ticker: query.get('market_ticker') ?? undefined,
  };
  call.charge(2, billed(call, item.exchange_index, item.market_ticker !== undefined));
  return ok(cancelOne(call, item));
}

function cancelOne({ venue, account, now }: Call, item: body.CancelItem) {
  mustBePrimary(item.subaccount);
  const shard = shardOf(venue, item.exchange_index, item.market_ticker);
  const reduced = venue.desk.cancel(account, item.order_id, shard, now);
  const id = account.orders.get(item.order_id)?.state.clientOrderId ?? '';
  return { order_id: item.order_id, ...(id === '' ? undefined : { client_order_id: id }), reduced_by: count(reduced), ts_ms: now };
}

/** An id alone goes to shard 0; a ticker finds its own shard. */
function shardOf({ world }: Call['venue'], index: number | undefined, ticker: string | undefined): number {
  if (index !== undefined && index >= 0) return index;
  if (ticker === undefined && index === -1) throw invalid('market_ticker is required for auto-routing');
  return ticker === undefined ? 0 : (world.market(ticker)?.event.series.shard ?? -1);
}

/** Whose write buckets pay: an explicit shard's own, or every shard's when the exchange has to find it. */
function billed({ venue }: Call, index: number | undefined, findable: boolean): readonly number[] {
  if (index !== undefined && index >= 0) return [index];
  return findable ? venue.shards : [0];
}

function cancelAll(call: Call): Answer {
  call.charge(2, [0]);
  mustBePrimary(integerOf(call.query, 'subaccount'));
  call.venue.desk.cancelAll(call.account, call.now);
  return { status: 204 };
}

function amend(call: Call): Answer {
  const { venue, account, params, now, text } = call;
  const asked = body.readBody(text, body.amendOrderBody);
  call.charge(10, billed(call, asked.exchange_index, true));
  const expiry = asked.expiration_time;
  const before = account.fills.length;
  const { order, filled } = venue.desk.amend(
    account,
    params.order ?? '',
    shardOf(venue, asked.exchange_index, asked.ticker),
    {
      side: asked.side,
      ticker: asked.ticker,
      price: body.readPrice(asked.price),
      count: body.readCount(asked.count),
      clientOrderId: asked.client_order_id,
      updatedClientOrderId: asked.updated_client_order_id,
      expiresAt: expiry === undefined ? undefined : expiry === 0 ? null : expiry * 1000,
    },
    now,
  );
  return ok({ ...orderAnswer(order, now), fill_count: count(filled), ...averages(order, before) });
}

function decrease(call: Call): Answer {
  const { venue, account, params, now, text } = call;
  const asked = body.readBody(text, body.decreaseOrderBody);
  call.charge(10, billed(call, asked.exchange_index, asked.market_ticker !== undefined));
  const [by, to] = [asked.reduce_by ?? undefined, asked.reduce_to ?? undefined];
  if ((by === undefined) === (to === undefined)) throw invalid('exactly one of reduce_by and reduce_to is required');
  const change =
    by === undefined ? { to: to === '0' || to === '0.00' ? (0 as Contracts) : body.readCount(to ?? '') } : { by: body.readCount(by) };
  const order = venue.desk.decrease(account, params.order ?? '', shardOf(venue, asked.exchange_index, asked.market_ticker), change, now);
  const { fill_count: _, ...answer } = orderAnswer(order, now);
  return ok(answer);
}

function batchCreate(call: Call): Answer {
  const { orders } = body.readBody(call.text, body.batchCreateBody);
  call.charge(10 * orders.length, [0]);
  const results = orders.map((asked) =>
    itemResult(() => place(call, asked), asked.client_order_id === undefined ? {} : { client_order_id: asked.client_order_id }),
  );
  return { status: 201, body: { orders: results } };
}

function batchCancel(call: Call): Answer {
  const { orders } = body.readBody(call.text, body.batchCancelBody);
  call.charge(2 * orders.length, [0]);
  return ok({ orders: orders.map((item) => itemResult(() => cancelOne(call, item), { order_id: item.order_id, reduced_by: '0.00' })) });
}

/** One bad item does not spoil the batch. */
function itemResult(act: () => object, otherwise: object): object {
  try {
    return act();
  } catch (error) {
    if (error instanceof Refusal) return { ...otherwise, error: errorBody(error) };
    throw error;
  }
}

function mustBePrimary(subaccount: number | undefined): void {
  if (subaccount !== undefined && subaccount !== 0)
    throw new Refusal(403, 'permission_denied', 'permission denied', 'this member has no such subaccount');
}

const attested = ['Sports', 'Elections', 'Entertainment'];

function mustBeAttested({ venue, now }: Call, market: MarketFacts): void {
  const { regionExpiresAt } = venue.settings;
  if (regionExpiresAt !== undefined && regionExpiresAt <= now && attested.includes(market.event.series.category)) {
    throw new Refusal(403, 'location_attestation_expired', 'location attestation has expired', 'confirm your location on the exchange');
  }
}
