import { readFileSync } from 'node:fs';
import { connectKalshi, type Kalshi } from '../adapters/kalshi/connect-kalshi.ts';
import { KalshiBroker } from '../adapters/kalshi/kalshi-broker.ts';
import type { Credentials, Signer } from '../adapters/kalshi/signer.ts';
import { secretReader, secretsClient } from '../adapters/secrets/secret-reader.ts';
import { kalshiSecret } from '../adapters/secrets/secret-shapes.ts';
import type { MarketData } from '../ports/exchange.ts';
import { ConfigError } from './config/config.ts';
import type { OpenBook } from './open-books.ts';
import { marketOptions } from './open-market.ts';
import type { Parts } from './parts.ts';

const secrets = secretsClient({ maxAttempts: 3 });

/** A book on the exchange itself, signed with the account's key. The only way to an order endpoint. */
export async function openExchangeBook(
  parts: Parts,
  book: 'demo' | 'live',
): Promise<{ readonly market: MarketData; readonly book: OpenBook }> {
  const kalshi = await signedIn(parts, await credentialsOf(parts));
  if (!kalshi.account) throw new ConfigError(['kalshi: connected without a key. Fix: pilot secrets set']);
  return { market: kalshi.marketData, book: { book, broker: new KalshiBroker(kalshi.transport), account: kalshi.account } };
}

const connected = new WeakMap<Parts, { readonly keyId: string; readonly kalshi: Promise<Kalshi> }>();

/** The connection is kept while the process lives and the key stays the same. */
function signedIn(parts: Parts, credentials: Credentials | Signer): Promise<Kalshi> {
  const known = connected.get(parts);
  if (known?.keyId === credentials.keyId) return known.kalshi;
  const kalshi = connectKalshi({ ...marketOptions(parts), credentials });
  connected.set(parts, { keyId: credentials.keyId, kalshi });
  kalshi.catch(() => connected.delete(parts));
  return kalshi;
}

/** From the secret where there is one, else from the machine's own environment. */
async function credentialsOf({ environment, clock, standIns }: Parts): Promise<Credentials | Signer> {
  if (standIns?.signer) return standIns.signer;
  const { PILOT_SECRET_KALSHI: id, KALSHI_KEY_ID: keyId, KALSHI_PRIVATE_KEY_PATH: path } = environment;
  if (id === undefined && keyId !== undefined && path !== undefined) return { keyId, privateKey: readFileSync(path, 'utf8') };
  if (id === undefined)
    throw new ConfigError([
      'KALSHI_KEY_ID: no key for the exchange. Fix: pilot secrets set, or set KALSHI_KEY_ID and KALSHI_PRIVATE_KEY_PATH',
    ]);
  const secret = await secretReader({ client: secrets, id, shape: kalshiSecret, now: () => clock.now() }).read();
  if (!secret.ready) throw new ConfigError([secret.why]);
  return secret.value;
}
