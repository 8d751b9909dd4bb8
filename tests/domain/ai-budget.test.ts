import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelPrice } from '../../shared/domain/ai-budget.ts';
import { aiCaps, costOf, estimateCost, modelPrices, priceOf, spendScopes, throttle, ticksToUsd } from '../../shared/domain/ai-budget.ts';
import type { Usd } from '../../shared/domain/money.ts';

const grok = priceOf('grok-4.7', modelPrices) as ModelPrice;
const usage = (inputTokens: number, cachedTokens: number, outputTokens: number, toolCalls = 0) => ({
  inputTokens,
  cachedTokens,
  outputTokens,
  toolCalls,
});

describe('what a call costs', () => {
  it('charges input, cached input, output and searches at their prices', () => {
    expect(costOf(usage(1_000_000, 0, 0), grok)).toBe(2_000_000);
    expect(costOf(usage(1_000_000, 1_000_000, 0), grok)).toBe(500_000);
    expect(costOf(usage(0, 0, 1_000_000), grok)).toBe(6_000_000);
    expect(costOf(usage(0, 0, 0, 3), grok)).toBe(15_000);
  });

  it('rounds up to the micro-dollar', () => expect(costOf(usage(1, 1, 0), grok)).toBe(1));

  it('reads the provider’s ticks: 37,756,000 are $0.0038', () => {
    expect(ticksToUsd(37_756_000)).toBe(3_776);
    expect(ticksToUsd(10_000_000_000)).toBe(1_000_000);
  });

  it('is never more than its estimate while it keeps to its limits', () => {
    const limits = fc.record({ promptCharacters: fc.nat(60_000), maxOutputTokens: fc.nat(8_000), maxToolCalls: fc.nat(5) });
    fc.assert(
      fc.property(limits, fc.double({ min: 0, max: 1, noNaN: true }), (call, share) => {
        const inputTokens = Math.floor((call.promptCharacters / 3) * share);
        const real = usage(inputTokens, 0, Math.floor(call.maxOutputTokens * share), call.maxToolCalls);
        expect(costOf(real, grok)).toBeLessThanOrEqual(estimateCost(call, grok));
      }),
    );
  });

  it('is unknown for a model without a price', () => expect(priceOf('grok-4', modelPrices)).toBeUndefined());

  it('says when each price was read', () => {
    for (const { checkedOn } of modelPrices) expect(checkedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });
});

describe('budgets', () => {
  it('are a quarter dollar a day by default and twelve dollars in the seed’s preset', () => {
    expect(aiCaps(250_000 as Usd).perDay).toBe(250_000);
    expect(aiCaps(12_000_000 as Usd).perDay).toBe(12_000_000);
  });

  it('count a call in its market, its strategy, the exchange’s day and the month', () => {
    const lateOnTheLast = Date.parse('2026-12-01T04:30:00Z');
    expect(spendScopes({ ticker: 'T', strategy: 'directional' }, lateOnTheLast, aiCaps(250_000 as Usd)).map(({ key }) => key)).toEqual([
      'market|2026-11-30|T',
      'strategy|2026-11-30|directional',
      'day|2026-11-30',
      'month|2026-11',
    ]);
    expect(spendScopes({ ticker: undefined, strategy: 'analysis' }, lateOnTheLast, aiCaps(250_000 as Usd))).toHaveLength(3);
  });

  it('throttle in steps, by the budget that is most used', () => {
    const state = (...spent: number[]) => throttle(spent.map((share) => ({ spent: (share * 1000) as Usd, cap: 1000 as Usd })));
    expect([state(0, 0.5), state(0.69), state(0.1, 0.7), state(0.97), state(0.99, 0), state(1.2)]).toEqual([
      'open',
      'open',
      'saving',
      'saving',
      'stopped',
      'stopped',
    ]);
    expect(throttle([{ spent: 0 as Usd, cap: 0 as Usd }])).toBe('stopped');
  });
});
