import { describe, expect, it } from 'vitest';
import type { Fill } from '../../../shared/domain/fill.ts';
import { feeDivergence } from '../../../shared/domain/risk/fee-divergence.ts';
import { aFill } from '../../contract/store-examples.ts';
import { usd } from '../../fixtures/trading-desk.ts';

const SINCE = 1_000;
let made = 0;
const fill = (changes: Partial<Fill>): Fill => {
  made += 1;
  const entry = aFill(`f${made}`, { at: SINCE + 1, orderId: 'o1', ticker: 'KXA-1-T1', ...changes });
  if (entry.kind !== 'fill') throw new Error('the example of a fill is one');
  return entry;
};
const charged = (fee: number, feePredicted: number, changes: Partial<Fill> = {}) =>
  fill({ fee: usd(fee), feePredicted: usd(feePredicted), ...changes });

describe('fees that differ from ours', () => {
  it('are told with the order, what was charged and what was computed', () =>
    expect(feeDivergence([charged(0.07, 0.05)], SINCE)).toBe('KXA-1-T1: order o1 was charged $0.070000, computed $0.050000'));

  it('are no difference up to a cent, and one from a micro-dollar more, in both directions', () => {
    for (const sign of [1, -1]) {
      expect(feeDivergence([charged(0.05 + sign * 0.01, 0.05)], SINCE)).toBeUndefined();
      expect(feeDivergence([charged(0.05 + sign * 0.010001, 0.05)], SINCE)).toBeDefined();
    }
  });

  it('are summed over an order: rounding that evens out between its fills is none', () => {
    expect(feeDivergence([charged(0.02, 0.0), charged(0.0, 0.02)], SINCE)).toBeUndefined();
    expect(feeDivergence([charged(0.008, 0.0), charged(0.008, 0.0)], SINCE)).toContain('was charged $0.016000');
  });

  it('are of one order: what two orders differ by together is no difference', () =>
    expect(feeDivergence([charged(0.008, 0), charged(0.008, 0, { orderId: 'o2' })], SINCE)).toBeUndefined());

  it('are those since a person last looked, and of fills that we computed', () => {
    expect(feeDivergence([charged(1, 0, { at: SINCE })], SINCE)).toBeUndefined();
    const { feePredicted: _predicted, ...byHand } = charged(1, 0);
    expect(feeDivergence([byHand], SINCE)).toBeUndefined();
    expect(feeDivergence([byHand, charged(0.02, 0, { orderId: 'o2' })], SINCE)).toContain('order o2');
    expect(feeDivergence([], SINCE)).toBeUndefined();
  });
});
