import type { Book } from '../domain/book.ts';
import type { Breaker } from '../domain/breaker.ts';
import type { Millis } from '../domain/money.ts';
import type { Surroundings } from '../domain/risk/trips.ts';
import type { ExchangeStatus, MarketData } from '../ports/exchange.ts';
import { functionNames, functions } from './map.ts';
import type { Parts } from './parts.ts';

const HOUR = 3_600_000;
/** Jobs that run within every hour, or with one that does: what runs once a day says nothing of the hour. */
const steady = functionNames.filter((name) => 'every' in functions[name].trigger || 'after' in functions[name].trigger);

/** What around a book can stop it: the exchange, the clock, failing runs. What cannot be asked counts as an outage. */
export async function surroundingsOf(parts: Parts, market: MarketData, book: Book): Promise<Surroundings> {
  const { risk } = parts.config;
  const [exchange, errorRate] = await Promise.all([statusOf(market), errorRateOf(parts, book)]);
  const status = typeof exchange === 'string' ? undefined : exchange;
  return {
    exchangeOut: typeof exchange === 'string' ? exchange : outageOf(exchange),
    dataAgeSeconds: undefined,
    maxDataAgeSeconds: risk.maxDataAgeMinutes * 60,
    // Paper never signs: a clock that is off hurts nobody there.
    skewSeconds: book === 'paper' || !status ? undefined : status.skew === undefined ? undefined : status.skew / 1000,
    maxSkewSeconds: risk.maxSkewSeconds,
    errorRate,
    maxErrorRate: risk.maxErrorRate,
    reconciliationBreak: undefined,
    feeDivergence: undefined,
  };
}

async function statusOf(market: MarketData): Promise<ExchangeStatus | string> {
  try {
    return await market.status();
  } catch (error) {
    return `exchange status cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function outageOf({ exchangeActive, tradingActive }: ExchangeStatus): string | undefined {
  if (!exchangeActive) return 'the exchange is paused';
  return tradingActive ? undefined : 'trading on the exchange is paused';
}

async function errorRateOf({ store, clock }: Parts, book: Book): Promise<Surroundings['errorRate']> {
  const since = failuresSince(await store.breakers.read(book), clock.now());
  if (since === undefined) return undefined;
  const lists = await Promise.all(steady.map((name) => store.runs.recent(name, 12)));
  const ended = lists.flat().filter(({ startedAt, outcome }) => startedAt >= since && outcome !== undefined && outcome !== 'skipped');
  if (ended.length === 0) return undefined;
  return { share: ended.filter(({ outcome }) => outcome !== 'ok').length / ended.length, runs: ended.length };
}

/**
 * From when on failed runs count. What failed while the book was reduced for another reason failed of that reason, and
 * what failed before the book was active again has been answered for: else an outage would stop buying for an hour more.
 */
function failuresSince({ state, cause, since }: Breaker, now: Millis): Millis | undefined {
  if (state === 'active') return Math.max(now - HOUR, since);
  return cause === 'error-rate' ? now - HOUR : undefined;
}
