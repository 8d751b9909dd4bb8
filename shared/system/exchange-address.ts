import type { Mode } from '../domain/book.ts';
import { ConfigError } from './config/config.ts';

/** Kalshi's own exchanges. Keys of one do not work on the other. */
export const exchanges = {
  prod: 'https://external-api.kalshi.com/trade-api/v2',
  demo: 'https://external-api.demo.kalshi.co/trade-api/v2',
} as const;
export type ExchangeName = keyof typeof exchanges;

/**
 * Where a mode trades: the address that is named, else Kalshi's own for the mode. Throws ConfigError where they contradict
 * each other: demo must never send an order for real money, and live none for play money.
 */
export function exchangeAddress(mode: Mode, named?: string): string {
  const wrong = mode === 'demo' ? 'prod' : mode === 'live' ? 'demo' : undefined;
  if (named !== undefined && wrong !== undefined && new URL(named).host.endsWith(hosts[wrong])) {
    throw new ConfigError([
      `KALSHI_BASE_URL: ${new URL(named).host} is Kalshi's ${wrong} exchange and the mode is ${mode}. Fix: unset it, or change the mode`,
    ]);
  }
  return named ?? exchanges[mode === 'demo' ? 'demo' : 'prod'];
}

/** Every address Kalshi gives an exchange ends with this. */
const hosts: Readonly<Record<ExchangeName, string>> = { prod: 'kalshi.com', demo: 'kalshi.co' };
