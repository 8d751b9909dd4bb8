import { sha256 } from '../../shared/adapters/crypto/sha256.ts';
import { connectKalshi } from '../../shared/adapters/kalshi/connect-kalshi.ts';
import { KalshiBroker } from '../../shared/adapters/kalshi/kalshi-broker.ts';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import type { Board } from '../../shared/domain/board.ts';
import type { Book } from '../../shared/domain/book.ts';
import type { Usd } from '../../shared/domain/money.ts';
import type { Broker } from '../../shared/ports/broker.ts';
import type { Account, MarketData } from '../../shared/ports/exchange.ts';
import type { Store } from '../../shared/ports/store.ts';
import { configSchema } from '../../shared/system/config/schema.ts';
import { createExchange, type Exchange } from '../exchange/create-exchange.ts';
import type { GeneratedKey } from '../exchange/generate-key.ts';
import { generatedWorld } from '../exchange/world/generated-world.ts';
import { DrillTime } from './drill-time.ts';

export const BOOK: Book = 'demo';
export const MINUTE = 60_000;
/** A Friday in New York, far from maintenance; some seeds begin on a Thursday night and live through it. */
const FRIDAY = Date.UTC(2026, 10, 20, 15);
const THURSDAY = Date.UTC(2026, 10, 19, 4);

/** Everything that outlives a process: the exchange, the store, the time. */
export interface Stage {
  readonly seed: number;
  readonly time: DrillTime;
  readonly exchange: Exchange;
  readonly store: Store;
  readonly key: GeneratedKey;
  readonly start: number;
}

/** What one process holds of the exchange. */
export interface Connection {
  readonly market: MarketData;
  readonly account: Account;
  readonly broker: Broker;
}

/** Filters and rules so loose that strategies trade all day in any world. Limits are those of every day. */
export const drillConfig = configSchema.parse({
  mode: 'demo',
  scan: { minVolume: 0, priceRange: [0.05, 0.95], maxSpread: 0.4, maxDays: 400 },
  strategies: {
    dips: {
      minDrop: 0.01,
      recovery: 0.9,
      siblingShare: 1,
      goodForMinutes: 40,
      exits: { stop: 0.03, recovery: 0.02, timeShare: 0.5, maxSpread: 0.4, holdMinutes: 0, confirmSeconds: 0 },
    },
    favourites: { rung: 'off' },
    directional: { rung: 'off' },
  },
  sizing: { kellyFraction: 1, depth: 1 },
  risk: { losingStreak: 8, dailyLossShare: 0.2, maxDataAgeMinutes: 50 },
  protections: { cooldownHours: 0, stops: 100, seriesLoss: 1_000 },
});

export function openStage(seed: number, key: GeneratedKey, markets: number): Stage {
  const start = seed % 5 === 0 ? THURSDAY : FRIDAY;
  const time = new DrillTime(start);
  const thousand = 1_000_000_000 as Usd;
  const exchange = createExchange({
    world: generatedWorld({ seed, markets, start, pastDays: 3 }),
    clock: { now: () => time.now(), sleep: (ms) => time.sleep(Math.min(ms, PATIENCE)) },
    keys: [key.key],
    seed,
    settings: {
      cash: new Map([0, 1, 2, 3].map((shard) => [shard, thousand])),
      idReuse: seed % 2 === 0 ? 'never' : 'after-fill',
      limits: { tier: 'prestige', read: { refill: 1e6, capacity: 1e6 }, write: { refill: 1e6, capacity: 1e6 } },
      killSwitchTailMs: seed % 3 === 0 ? MINUTE : 0,
    },
  });
  return { seed, time, exchange, store: memoryStore(() => time.now()), key, start };
}

/** How long a request waits for an answer that never comes. */
const PATIENCE = 10_000;

/** A connection whose requests go to `host`: the real adapter, start to end. */
export async function connect({ time, key }: Stage, host: string, sleep: (ms: number) => Promise<void>): Promise<Connection> {
  const kalshi = await connectKalshi({
    baseUrl: `http://${host}/trade-api/v2`,
    credentials: { keyId: key.key.id, privateKey: key.privateKey },
    clock: { now: () => time.now(), sleep },
    random: () => 0.5,
  });
  if (!kalshi.account) throw new Error('no account without a key. Fix: give the drill a key');
  return { market: kalshi.marketData, account: kalshi.account, broker: new KalshiBroker(kalshi.transport) };
}

/** A day ago as the world knows it: what recordings of a day would have said. */
export function withPast({ exchange, time }: Stage, board: Board): Board {
  const { world } = exchange.venue;
  const midAt = (row: number, at: number) => {
    const market = world.market(board.ticker[row] ?? '');
    if (!market || market.openAt > at) return Number.NaN;
    const { bids, asks } = world.ladder(market, at, 1);
    return bids[0] && asks[0] ? (bids[0].price + asks[0].price) / 2 : Number.NaN;
  };
  const dayAgo = time.now() - 23.5 * 60 * MINUTE;
  return { ...board, dayAgo: (row) => midAt(row, dayAgo), weekAgo: () => Number.NaN };
}

export { sha256 as digest };
