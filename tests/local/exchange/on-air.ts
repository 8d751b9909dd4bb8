import { onTestFinished } from 'vitest';
import { createExchange, type Exchange } from '../../../local/exchange/create-exchange.ts';
import { generateKey } from '../../../local/exchange/generate-key.ts';
import { listen } from '../../../local/exchange/server.ts';
import type { ExchangeSettings } from '../../../local/exchange/venue.ts';
import { generatedWorld } from '../../../local/exchange/world/generated-world.ts';
import { connectKalshi, type Kalshi } from '../../../shared/adapters/kalshi/connect-kalshi.ts';
import type { Credentials } from '../../../shared/adapters/kalshi/signer.ts';
import type { Usd } from '../../../shared/domain/money.ts';
import { FRIDAY, generous, ManualClock } from './desk-fixture.ts';

const generated = generateKey('ed25519');

/** The key that exchanges on air know. */
export const goodKey: Credentials = { keyId: generated.key.id, privateKey: generated.privateKey };

export interface OnAir {
  readonly exchange: Exchange;
  readonly clock: ManualClock;
  readonly baseUrl: string;
  readonly wsUrl: string;
  /** The real client, over HTTP, with the key the exchange knows unless another is given. */
  connect(credentials?: Credentials): Promise<Kalshi>;
}

export interface OnAirOptions {
  readonly markets?: number;
  readonly pastDays?: number;
  readonly seed?: number;
  readonly faults?: string;
  readonly scopes?: readonly string[];
  readonly settings?: Partial<ExchangeSettings>;
}

/** A simulated exchange that listens until the test ends. Its time moves when told to, and begins on a Friday. */
export async function onAir({ markets = 100, pastDays = 3, seed = 5, faults, scopes, settings }: OnAirOptions = {}): Promise<OnAir> {
  const clock = new ManualClock(FRIDAY);
  const exchange = createExchange({
    world: generatedWorld({ seed, markets, start: FRIDAY, pastDays }),
    clock,
    keys: [scopes === undefined ? generated.key : { ...generated.key, scopes }],
    settings: { limits: generous, cash: new Map([[0, 1_000_000_000 as Usd]]), ...settings },
    ...(faults === undefined ? {} : { faults }),
  });
  const { baseUrl, wsUrl, close } = await listen(exchange);
  onTestFinished(close);
  return {
    exchange,
    clock,
    baseUrl,
    wsUrl,
    connect: (credentials = goodKey) => connectKalshi({ baseUrl, wsUrl, credentials, clock, random: () => 0.5, timeoutMs: 5000 }),
  };
}
