import { readFileSync } from 'node:fs';
import { afterAll, beforeAll } from 'vitest';
import { createExchange } from '../../../local/exchange/create-exchange.ts';
import { generateKey } from '../../../local/exchange/generate-key.ts';
import { type Listening, listen } from '../../../local/exchange/server.ts';
import { systemClock } from '../../../local/exchange/system-clock.ts';
import { generatedWorld } from '../../../local/exchange/world/generated-world.ts';
import type { Usd } from '../../../shared/domain/money.ts';
import { conformanceSuite } from './conformance.ts';
import { FRIDAY, generous } from './desk-fixture.ts';
import type { Target } from './signed-client.ts';

const { KALSHI_BASE_URL: baseUrl, KALSHI_KEY_ID: keyId, KALSHI_PRIVATE_KEY_PATH: path } = process.env;

if (baseUrl && keyId && path) {
  const target: Target = { baseUrl, keyId, privateKey: readFileSync(path, 'utf8') };
  conformanceSuite(`the exchange at ${baseUrl}`, () => target);
} else {
  const generated = (['rsa', 'ed25519'] as const).map((type) => generateKey(type));
  let listening: Listening | undefined;
  const began = Date.now();
  // Real time passes, but on a Friday: on a real Thursday morning nobody could trade.
  const clock = { now: () => FRIDAY + Date.now() - began, sleep: systemClock.sleep };

  beforeAll(async () => {
    const world = generatedWorld({ seed: 11, markets: 400, start: FRIDAY, pastDays: 10 });
    const keys = generated.map(({ key }) => key);
    const settings = { limits: generous, cash: new Map([[0, 100_000_000 as Usd]]) };
    listening = await listen(createExchange({ world, clock, keys, settings }));
  });
  afterAll(() => listening?.close());

  for (const { key, privateKey } of generated) {
    const kind = privateKey.includes('RSA') ? 'an RSA' : 'an Ed25519';
    conformanceSuite(`the simulated exchange, with ${kind} key`, () => ({
      baseUrl: listening?.baseUrl ?? '',
      keyId: key.id,
      privateKey,
      now: clock.now,
    }));
  }
}
