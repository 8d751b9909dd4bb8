import type { Contracts, Millis, Price } from '../../../shared/domain/money.ts';
import { edgesOf, resultAt, statusAt } from '../world/market-state.ts';
import type { Ladder, MarketFacts } from '../world/world.ts';
import type { Floor } from './floor.ts';
import { inMaintenance, nextMaintenanceEdge } from './halts.ts';
import type { Print } from './happening.ts';
import type { Order } from './order.ts';
import { type BookSide, OrderBook } from './order-book.ts';

/** From the end of trading to the cancelling of what still rests. */
const SWEEP: Millis = 1_000;

/** A market with members in it: others' quotes and trades meet members' orders, step by step. */
export class LiveMarket {
  readonly book: OrderBook;
  readonly prints: Print[] = [];
  /** Spans of time that were walked trade by trade: there `prints` is the tape, elsewhere the world is. */
  readonly walked: { readonly from: Millis; to: Millis }[] = [];
  /** Feeds that follow this market. */
  watchers = 0;
  market: MarketFacts;
  readonly #floor: Floor;
  #at: Millis;
  /** When others next change their quotes; until then what was taken from them stays taken. */
  #requoteAt: Millis = 0;
  #printed = 0;
  #told = 0;

  constructor(floor: Floor, market: MarketFacts, at: Millis) {
    this.#floor = floor;
    this.market = market;
    this.#at = at;
    this.book = new OrderBook((side, price, delta, order) =>
      floor.tell({ kind: 'level', market: this.market, at: this.#at, side, price, delta, order }),
    );
    this.#requote();
  }

  /** Contracts that changed hands beyond what the world tells. */
  get extraVolume(): Contracts {
    return (this.#printed - this.#told) as Contracts;
  }

  print(print: Print): void {
    this.prints.push(print);
    this.#printed += print.count;
    this.#floor.tell({ kind: 'trade', market: this.market, at: print.at, print });
  }

  advance(to: Millis): void {
    while (this.#at < to) {
      const followed = this.watchers > 0 || this.#orders().length > 0;
      const next = Math.min(to, this.#nextEdge(), followed ? this.#nextStep() : to);
      if (followed) this.#walk(next);
      const before = this.#at;
      this.#at = next;
      this.#expire();
      this.#crossEdges(before);
      if (next >= this.#requoteAt) this.#requote();
    }
  }

  /** Takes back orders from before a restart: nobody traded meanwhile, but time went on to `to`. */
  resume(orders: readonly Order[], to: Millis): void {
    for (const order of orders) this.book.rest(order);
    while (this.#at < to) {
      const before = this.#at;
      this.#at = Math.min(to, this.#nextEdge(), nextMaintenanceEdge(before), Math.max(before + 1, this.#nextExpiry()));
      this.#expire();
      this.#crossEdges(before);
    }
    this.#requote();
  }

  /** Takes over facts that the exchange has changed. */
  amend(market: MarketFacts, at: Millis): void {
    this.advance(at);
    this.market = market;
    this.#requote();
  }

  #orders(): readonly Order[] {
    return this.book.orders();
  }

  #trading(at: Millis): boolean {
    return statusAt(this.market, at) === 'active' && !inMaintenance(at);
  }

  #nextStep(): Millis {
    return Math.max(this.#at + 1, Math.min(this.#nextChange(), nextMaintenanceEdge(this.#at), this.#nextExpiry()));
  }

  #nextExpiry(): Millis {
    return Math.min(...this.#orders().map(({ state }) => state.expiresAt ?? Number.POSITIVE_INFINITY));
  }

  #nextChange(): Millis {
    return this.#at < this.market.endsAt ? this.#floor.world.nextChange(this.market, this.#at) : Number.POSITIVE_INFINITY;
  }

  #nextEdge(): Millis {
    const edges = [...edgesOf(this.market), this.market.endsAt + SWEEP];
    return Math.min(...edges.filter((edge) => edge > this.#at), Number.POSITIVE_INFINITY);
  }

  /** Others' trades up to `to`. */
  #walk(to: Millis): void {
    const span = this.walked.at(-1);
    if (span?.to === this.#at) span.to = to;
    else this.walked.push({ from: this.#at, to });
    for (const { at, price, count, buy, id } of this.#floor.world.trades(this.market, this.#at, to)) {
      this.#told += count;
      if (this.#trading(at)) this.#floor.execute(this, { side: buy ? 'bid' : 'ask', limit: price, count, tradeId: id }, at);
    }
  }

  #expire(): void {
    for (const order of this.#orders()) {
      if ((order.state.expiresAt ?? Number.POSITIVE_INFINITY) <= this.#at) this.#floor.cancel(order, 'ExpiryCancel', this.#at);
    }
  }

  #crossEdges(before: Millis): void {
    const [was, is] = [statusAt(this.market, before), statusAt(this.market, this.#at)];
    if (inMaintenance(this.#at) && !inMaintenance(before)) this.#cancelAll(({ cancelOnPause }) => cancelOnPause);
    if (this.#at >= this.market.endsAt + SWEEP) this.#cancelAll(() => true);
    if (was === is) return;
    if (is === 'inactive') this.#cancelAll(({ cancelOnPause }) => cancelOnPause);
    if (was === 'inactive') this.#cancelAll(() => true);
    if (is === 'finalized') this.#settle();
  }

  #cancelAll(which: (order: Order) => boolean): void {
    for (const order of this.#orders().filter(which)) this.#floor.cancel(order, '', this.#at);
  }

  #settle(): void {
    const end = resultAt(this.market, this.#at);
    if (!end) return;
    for (const account of this.#floor.accounts.values()) {
      if (account.settle(this.market, end.yesValue, this.#at)) account.note(this.#at);
    }
  }

  /** Others' new quotes. Where they cross a member's order they trade with it first, at its price. */
  #requote(): void {
    this.#requoteAt = Math.min(this.#nextChange(), this.#nextEdge(), nextMaintenanceEdge(this.#at));
    if (!this.#trading(this.#at)) {
      if (statusAt(this.market, this.#at) !== 'inactive' && !inMaintenance(this.#at)) this.book.requote({ bids: [], asks: [] });
      return;
    }
    const wanted = this.#floor.world.ladder(this.market, this.#at);
    this.book.requote(this.#besideMembers(wanted));
    this.#tradeThrough('ask', wanted);
    this.#tradeThrough('bid', wanted);
  }

  #besideMembers({ bids, asks }: Ladder): Ladder {
    const orders = this.#orders();
    const [bid, ask] = [bestOf(orders, 'bid'), bestOf(orders, 'ask')];
    return {
      bids: ask === undefined ? bids : bids.filter(({ price }) => price < ask),
      asks: bid === undefined ? asks : asks.filter(({ price }) => price > bid),
    };
  }

  #tradeThrough(side: BookSide, wanted: Ladder): void {
    const best = bestOf(this.#orders(), side === 'ask' ? 'bid' : 'ask');
    if (best === undefined) return;
    const crossing = (side === 'ask' ? wanted.asks : wanted.bids).filter(({ price }) => (side === 'ask' ? price <= best : price >= best));
    for (const { price, count } of crossing) this.#floor.execute(this, { side, limit: price, count }, this.#at);
    if (crossing.length > 0) this.book.requote(this.#besideMembers(wanted));
  }
}

function bestOf(orders: readonly Order[], side: BookSide): Price | undefined {
  const prices = orders.filter((order) => order.side === side).map(({ price }) => price);
  if (prices.length === 0) return undefined;
  return (side === 'bid' ? Math.max(...prices) : Math.min(...prices)) as Price;
}
