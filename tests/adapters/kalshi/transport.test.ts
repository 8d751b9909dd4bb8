import { verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { cancelAllOrders } from '../../../shared/adapters/kalshi/endpoints/cancel-all-orders.ts';
import { getBalance } from '../../../shared/adapters/kalshi/endpoints/get-balance.ts';
import { getExchangeStatus } from '../../../shared/adapters/kalshi/endpoints/get-exchange-status.ts';
import { getMarketOrderbooks } from '../../../shared/adapters/kalshi/endpoints/get-market-orderbooks.ts';
import { getOrder } from '../../../shared/adapters/kalshi/endpoints/get-order.ts';
import { Limiter } from '../../../shared/adapters/kalshi/limiter.ts';
import { SchemaCanary } from '../../../shared/adapters/kalshi/schema-canary.ts';
import { createSigner } from '../../../shared/adapters/kalshi/signer.ts';
import { Transport } from '../../../shared/adapters/kalshi/transport.ts';
import { type Answer, type Asked, answering } from './answering-server.ts';
import { ed25519Pkcs8, ed25519PublicKey, keyId } from './test-keys.ts';
import { VirtualClock } from './virtual-clock.ts';

const balance = { balance: 100, balance_dollars: '1.000000', portfolio_value: 0, updated_ts: 1_790_000_000 };

async function connected(answer: (asked: Asked) => Answer, { timeoutMs = 2000, random = (): number => 0.5, withKey = true } = {}) {
  const { baseUrl, asked, server } = await answering(answer);
  const clock = new VirtualClock(Date.now());
  const transport = new Transport({
    baseUrl: new URL(baseUrl),
    clock,
    random,
    limiter: new Limiter(clock),
    canary: new SchemaCanary(),
    timeoutMs,
    ...(withKey ? { signer: createSigner({ keyId, privateKey: ed25519Pkcs8 }) } : {}),
  });
  return { transport, asked, clock, server };
}

/** Answers with each in turn, then with the last for ever. */
function inTurn(...answers: readonly Answer[]): (asked: Asked) => Answer {
  let turn = 0;
  return () => answers[Math.min(turn++, answers.length - 1)] ?? {};
}

describe('a call', () => {
  it("signs the path with the base URL's own and without the query", async () => {
    const { transport, asked } = await connected(() => ({ body: balance }));
    await transport.call(getBalance, { query: { exchange_index: 2 } });
    const [{ headers, url }] = asked as [Asked];
    expect(url.search).toBe('?exchange_index=2');
    const message = Buffer.from(`${String(headers['kalshi-access-timestamp'])}GET/trade-api/v2/portfolio/balance`);
    expect(verify(null, message, ed25519PublicKey, Buffer.from(String(headers['kalshi-access-signature']), 'base64'))).toBe(true);
    expect(headers['kalshi-access-key']).toBe(keyId);
  });

  it('repeats a parameter for a list and leaves out what is undefined', async () => {
    const { transport, asked } = await connected(() => ({ body: { orderbooks: [] } }));
    await transport.call(getMarketOrderbooks, { query: { tickers: ['A-1', 'B&2'] } });
    expect(asked[0]?.url.searchParams.getAll('tickers')).toEqual(['A-1', 'B&2']);
  });

  it('escapes what stands in the path', async () => {
    const { transport, asked } = await connected(() => ({ status: 404, body: {} }));
    await expect(transport.call(getOrder, { params: { order_id: '../balance?x' } })).rejects.toThrow(/GetOrder/);
    expect(asked[0]?.url.pathname).toBe('/trade-api/v2/portfolio/orders/..%2Fbalance%3Fx');
  });

  it('does not send a signature where none is needed, nor anything where one is needed and there is no key', async () => {
    const { transport, asked } = await connected(() => ({ body: { exchange_active: true, trading_active: true } }), { withKey: false });
    await transport.call(getExchangeStatus, {});
    await expect(transport.call(getBalance, {})).rejects.toMatchObject({ outcome: 'not-sent', code: 'no_key' });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.headers).not.toHaveProperty('kalshi-access-key');
  });

  it('never follows a redirect with its signature', async () => {
    const { transport, asked } = await connected(() => ({ status: 307, headers: { location: '/trade-api/v2/elsewhere' } }));
    await expect(transport.call(cancelAllOrders, {})).rejects.toMatchObject({ outcome: 'unknown' });
    expect(asked.map(({ url }) => url.pathname)).toEqual(['/trade-api/v2/portfolio/events/orders']);
  });
});

describe('a read', () => {
  it('is tried again after a 429, a 5xx and a lost connection, signed anew each time', async () => {
    const answers = inTurn({ status: 429, body: { error: 'too many requests' } }, { status: 503 }, { hangUp: true }, { body: balance });
    const { transport, asked } = await connected(answers);
    await transport.call(getBalance, {});
    expect(asked).toHaveLength(4);
    expect(new Set(asked.map(({ headers }) => headers['kalshi-access-signature'])).size).toBe(4);
  });

  it('waits between tries for a random share of a doubling ceiling', async () => {
    const { transport, clock } = await connected(() => ({ status: 500 }), { random: () => 0.999_999 });
    await expect(transport.call(getBalance, {})).rejects.toMatchObject({ status: 500, outcome: 'unknown' });
    expect(clock.slept).toEqual([249, 499, 999, 1999]);
  });

  it('takes the bucket for empty after a 429, so that nobody else runs into it', async () => {
    const { transport, clock } = await connected(inTurn({ status: 429 }, { body: balance }), { random: () => 0 });
    await transport.call(getBalance, {});
    expect(clock.slept.reduce((sum, ms) => sum + ms)).toBeGreaterThanOrEqual(50);
  });

  it('is not tried again when the answer is no', async () => {
    const { transport, asked } = await connected(() => ({ status: 403, body: { error: { code: 'permission_denied', message: 'no' } } }));
    await expect(transport.call(getBalance, {})).rejects.toMatchObject({ outcome: 'refused', code: 'permission_denied' });
    expect(asked).toHaveLength(1);
  });

  it('reads the exchange status even from an error, which is when it matters', async () => {
    const { transport } = await connected(() => ({ status: 503, body: { exchange_active: false, trading_active: false } }));
    await expect(transport.call(getExchangeStatus, {})).resolves.toMatchObject({ exchange_active: false });
  });

  it('ends at its time-out, headers or not', async () => {
    const { transport } = await connected(() => ({ silent: true }), { timeoutMs: 20 });
    await expect(transport.call(getBalance, {})).rejects.toMatchObject({
      ...{ outcome: 'unknown', code: 'timed_out' },
      fix: 'check the network and KALSHI_BASE_URL, then ask again',
    });
  });

  it('stops at once when its caller does', async () => {
    const { transport, asked } = await connected(() => ({ silent: true }));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 20);
    await expect(transport.call(getBalance, {}, stop.signal)).rejects.toMatchObject({ outcome: 'unknown' });
    expect(asked).toHaveLength(1);
  });
});

describe('a mutation', () => {
  it.each([
    [{ status: 429 }, 'refused'],
    [{ status: 500 }, 'unknown'],
    [{ status: 504 }, 'unknown'],
    [{ status: 408 }, 'unknown'],
    [{ status: 409 }, 'unknown'],
    [{ status: 400 }, 'refused'],
    [{ hangUp: true as const }, 'unknown'],
    [{ silent: true as const }, 'unknown'],
  ])('is sent once, and %j leaves it %s', async (answer, outcome) => {
    const { transport, asked } = await connected(() => answer, { timeoutMs: 50 });
    await expect(transport.call(cancelAllOrders, {})).rejects.toMatchObject({ outcome });
    expect(asked).toHaveLength(1);
  });

  it('that nobody listens to was not sent', async () => {
    const { transport, server } = await connected(() => ({}));
    await new Promise((resolve) => server.close(resolve));
    await expect(transport.call(cancelAllOrders, {})).rejects.toMatchObject({ outcome: 'not-sent' });
  });
});

describe('the clock', () => {
  it('is read off the answers, and a wrong one is made good in the next signature', async () => {
    const ahead = 90_000;
    const date = () => new Date(Date.now() + ahead).toUTCString();
    const { transport, asked, clock } = await connected(() => ({ body: balance, headers: { date: date() } }));
    await transport.call(getBalance, {});
    await transport.call(getBalance, {});
    expect(Math.abs((transport.serverClock.skew() ?? 0) - ahead)).toBeLessThan(2500);
    expect(Math.abs(Number(asked[1]?.headers['kalshi-access-timestamp']) - clock.now() - ahead)).toBeLessThan(2500);
  });
});

describe('costs', () => {
  it('are those the exchange lists, whatever it calls the parameters', async () => {
    const { transport, clock } = await connected(() => ({ status: 404, body: {} }));
    transport.setCosts([{ method: 'get', path: '/trade-api/v2/portfolio/orders/:id', cost: 200 }]);
    for (let call = 0; call < 2; call++) await expect(transport.call(getOrder, { params: { order_id: 'x' } })).rejects.toThrow(/404/);
    expect(clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(900);
  });
});
