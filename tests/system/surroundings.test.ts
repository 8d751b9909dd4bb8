import { describe, expect, it } from 'vitest';
import { sha256 } from '../../shared/adapters/crypto/sha256.ts';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import type { Breaker } from '../../shared/domain/breaker.ts';
import type { ExchangeStatus, MarketData } from '../../shared/ports/exchange.ts';
import { makeConfig } from '../../shared/system/config/config.ts';
import type { Parts } from '../../shared/system/parts.ts';
import { surroundingsOf } from '../../shared/system/surroundings.ts';

const NOW = Date.UTC(2026, 10, 20, 16);
const MINUTE = 60_000;
const fine: ExchangeStatus = { exchangeActive: true, tradingActive: true, shards: new Map(), skew: 1_500 };

/** Surroundings after runs that failed (or not) so many minutes ago. */
async function around(
  runs: readonly (readonly [minutesAgo: number, outcome: 'ok' | 'failed'])[],
  breaker?: Partial<Breaker>,
  status = fine,
) {
  const store = memoryStore(() => NOW);
  for (const [index, [minutesAgo, outcome]] of runs.entries()) {
    const startedAt = NOW - minutesAgo * MINUTE;
    const run = { job: 'scan', tick: new Date(startedAt + index).toISOString(), startedAt };
    await store.runs.claim(run.job, run.tick, startedAt, MINUTE);
    await store.runs.finish({ ...run, endedAt: startedAt, outcome });
  }
  if (breaker) await store.breakers.write('demo', { state: 'active', since: 0, by: 'test', version: 1, ...breaker }, 0);
  const clock = { now: () => NOW, sleep: async () => {} };
  const parts: Parts = { environment: {}, config: makeConfig({}), clock, speed: 1, store, digest: sha256, writeLog: () => {} };
  const market = { status: async () => status } as unknown as MarketData;
  return surroundingsOf(parts, market, 'demo');
}

const failures = [50, 40, 30, 20].map((minutesAgo) => [minutesAgo, 'failed'] as const);

describe('the share of failed runs around a book', () => {
  it('is of the last hour', async () => {
    expect((await around([...failures, [10, 'ok'], [61, 'failed']])).errorRate).toEqual({ share: 0.8, runs: 5 });
    expect((await around([[61, 'failed']])).errorRate).toBeUndefined();
  });

  it('leaves out what failed before the book was active again: an outage is over when it is over', async () => {
    const active = { state: 'active', since: NOW - 25 * MINUTE } as const;
    expect((await around([...failures, [10, 'ok']], active)).errorRate).toEqual({ share: 0.5, runs: 2 });
  });

  it('is not asked for while another cause reduces the book, and counts the whole hour while it is the cause', async () => {
    const since = NOW - 25 * MINUTE;
    expect((await around(failures, { state: 'reducing', cause: 'outage', since })).errorRate).toBeUndefined();
    expect((await around(failures, { state: 'reducing', cause: 'error-rate', since })).errorRate).toEqual({ share: 1, runs: 4 });
  });
});

describe('what the exchange says of itself', () => {
  it('is an outage where it or its trading is paused, in its words', async () => {
    expect((await around([])).exchangeOut).toBeUndefined();
    expect((await around([], undefined, { ...fine, tradingActive: false })).exchangeOut).toBe('trading on the exchange is paused');
    expect((await around([], undefined, { ...fine, exchangeActive: false })).exchangeOut).toBe('the exchange is paused');
    expect((await around([])).skewSeconds).toBe(1.5);
  });
});
