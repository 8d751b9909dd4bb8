import type { Contracts, Millis, Price } from '../../shared/domain/money.ts';
import type { Order } from '../exchange/matching/order.ts';
import { Refusal } from '../exchange/matching/refusal.ts';
import { statusAt } from '../exchange/world/market-state.ts';
import type { MarketFacts } from '../exchange/world/world.ts';
import type { Violation } from './auditor.ts';
import type { Stage } from './stage.ts';

const HOUR: Millis = 3_600_000;

/** A person who trades on the same account, at the exchange's own page: nothing of ours may touch what is theirs. */
export class Hand {
  readonly violations: Violation[] = [];
  readonly orders = new Set<Order>();
  readonly #stage: Stage;
  readonly #chance: () => number;

  constructor(stage: Stage, chance: () => number) {
    this.#stage = stage;
    this.#chance = chance;
  }

  /** Buys a few contracts of some market, or sells them: at once at the best price, or by resting for an hour. */
  trade(): void {
    const { exchange, time } = this.#stage;
    const { desk, account, world } = exchange.venue;
    const at = time.now();
    exchange.advance();
    const market = this.#someMarket(at);
    const { bids, asks } = world.ladder(market, at, 1);
    const side = this.#chance() < 0.5 ? 'bid' : 'ask';
    const rests = this.#chance() < 0.5;
    const price: Price | undefined = (side === 'bid') === rests ? bids[0]?.price : asks[0]?.price;
    const count = (100 * (1 + Math.floor(this.#chance() * 20))) as Contracts;
    if (price === undefined) return;
    try {
      const usual = { side, price, count, selfTrade: 'taker_at_cross', postOnly: false, reduceOnly: false, cancelOnPause: false } as const;
      const life = rests
        ? ({ timeInForce: 'good_till_canceled', expiresAt: at + HOUR } as const)
        : ({ timeInForce: 'immediate_or_cancel' } as const);
      this.orders.add(desk.place(account, market, { ...usual, ...life }, at));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  /** Does away with a group of orders and with what rests in it. */
  removeGroup(): void {
    const { groups, account, floor } = this.#stage.exchange.venue;
    const all = groups.of(account);
    const group = all[Math.floor(this.#chance() * all.length)];
    if (!group) return;
    for (const order of groups.delete(group)) floor.cancel(order, '', this.#stage.time.now());
  }

  /** A change that is asked of the exchange: of theirs none may be, but by the switch that cancels everything. */
  asked(method: string, path: string): void {
    if (method === 'GET') return;
    for (const { id } of this.orders) {
      if (path.includes(id)) this.violations.push(`${method} ${path}: an order that was placed by hand`);
    }
  }

  #someMarket(at: Millis): MarketFacts {
    const { world, account } = this.#stage.exchange.venue;
    const open: MarketFacts[] = [];
    for (const [, event] of world.events({ createdTo: at, settledFrom: at })) {
      if (!event.series.combo) open.push(...event.markets.filter((market) => statusAt(market, at) === 'active'));
    }
    // Every other time where the account holds something already: that is where two could be taken for one.
    const held = open.filter((market) => account.position(market).yes !== 0);
    const from = held.length > 0 && this.#chance() < 0.5 ? held : open;
    const market = from[Math.floor(this.#chance() * from.length)];
    if (!market) throw new Error('no market is open. Fix: give the drill more markets');
    return market;
  }
}
