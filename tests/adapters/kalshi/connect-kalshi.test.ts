import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseBaseUrl, streamUrl } from '../../../shared/adapters/kalshi/base-url.ts';
import { connectKalshi } from '../../../shared/adapters/kalshi/connect-kalshi.ts';
import { basicLimits } from '../../../shared/adapters/kalshi/limiter.ts';
import { openStream } from '../../../shared/adapters/kalshi/stream/open-stream.ts';
import { answering } from './answering-server.ts';
import { ed25519Pkcs8, keyId } from './test-keys.ts';
import { VirtualClock } from './virtual-clock.ts';

const credentials = { keyId, privateKey: ed25519Pkcs8 };
const limits = {
  usage_tier: 'expert',
  read: { refill_rate: 600, bucket_capacity: 600 },
  write: { refill_rate: 600, bucket_capacity: 1800 },
  grants: [],
};
const costs = { default_cost: 10, endpoint_costs: [{ method: 'GET', path: '/exchange/status', cost: 300 }] };

describe('connecting', () => {
  it('with a key sizes the limiter by the account, and costs by the list', async () => {
    const { baseUrl } = await answering(({ url }) => ({ body: url.pathname.endsWith('/limits') ? limits : costs }));
    const kalshi = await connectKalshi({ baseUrl, credentials, clock: new VirtualClock(), random: () => 0 });
    expect(kalshi.limits).toEqual({ tier: 'expert' });
    expect(kalshi.transport.limiter.limits).toEqual({ read: { refill: 600, capacity: 600 }, write: { refill: 600, capacity: 1800 } });
  });

  it('with a key that is refused stays at the Basic tier and says why', async () => {
    const { baseUrl } = await answering(() => ({ status: 401, body: { error: { code: 'authentication_error', details: 'NOT_FOUND' } } }));
    const kalshi = await connectKalshi({ baseUrl, credentials, clock: new VirtualClock(Date.now()), random: () => 0 });
    expect(kalshi.limits).toEqual({ assumed: expect.stringMatching(/KALSHI_KEY_ID/) });
    expect(kalshi.transport.limiter.limits).toEqual(basicLimits);
  });

  it('without a key asks nothing, has no account and opens no stream', async () => {
    const { baseUrl, asked } = await answering(() => ({}));
    const kalshi = await connectKalshi({ baseUrl, clock: new VirtualClock(), random: () => 0 });
    expect(asked).toHaveLength(0);
    expect([kalshi.account, kalshi.signer, kalshi.limits]).toEqual([undefined, undefined, undefined]);
    expect(() =>
      openStream(
        kalshi,
        () => 0,
        () => undefined,
      ),
    ).toThrow(/needs a key.*Fix/);
  });

  it.each([
    ['http://external-api.kalshi.com/trade-api/v2'],
    ['ftp://external-api.kalshi.com/trade-api/v2'],
    ['https://user@external-api.kalshi.com/trade-api/v2'],
    ['https://external-api.kalshi.com/trade-api/v2?x=1'],
    ['http://127.0.0.1.example.com/trade-api/v2'],
    ['kalshi'],
    [''],
  ])('refuses the address %j with the setting and the fix', async (baseUrl) => {
    await expect(connectKalshi({ baseUrl, clock: new VirtualClock(), random: () => 0 })).rejects.toThrow(
      /^KALSHI_BASE_URL: .*Fix: give an https URL/,
    );
  });

  it.each([
    ['https://external-api.kalshi.com/trade-api/v2', 'wss://external-api-ws.kalshi.com/trade-api/ws/v2'],
    ['https://external-api.demo.kalshi.co/trade-api/v2/', 'wss://external-api-ws.demo.kalshi.co/trade-api/ws/v2'],
    ['https://demo-api.kalshi.co/trade-api/v2', 'wss://demo-api.kalshi.co/trade-api/ws/v2'],
    ['http://127.0.0.1:9/trade-api/v2', 'ws://127.0.0.1:9/trade-api/ws/v2'],
  ])('finds the stream of %s', (base, stream) => expect(streamUrl(parseBaseUrl(base)).href).toBe(stream));

  it('reaches no order endpoint', () => {
    const root = join(import.meta.dirname, '../../../shared/adapters/kalshi');
    const seen = new Set<string>();
    const follow = (file: string) => {
      if (seen.has(file)) return;
      seen.add(file);
      const text = readFileSync(file, 'utf8');
      expect(text).not.toContain('/portfolio/events/orders');
      for (const [, from = ''] of text.matchAll(/from '(\.[^']+)'/g)) follow(join(file, '..', from));
    };
    for (const entry of ['connect-kalshi.ts', 'stream/open-stream.ts']) follow(join(root, entry));
    expect(seen.size).toBeGreaterThan(30);
  });
});
