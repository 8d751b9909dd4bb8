import { sha256 } from '../../shared/adapters/crypto/sha256.ts';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import type { Book } from '../../shared/domain/book.ts';
import type { Usd } from '../../shared/domain/money.ts';
import type { Alert } from '../../shared/domain/words/alert.ts';
import type { Blobs } from '../../shared/ports/blobs.ts';
import type { Store } from '../../shared/ports/store.ts';
import { createExchange, type Exchange } from '../exchange/create-exchange.ts';
import type { GeneratedKey } from '../exchange/generate-key.ts';
import { generatedWorld } from '../exchange/world/generated-world.ts';
import { DrillTime } from './drill-time.ts';
import { MemoryBlobs } from './memory-blobs.ts';

export const BOOK: Book = 'demo';
export const MINUTE = 60_000;
/** A Friday in New York, far from maintenance; some seeds begin on a Thursday night and live through it. */
const FRIDAY = Date.UTC(2026, 10, 20, 15);
const THURSDAY = Date.UTC(2026, 10, 19, 4);

/** Everything that outlives a process: the exchange, what is stored, who was told what, the time. */
export interface Stage {
  readonly seed: number;
  readonly time: DrillTime;
  readonly exchange: Exchange;
  readonly store: Store;
  readonly recordings: Blobs;
  /** What reached people, in its order. */
  readonly told: Alert[];
  readonly key: GeneratedKey;
  readonly start: number;
}

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
      // The first seed of all and every eighth after it.
      checksSignatures: seed % 8 === 1,
    },
  });
  return { seed, time, exchange, store: memoryStore(() => time.now()), recordings: new MemoryBlobs(), told: [], key, start };
}

/** How long a request waits for an answer that never comes. */
const PATIENCE = 10_000;

export { sha256 as digest };
