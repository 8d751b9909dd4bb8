import { createExchange, type Exchange, type ExchangeOptions } from '../../../local/exchange/create-exchange.ts';
import { generateKey } from '../../../local/exchange/generate-key.ts';
import { generatedWorld } from '../../../local/exchange/world/generated-world.ts';
import { statusAt } from '../../../local/exchange/world/market-state.ts';
import type { MarketFacts } from '../../../local/exchange/world/world.ts';
import type { Usd } from '../../../shared/domain/money.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import { type Send, signedClient } from './signed-client.ts';

/** A Friday afternoon, far from maintenance. */
export const FRIDAY = Date.UTC(2026, 10, 20, 15);

/** Time that moves when told to; sleeping moves it. */
export class ManualClock implements Clock {
  #now: number;
  constructor(now: number) {
    this.#now = now;
  }
  now(): number {
    return this.#now;
  }
  async sleep(ms: number): Promise<void> {
    this.#now += ms;
  }
  /** Moves time and lets the exchange live through it. */
  pass(exchange: Exchange, ms: number): void {
    this.#now += ms;
    exchange.advance();
  }
}

export const generous = { tier: 'prestige', read: { refill: 1e6, capacity: 1e6 }, write: { refill: 1e6, capacity: 1e6 } };
const key = generateKey('ed25519');

export interface Room {
  readonly exchange: Exchange;
  readonly clock: ManualClock;
  readonly send: Send;
  readonly target: { readonly keyId: string; readonly privateKey: string; readonly now: () => number };
}

/** An exchange in process, on a clock of its own, with money on every shard and no rate limit unless said otherwise. */
export function openRoom(options: Partial<ExchangeOptions> & { readonly markets?: number; readonly at?: number } = {}): Room {
  const { settings, at = FRIDAY, markets = 200, ...others } = options;
  const clock = new ManualClock(at);
  const cash = new Map([0, 1, 2, 3].map((shard) => [shard, 1_000_000_000 as Usd]));
  const exchange = createExchange({
    world: generatedWorld({ seed: 7, markets, start: at, pastDays: 30 }),
    clock,
    keys: [key.key],
    settings: { cash, limits: generous, ...settings },
    ...others,
  });
  const target = { keyId: key.key.id, privateKey: key.privateKey, now: () => clock.now() };
  const send = signedClient({ ...target, baseUrl: 'http://exchange.test/trade-api/v2' }, async (input) => exchange.fetch(input as Request));
  return { exchange, clock, send, target };
}

/** The first active market, quoted on both sides, that `wanted` likes. */
export function findMarket(
  { exchange, clock }: Pick<Room, 'exchange' | 'clock'>,
  wanted: (market: MarketFacts, bid: number, ask: number) => boolean,
): MarketFacts {
  const { world } = exchange.venue;
  for (const [, event] of world.events({ createdTo: clock.now(), settledFrom: clock.now() })) {
    for (const market of event.markets) {
      const { bids, asks } = world.ladder(market, clock.now(), 1);
      const quoted = bids[0] && asks[0] && statusAt(market, clock.now()) === 'active' && !event.series.combo;
      if (quoted && bids[0] && asks[0] && wanted(market, bids[0].price, asks[0].price)) return market;
    }
  }
  throw new Error('no such market in this world. Fix: ask for less, or for a larger world');
}

/** A market in the middle of the prices, days from its end, where whole cents are the grid. */
export function plainMarket(room: Pick<Room, 'exchange' | 'clock'>): MarketFacts {
  const days = (market: MarketFacts) => (market.endsAt - room.clock.now()) / 86_400_000;
  return findMarket(
    room,
    (market, bid, ask) => bid > 2_000 && ask < 8_000 && ask - bid >= 300 && market.structure === 'linear_cent' && days(market) > 3,
  );
}

export function order(market: MarketFacts, change: Readonly<Record<string, unknown>> = {}) {
  return {
    ticker: market.ticker,
    side: 'bid',
    count: '10',
    price: '0.0100',
    time_in_force: 'good_till_canceled',
    self_trade_prevention_type: 'taker_at_cross',
    ...change,
  };
}

/** Dollars of ten-thousandths. */
export function dollars(price: number): string {
  return (price / 10_000).toFixed(4);
}
