import type { Clock } from '../../ports/clock.ts';
import { parseBaseUrl, parseStreamUrl, streamUrl } from './base-url.ts';
import { KalshiAccount } from './kalshi-account.ts';
import { KalshiMarketData } from './kalshi-market-data.ts';
import { type LearnedLimits, learnLimits } from './learn-limits.ts';
import { Limiter } from './limiter.ts';
import { SchemaCanary } from './schema-canary.ts';
import { type Credentials, createSigner, type Signer } from './signer.ts';
import { Transport } from './transport.ts';

export interface ConnectOptions {
  /** With its path, like https://external-api.kalshi.com/trade-api/v2. */
  readonly baseUrl: string;
  /** Found from the base URL when absent. */
  readonly wsUrl?: string;
  /** Absent: public data only, at the Basic tier. */
  readonly credentials?: Credentials;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** For one attempt, its answer read to the end; 10 s by default. */
  readonly timeoutMs?: number;
}

/**
 * Kalshi, ready for use. Anything without a port of its own is one call: `kalshi.transport.call(getMilestones, {…})`.
 * Orders are sent by `new KalshiBroker(kalshi.transport)`, which is left to who may: this file reaches no order endpoint.
 */
export interface Kalshi {
  readonly transport: Transport;
  readonly canary: SchemaCanary;
  readonly marketData: KalshiMarketData;
  /** Undefined without a key, like all below. */
  readonly account: KalshiAccount | undefined;
  readonly signer: Signer | undefined;
  readonly limits: LearnedLimits | undefined;
  readonly streamUrl: URL;
}

const TIMEOUT_MS = 10_000;

/**
 * Puts signer, limiter and transport together. With a key it asks once for the account's limits; where that fails it starts
 * at the Basic tier and says so in `limits`. Throws InvalidValue for an address or a key that cannot be right.
 */
export async function connectKalshi({ baseUrl, wsUrl, credentials, clock, random, timeoutMs }: ConnectOptions): Promise<Kalshi> {
  const base = parseBaseUrl(baseUrl);
  const stream = wsUrl === undefined ? streamUrl(base) : parseStreamUrl(wsUrl);
  const signer = credentials && createSigner(credentials);
  const canary = new SchemaCanary();
  const transport = new Transport({
    baseUrl: base,
    clock,
    random,
    canary,
    limiter: new Limiter(clock),
    timeoutMs: timeoutMs ?? TIMEOUT_MS,
    ...(signer ? { signer } : {}),
  });
  return {
    transport,
    canary,
    signer,
    marketData: new KalshiMarketData(transport),
    account: signer && new KalshiAccount(transport),
    limits: signer && (await learnLimits(transport)),
    streamUrl: stream,
  };
}
