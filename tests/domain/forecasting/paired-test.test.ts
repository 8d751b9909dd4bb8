import { describe, expect, it } from 'vitest';
import type { Pair } from '../../../shared/domain/forecasting/paired-test.ts';
import { ENOUGH, pairedTest, remember } from '../../../shared/domain/forecasting/paired-test.ts';
import { seeded } from '../../seeded.ts';

/** Events that end YES with the given chance, forecast by `ours` and by the market. */
function events(count: number, chance: number, ours: number, market: number, random: () => number): readonly Pair[] {
  return Array.from({ length: count }, (_, index) => ({ event: `E${index}`, ours, market, yes: random() < chance }));
}

describe('the paired test', () => {
  it('finds a gain that is there', () => {
    const test = pairedTest(events(600, 0.7, 0.7, 0.55, seeded(1)));
    expect(test.evidence).toBeGreaterThan(ENOUGH);
    expect(test.lower).toBeGreaterThan(0);
    expect(test.lower).toBeLessThan(test.gain ?? 0);
  });

  it('finds none where the market is right, in at least 95 of 100 lives', () => {
    const random = seeded(2);
    const fooled = Array.from({ length: 200 }, () => pairedTest(events(300, 0.55, 0.65, 0.55, random))).filter(
      ({ lower }) => (lower ?? 0) > 0,
    );
    expect(fooled.length).toBeLessThanOrEqual(10);
  });

  it('finds none in forecasts that repeat the market', () => {
    const test = pairedTest(events(300, 0.5, 0.5, 0.5, seeded(3)));
    expect(test.gain).toBe(0);
    expect(test.evidence).toBeCloseTo(1, 9);
    expect(test.lower).toBeLessThan(0);
  });

  it('takes many markets of one event for one event', () => {
    const [one] = events(1, 1, 0.9, 0.5, seeded(4));
    const test = pairedTest(Array.from({ length: 500 }, () => one as Pair));
    expect(test.events).toBe(1);
    expect(test.evidence).toBeLessThan(ENOUGH);
  });

  it('is not undone by one certainty that failed: forecasts are clipped', () => {
    const test = pairedTest([...events(400, 1, 0.9, 0.7, seeded(5)), { event: 'X', ours: 0.9999, market: 0.5, yes: false }]);
    expect(test.lower).toBeGreaterThan(0);
  });

  it('says the same of events whether it sees or remembers them', () => {
    const random = seeded(6);
    const all = [
      ...events(200, 0.7, 0.7, 0.55, random),
      ...events(100, 0.6, 0.6, 0.5, random).map((pair) => ({ ...pair, event: `F${pair.event}` })),
    ];
    const [old, fresh] = [all.slice(0, 180), all.slice(180)];
    const [whole, parts] = [pairedTest(all), pairedTest(fresh, remember(old))];
    expect(parts.events).toBe(whole.events);
    expect(parts.lower).toBeCloseTo(whole.lower ?? Number.NaN, 12);
    expect(parts.evidence / whole.evidence).toBeCloseTo(1, 9);
    expect(parts.gain).toBeCloseTo(whole.gain ?? Number.NaN, 12);
  });

  it('knows nothing without events', () => expect(pairedTest([])).toEqual({ events: 0, gain: undefined, evidence: 1, lower: undefined }));
});
