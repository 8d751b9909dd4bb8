import { Order } from '../matching/order.ts';
import { Timeline } from '../matching/timeline.ts';
import type { Venue } from '../venue.ts';
import type { MarketFacts } from '../world/world.ts';
import { type AccountFile, damaged } from './account-file.ts';
import type { KeptOrder, Moment } from './moment.ts';

/** Gives the member back what was kept, as it was then. Throws when the file does not fit the world. */
export function restoreAccount(venue: Venue, { path, kept }: AccountFile): void {
  if (!kept) return;
  if (kept.at > venue.clock.now()) throw damaged(path, `ends at ${new Date(kept.at).toISOString()}, later than it is now`);
  const marketOf = (ticker: string) => {
    const market = venue.world.market(ticker);
    if (!market) throw damaged(path, `knows market ${ticker}, which is not in this world`);
    return market;
  };
  restoreOrders(venue, kept, marketOf, path);
  for (const [ticker, position] of kept.holdings) {
    const holding = { market: marketOf(ticker), seen: new Timeline<typeof position>() };
    holding.seen.record(venue.world.earliest, position);
    venue.account.holdings.set(ticker, holding);
  }
  for (const { ticker, ...settlement } of kept.settlements) venue.account.settlements.push({ ...settlement, market: marketOf(ticker) });
  for (const group of kept.groups) venue.groups.readmit({ ...group, account: venue.account });
  for (const transfer of kept.transfers.toReversed()) venue.transfers.readmit({ ...transfer, account: venue.account });
  venue.account.note(venue.world.earliest);
}

function restoreOrders({ account, world }: Venue, kept: Moment, marketOf: (ticker: string) => MarketFacts, path: string): void {
  for (const one of kept.orders) {
    const order = orderAsKept(one, (id, request) => new Order(id, account, marketOf(one.ticker), request, one.createdAt));
    for (const name of one.names) account.name(order, name);
    account.open(order);
    if (!order.resting) account.close(order);
    order.seen.record(world.earliest, order.state);
  }
  for (const { order: id, ...fill } of kept.fills) {
    const order = account.orders.get(id);
    if (!order) throw damaged(path, `has a fill of order ${id}, which it does not have`);
    account.fills.push({ ...fill, order });
  }
}

function orderAsKept(
  { id, side, selfTrade, postOnly, cancelOnPause, group, rounding, state }: KeptOrder,
  make: (id: string, request: ConstructorParameters<typeof Order>[3]) => Order,
): Order {
  const { price, initial: count } = state;
  const order = make(id, {
    ...{ side, price, count, selfTrade, postOnly, cancelOnPause, group },
    timeInForce: 'good_till_canceled',
    reduceOnly: false,
  });
  order.rounding = rounding;
  order.change(state.updatedAt, { ...state, expiresAt: state.expiresAt });
  return order;
}

/**
 * Markets in which the member has an interest live again. Nobody traded meanwhile, but time went on: what expired, closed
 * or settled does so now. What still rests stands behind what others have at its price.
 */
export function resumeMarkets({ account, floor, clock }: Venue, { kept }: AccountFile): void {
  if (!kept) return;
  const resting = Map.groupBy(account.resting(), ({ market }) => market.ticker);
  const held = [...account.holdings.values()].filter(({ seen }) => seen.latest?.yes !== 0).map(({ market }) => market);
  const markets = new Map([...held, ...account.resting().map(({ market }) => market)].map((market) => [market.ticker, market]));
  for (const [ticker, market] of markets) floor.marketAt(market, kept.at).resume(resting.get(ticker) ?? [], clock.now());
}
