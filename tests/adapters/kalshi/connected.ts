import { Limiter } from '../../../shared/adapters/kalshi/limiter.ts';
import { SchemaCanary } from '../../../shared/adapters/kalshi/schema-canary.ts';
import { createSigner } from '../../../shared/adapters/kalshi/signer.ts';
import { Transport } from '../../../shared/adapters/kalshi/transport.ts';
import { type Answer, type Asked, answering } from './answering-server.ts';
import { ed25519Pkcs8, keyId } from './test-keys.ts';
import { VirtualClock } from './virtual-clock.ts';

/** A transport with a key and no limits to speak of, on a server that answers by `METHOD /path` below the base. */
export async function connected(routes: Readonly<Record<string, (asked: Asked) => Answer>>, timeoutMs = 2000) {
  const { baseUrl, asked } = await answering((question) => {
    const route = `${question.method} ${question.url.pathname.replace('/trade-api/v2', '')}`;
    return routes[route]?.(question) ?? { status: 404, body: { error: { code: 'not_found', message: `no ${route}` } } };
  });
  const clock = new VirtualClock(Date.now());
  const limiter = new Limiter(clock, { read: { refill: 1e6, capacity: 1e6 }, write: { refill: 1e6, capacity: 1e6 } });
  const signer = createSigner({ keyId, privateKey: ed25519Pkcs8 });
  const canary = new SchemaCanary();
  const transport = new Transport({ baseUrl: new URL(baseUrl), signer, clock, random: () => 0, limiter, canary, timeoutMs });
  return { transport, asked, clock, canary };
}
