import type { Kalshi } from '../adapters/kalshi/connect-kalshi.ts';
import { connectKalshi } from '../adapters/kalshi/connect-kalshi.ts';
import type { Credentials } from '../adapters/kalshi/signer.ts';
import type { Parts } from './parts.ts';

/** Kalshi's production address; demo and simulated exchanges are named in KALSHI_BASE_URL. */
const PRODUCTION = 'https://external-api.kalshi.com/trade-api/v2';
const TIMEOUT_MS = 10_000;

let connected: { readonly key: string; readonly kalshi: Promise<Kalshi> } | undefined;

/** The exchange over HTTP, kept while the process lives: series and events are not asked for twice. */
export function openMarket({ environment, clock, speed }: Parts, credentials?: Credentials): Promise<Kalshi> {
  const baseUrl = environment.KALSHI_BASE_URL ?? PRODUCTION;
  const key = `${baseUrl}|${credentials?.keyId ?? ''}`;
  if (connected?.key === key) return connected.kalshi;
  const kalshi = connectKalshi({
    baseUrl,
    clock,
    random: Math.random,
    timeoutMs: TIMEOUT_MS * speed,
    ...(credentials === undefined ? {} : { credentials }),
    ...(environment.KALSHI_WS_URL === undefined ? {} : { wsUrl: environment.KALSHI_WS_URL }),
  });
  connected = { key, kalshi };
  kalshi.catch(() => {
    connected = undefined;
  });
  return kalshi;
}
