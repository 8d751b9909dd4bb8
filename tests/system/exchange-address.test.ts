import { describe, expect, test } from 'vitest';
import { exchangeAddress, exchanges } from '../../shared/system/exchange-address.ts';

describe('the exchange of a mode', () => {
  test('is Kalshi’s demo for demo, and the real one for paper prices and for live', () => {
    expect(exchangeAddress('demo')).toBe(exchanges.demo);
    expect(exchangeAddress('paper')).toBe(exchanges.prod);
    expect(exchangeAddress('live')).toBe(exchanges.prod);
  });

  test('is the one that is named, as long as it is not the other kind of money', () => {
    expect(exchangeAddress('demo', 'http://127.0.0.1:1/trade-api/v2')).toBe('http://127.0.0.1:1/trade-api/v2');
    expect(exchangeAddress('paper', exchanges.demo)).toBe(exchanges.demo);
    expect(() => exchangeAddress('demo', exchanges.prod)).toThrow(/KALSHI_BASE_URL: .*Fix:/);
    expect(() => exchangeAddress('demo', 'https://api.elections.kalshi.com/trade-api/v2')).toThrow(/real|prod/);
    expect(() => exchangeAddress('live', 'https://demo-api.kalshi.co/trade-api/v2')).toThrow(/Fix:/);
  });
});
