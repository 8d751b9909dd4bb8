import type { Millis } from '../../../shared/domain/money.ts';
import type { Happening } from '../matching/happening.ts';
import type { Venue } from '../venue.ts';
import { FeedSession } from './feed-session.ts';
import { lifecycleTurns } from './lifecycle-sweep.ts';
import * as messages from './messages.ts';

const SWEEP_MS: Millis = 1_000;

/** The WebSocket half of the exchange, without the socket: sessions that hear what happens on the floor. */
export class Feed {
  readonly #venue: Venue;
  readonly #sessions = new Set<FeedSession>();
  readonly #moved = new Set<string>();
  #sweptTo: Millis;

  constructor(venue: Venue) {
    this.#venue = venue;
    this.#sweptTo = venue.now();
  }

  get connections(): number {
    return this.#sessions.size;
  }

  /** A connection; `send` gets each message as text. Close it to stop. */
  connect(send: (text: string) => void): FeedSession {
    const session = new FeedSession(this.#venue, send, () => this.#sessions.delete(session));
    this.#sessions.add(session);
    return session;
  }

  hear(happening: Happening): void {
    if (this.#sessions.size === 0) return;
    const { at } = happening;
    switch (happening.kind) {
      case 'level':
        this.#moved.add(happening.market.ticker);
        this.#tell('orderbook_delta', happening.market.ticker, 'orderbook_delta', at, ({ yesPrices }) =>
          messages.deltaMessage(happening, yesPrices),
        );
        return;
      case 'trade':
        this.#moved.add(happening.market.ticker);
        this.#tell('trade', happening.market.ticker, 'trade', at, () => messages.tradeMessage(happening.market, happening.print));
        return;
      case 'fill': {
        const { ticker } = happening.fill.order.market;
        this.#tell('fill', ticker, 'fill', at, () => messages.fillMessage(happening.fill));
        this.#tell('market_positions', ticker, 'market_position', at, () => messages.positionMessage(happening.fill));
        return;
      }
      case 'order':
        this.#tell('user_orders', happening.order.market.ticker, 'user_order', at, () => messages.orderMessage(happening.order));
        return;
      case 'lifecycle':
        this.#tell('market_lifecycle_v2', happening.market.ticker, 'market_lifecycle_v2', at, () =>
          messages.lifecycleMessage(happening.market, happening.word, at),
        );
    }
  }

  /** Sends what is told once for many changes: tickers of markets that moved, and every second what became of markets. */
  flush(): void {
    const now = this.#venue.now();
    for (const ticker of this.#moved) {
      const market = this.#venue.world.market(ticker);
      if (market) this.#tell('ticker', ticker, 'ticker', now, () => messages.tickerMessage(this.#venue, market, now));
    }
    this.#moved.clear();
    if (now >= this.#sweptTo + SWEEP_MS) this.#sweep(now);
  }

  #sweep(now: Millis): void {
    const followed = [...this.#sessions].some((session) => session.follows('market_lifecycle_v2'));
    for (const { ticker, word, at } of followed ? lifecycleTurns(this.#venue.world, this.#sweptTo, now) : []) {
      const market = this.#venue.world.market(ticker);
      if (market) this.#tell('market_lifecycle_v2', ticker, 'market_lifecycle_v2', at, () => messages.lifecycleMessage(market, word, at));
    }
    this.#sweptTo = now;
  }

  #tell(...news: Parameters<FeedSession['tell']>): void {
    for (const session of this.#sessions) session.tell(...news);
  }
}
