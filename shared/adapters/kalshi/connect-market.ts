import type { Clock } from '../../ports/clock.ts';
import { parseBaseUrl } from './base-url.ts';
import { KalshiMarketData } from './kalshi-market-data.ts';
import { Limiter } from './limiter.ts';
import { SchemaCanary } from './schema-canary.ts';
import type { Signer } from './signer.ts';
import { Transport } from './transport.ts';

export interface MarketOptions {
  /** With its path, like https://external-api.kalshi.com/trade-api/v2. */
  readonly baseUrl: string;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** For one attempt, its answer read to the end; 10 s by default. */
  readonly timeoutMs?: number;
  /** Absent: public endpoints only. */
  readonly signer?: Signer | undefined;
}

/** Anything without a port of its own is one call: `market.transport.call(getMilestones, {…})`. */
export interface KalshiMarket {
  readonly transport: Transport;
  readonly canary: SchemaCanary;
  readonly marketData: KalshiMarketData;
}

const TIMEOUT_MS = 10_000;

/** Kalshi's public data, at the Basic tier's pace. It asks nothing yet. Throws InvalidValue for an address that cannot be right. */
export function connectMarket({ baseUrl, clock, random, timeoutMs = TIMEOUT_MS, signer }: MarketOptions): KalshiMarket {
  const canary = new SchemaCanary();
  const transport = new Transport({
    ...{ baseUrl: parseBaseUrl(baseUrl), clock, random, canary, timeoutMs },
    limiter: new Limiter(clock),
    ...(signer ? { signer } : {}),
  });
  return { transport, canary, marketData: new KalshiMarketData(transport) };
}
