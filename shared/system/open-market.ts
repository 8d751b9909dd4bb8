import { connectMarket, type KalshiMarket, type MarketOptions } from '../adapters/kalshi/connect-market.ts';
import { exchangeAddress } from './exchange-address.ts';
import type { Parts } from './parts.ts';

const TIMEOUT_MS = 10_000;

const opened = new WeakMap<Parts, KalshiMarket>();

/** The exchange's public data over HTTP, kept while the process lives: series and events are not asked for twice. */
export function openMarket(parts: Parts): KalshiMarket {
  const known = opened.get(parts);
  if (known) return known;
  const market = connectMarket(marketOptions(parts));
  opened.set(parts, market);
  return market;
}

/** Where the exchange is, and how long it may take. */
export function marketOptions({ environment, config, clock, speed, standIns }: Parts): Omit<MarketOptions, 'signer'> {
  return {
    baseUrl: exchangeAddress(config.mode, environment.KALSHI_BASE_URL),
    clock,
    random: standIns?.random ?? Math.random,
    timeoutMs: TIMEOUT_MS * speed,
  };
}
