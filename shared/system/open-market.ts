import type { Kalshi } from '../adapters/kalshi/connect-kalshi.ts';
import { connectKalshi } from '../adapters/kalshi/connect-kalshi.ts';
import type { Credentials } from '../adapters/kalshi/signer.ts';
import type { Parts } from './parts.ts';

/** Kalshi's production address; demo and simulated exchanges are named in KALSHI_BASE_URL. */
const PRODUCTION = 'https://external-api.kalshi.com/trade-api/v2';
const TIMEOUT_MS = 10_000;

const connected = new WeakMap<Parts, { readonly keyId: string | undefined; readonly kalshi: Promise<Kalshi> }>();

/** The exchange over HTTP, kept while the process lives: series and events are not asked for twice. */
export function openMarket(parts: Parts, credentials?: Credentials): Promise<Kalshi> {
  const { environment, clock, speed, standIns } = parts;
  const known = connected.get(parts);
  if (known && known.keyId === credentials?.keyId) return known.kalshi;
  const kalshi = connectKalshi({
    baseUrl: environment.KALSHI_BASE_URL ?? PRODUCTION,
    clock,
    random: standIns?.random ?? Math.random,
    timeoutMs: TIMEOUT_MS * speed,
    ...(credentials === undefined ? {} : { credentials }),
    ...(environment.KALSHI_WS_URL === undefined ? {} : { wsUrl: environment.KALSHI_WS_URL }),
  });
  connected.set(parts, { keyId: credentials?.keyId, kalshi });
  kalshi.catch(() => connected.delete(parts));
  return kalshi;
}
