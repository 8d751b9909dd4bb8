import type { AccountFill, AccountSettlement } from '../matching/account.ts';
import type { Happening } from '../matching/happening.ts';
import type { Order } from '../matching/order.ts';
import type { Venue } from '../venue.ts';
import type { AccountFile } from './account-file.ts';
import type { KeptOrder, Moment } from './moment.ts';

/** Writes down what changes of the member's account, before anybody is answered. */
export class Keeper {
  readonly #venue: Venue;
  readonly #file: AccountFile;
  readonly #changed = new Set<Order>();
  #fills: number;
  #settlements: number;
  #whole: string;

  constructor(venue: Venue, file: AccountFile) {
    this.#venue = venue;
    this.#file = file;
    this.#fills = venue.account.fills.length;
    this.#settlements = venue.account.settlements.length;
    this.#whole = JSON.stringify(wholesOf(venue));
  }

  hear(happening: Happening): void {
    if (happening.kind === 'order') this.#changed.add(happening.order);
  }

  /** Keeps what has changed since the last time. Throws when the disk does, and keeps it the next time. */
  flush(): void {
    const { account, clock } = this.#venue;
    const fills = account.fills.slice(this.#fills);
    const settlements = account.settlements.slice(this.#settlements);
    const wholes = wholesOf(this.#venue);
    const whole = JSON.stringify(wholes);
    if (this.#changed.size + fills.length + settlements.length === 0 && whole === this.#whole) return;
    const markets = new Set([...fills.map(({ order }) => order.market), ...settlements.map(({ market }) => market)]);
    this.#file.append({
      at: clock.now(),
      made: this.#venue.floor.made,
      ...wholes,
      orders: [...this.#changed].map(keptOrder),
      holdings: [...markets].map((market) => [market.ticker, account.position(market)]),
      fills: fills.map(keptFill),
      settlements: settlements.map(keptSettlement),
    });
    this.#changed.clear();
    this.#fills = account.fills.length;
    this.#settlements = account.settlements.length;
    this.#whole = whole;
  }
}

/** What is small enough to be written whole whenever anything changes. */
function wholesOf({ account, groups, transfers }: Venue): Pick<Moment, 'cash' | 'groups' | 'transfers'> {
  return {
    cash: [...account.cash],
    groups: groups.of(account).map(({ id, shard, limit, triggered, matches }) => ({ id, shard, limit, triggered, matches })),
    transfers: transfers
      .of(account)
      .map(({ id, from, to, amount, createdAt, complete }) => ({ id, from, to, amount, createdAt, complete })),
  };
}

function keptOrder({ id, market, side, selfTrade, postOnly, cancelOnPause, group, createdAt, rounding, names, state }: Order): KeptOrder {
  return { id, ticker: market.ticker, side, selfTrade, postOnly, cancelOnPause, group, createdAt, rounding, names: [...names], state };
}

function keptFill({ order, ...fill }: AccountFill): Moment['fills'][number] {
  return { ...fill, order: order.id };
}

function keptSettlement({ market, ...settlement }: AccountSettlement): Moment['settlements'][number] {
  return { ...settlement, ticker: market.ticker };
}
