import { describe, expect, it } from 'vitest';
import { logit, sigmoid } from '../../../shared/domain/calibration/logit.ts';
import type { BlendSample } from '../../../shared/domain/forecasting/blend.ts';
import { applyBlend, fitBlend, unlearnedBlend } from '../../../shared/domain/forecasting/blend.ts';
import type { Probability } from '../../../shared/domain/money.ts';

/** Every combination of market and model, with the share of YES that `truth` says, in whole events. */
function world(truth: (market: number, x: number) => number): readonly BlendSample[] {
  const samples: BlendSample[] = [];
  for (const market of [0.1, 0.3, 0.5, 0.7, 0.9]) {
    for (const x of [-2, -1, 0, 1, 2]) {
      const yes = Math.round(40 * sigmoid(truth(logit(market), x)));
      for (let i = 0; i < 40; i++) samples.push({ event: `${market}|${x}|${i}`, market: market as Probability, x, yes: i < yes });
    }
  }
  return samples;
}

describe('the blend with the market', () => {
  it('gives .477 for a market at .40 and a model at .70 before anything is learned', () => {
    expect(applyBlend(unlearnedBlend(), 0.4 as Probability, logit(0.7), 0).probability).toBeCloseTo(0.477, 3);
  });

  it('finds the weights that made the world', () => {
    const blend = fitBlend(world((market, x) => 0.5 * market + 0.5 * x));
    expect(blend.market).toBeCloseTo(0.5, 1);
    expect(blend.ai).toBeCloseTo(0.5, 1);
    expect(blend.events).toBe(1000);
  });

  it('never gives a model a negative weight, even one that is always wrong', () => {
    const blend = fitBlend(world((market, x) => market - 0.5 * x));
    expect(blend.ai).toBe(0);
    expect(blend.market).toBeGreaterThan(0.8);
  });

  it('stays where it starts without data', () => {
    const blend = fitBlend([]);
    expect([blend.alpha, blend.market, blend.ai]).toEqual([0, 0.75, 0.25]);
  });

  it('counts an event once, however often it was asked', () => {
    const once: readonly BlendSample[] = [
      { event: 'A', market: 0.5 as Probability, x: 1, yes: true },
      { event: 'B', market: 0.4 as Probability, x: -1, yes: false },
    ];
    const often = [...once, ...Array.from({ length: 9 }, () => once[0] as BlendSample)];
    expect(fitBlend(often).ai).toBeCloseTo(fitBlend(once).ai, 9);
    expect(fitBlend(often).events).toBe(2);
  });

  it('is surer with data than without, and less sure of a model that is less sure', () => {
    const learned = fitBlend(world((market, x) => 0.6 * market + 0.4 * x));
    const market = 0.4 as Probability;
    expect(applyBlend(learned, market, 1, 0.2).standardError).toBeLessThan(applyBlend(unlearnedBlend(), market, 1, 0.2).standardError);
    expect(applyBlend(learned, market, 1, 0.9).standardError).toBeGreaterThan(applyBlend(learned, market, 1, 0.2).standardError);
  });
});
