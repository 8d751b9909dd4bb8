import { parseBaseUrl, parseStreamUrl, streamUrl } from './base-url.ts';
import { connectMarket, type KalshiMarket, type MarketOptions } from './connect-market.ts';
import { KalshiAccount } from './kalshi-account.ts';
import { type LearnedLimits, learnLimits } from './learn-limits.ts';
import { type Credentials, createSigner, type Signer } from './signer.ts';

export interface ConnectOptions extends Omit<MarketOptions, 'signer'> {
  /** Found from the base URL when absent. */
  readonly wsUrl?: string;
  /** A key, or what signs with one. Absent: public data only, at the Basic tier. */
  readonly credentials?: Credentials | Signer;
}

/**
 * Kalshi with the account, ready for use. Orders are sent by `new KalshiBroker(kalshi.transport)`, which is left to who may:
 * this file reaches no order endpoint.
 */
export interface Kalshi extends KalshiMarket {
  /** Undefined without a key, like all below. */
  readonly account: KalshiAccount | undefined;
  readonly signer: Signer | undefined;
  readonly limits: LearnedLimits | undefined;
  readonly streamUrl: URL;
}

/**
 * Puts signer, limiter and transport together. With a key it asks once for the account's limits; where that fails it starts
 * at the Basic tier and says so in `limits`. Throws InvalidValue for an address or a key that cannot be right.
 */
export async function connectKalshi({ wsUrl, credentials, ...options }: ConnectOptions): Promise<Kalshi> {
  const stream = wsUrl === undefined ? streamUrl(parseBaseUrl(options.baseUrl)) : parseStreamUrl(wsUrl);
  const signer = credentials && ('headers' in credentials ? credentials : createSigner(credentials));
  const market = connectMarket({ ...options, signer });
  const { transport } = market;
  return {
    ...market,
    signer,
    account: signer && new KalshiAccount(transport),
    limits: signer && (await learnLimits(transport)),
    streamUrl: stream,
  };
}
