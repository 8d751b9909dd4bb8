import { describe, expect, it } from 'vitest';
import { logit, sigmoid } from '../../../shared/domain/calibration/logit.ts';
import { calibrate, fitMarketCalibration } from '../../../shared/domain/calibration/market-calibration.ts';
import type { CalibrationSample } from '../../../shared/domain/calibration/platt.ts';
import { applyPlatt, fitPlatt, horizonOf } from '../../../shared/domain/calibration/platt.ts';
import { SampleMemory } from '../../../shared/domain/calibration/sample-memory.ts';
import { aBoard, aRow, DAY, HOUR, NOON } from '../../fixtures/market-rows.ts';
import { seeded } from '../../seeded.ts';

const settings = { strength: 300, clamp: 0.08, minEvents: 30 };

/** Markets whose results come with log odds `slope` times those of their price. */
function world(slope: number, count: number, seed = 7): readonly CalibrationSample[] {
  const chance = seeded(seed);
  return Array.from({ length: count }, (_, index) => {
    const mid = 0.05 + 0.9 * chance();
    return { event: `E${index}`, category: 'Climate', horizon: '6-24h', mid, yes: chance() < sigmoid(slope * logit(mid)) };
  });
}

describe('calibration', () => {
  it('finds the slope that was planted', () => {
    for (const slope of [0.6, 1, 1.5]) {
      const fit = fitPlatt(world(slope, 20_000), { a: 0, b: 1, strength: 1 });
      expect(Math.abs(fit.b - slope)).toBeLessThan(0.1);
      expect(Math.abs(fit.a)).toBeLessThan(0.1);
    }
  });

  it('believes prices until it has seen enough', () => {
    const fit = fitPlatt(world(1.5, 20), { a: 0, b: 1, strength: 300 });
    expect(Math.abs(fit.b - 1)).toBeLessThan(0.15);
    expect(fitPlatt([], { a: 0, b: 1, strength: 300 })).toMatchObject({ a: 0, b: 1, events: 0 });
  });

  it('is turned around when the world is: YES at p and NO at 1 − p are worth a dollar together', () => {
    const samples = world(1.4, 500);
    const turned = samples.map((sample) => ({ ...sample, mid: 1 - sample.mid, yes: !sample.yes }));
    const [fit, mirror] = [samples, turned].map((each) => fitPlatt(each, { a: 0, b: 1, strength: 300 }));
    if (!fit || !mirror) throw new Error('no fits');
    for (const mid of [0.1, 0.5, 0.9]) {
      const [here, there] = [applyPlatt(fit, mid), applyPlatt(mirror, 1 - mid)];
      expect(here.probability + there.probability).toBeCloseTo(1, 9);
      expect(here.standardError).toBeCloseTo(there.standardError, 9);
    }
  });

  it('counts markets of one event as one when it says how sure it is', () => {
    const alone = world(1, 200);
    const together = alone.flatMap((sample) => [sample, sample, sample, sample]);
    const prior = { a: 0, b: 1, strength: 1 };
    const [once, four] = [fitPlatt(alone, prior), fitPlatt(together, prior)];
    expect(applyPlatt(four, 0.8).standardError).toBeGreaterThan(applyPlatt(once, 0.8).standardError * 0.9);
    expect(four.events).toBe(200);
  });

  it('is used only when events it has not seen gain from it', () => {
    expect(fitMarketCalibration(world(1.6, 3_000), 0, settings)).toMatchObject({ active: true, events: 3_000 });
    expect(fitMarketCalibration(world(1.6, 29), 0, settings).active).toBe(false);
    expect(fitMarketCalibration([], 0, settings)).toMatchObject({ active: false, holdout: undefined });
    const lost = Array.from({ length: 20 }, (_, seed) => fitMarketCalibration(world(1, 400, seed), 0, settings).active);
    expect(lost.filter(Boolean).length).toBeLessThan(14);
  });

  it('moves a price by no more than the clamp, and not at all while it is not used', () => {
    const calibration = fitMarketCalibration(world(3, 3_000), 0, settings);
    const { probability, calibrated } = calibrate(calibration, 0.8, '6-24h', 'Climate', 0.08);
    expect(calibrated).toBe(true);
    expect(probability).toBeCloseTo(0.88, 9);
    expect(calibrate(calibration, 0.8, '>30d', 'Climate', 0.08)).toEqual({ probability: 0.8, standardError: 0, calibrated: false });
    expect(calibrate({ ...calibration, active: false }, 0.8, '6-24h', 'Climate', 0.08).calibrated).toBe(false);
    expect(calibrate(calibration, 0.8, '6-24h', 'Sports', 0.08).calibrated).toBe(true);
  });

  it('tells horizons apart', () => {
    const hours = [1, 6, 23, 24, 71, 72, 335, 336, 719, 720];
    expect(hours.map((hour) => horizonOf(hour * HOUR))).toEqual([
      '<6h',
      '6-24h',
      '6-24h',
      '1-3d',
      '1-3d',
      '3-14d',
      '3-14d',
      '14-30d',
      '14-30d',
      '>30d',
    ]);
  });

  it('keeps certainties finite', () => {
    expect(logit(0)).toBe(logit(0.001));
    expect(logit(1)).toBeCloseTo(-logit(0), 9);
    expect(sigmoid(logit(0.3))).toBeCloseTo(0.3, 12);
  });
});

describe('the memory of samples', () => {
  it('keeps the first mid of each horizon, and lets a market count only once it has ended', () => {
    const memory = new SampleMemory();
    const row = aRow({ closeTime: NOON + 30 * HOUR });
    memory.observe(aBoard([row]));
    memory.observe(aBoard([{ ...row, bid: 7_900, ask: 8_100 }], { at: NOON + HOUR }));
    memory.observe(aBoard([{ ...row, bid: 8_900, ask: 9_100 }], { at: NOON + 10 * HOUR }));
    expect(memory.samples()).toEqual([]);
    memory.settle({ ticker: row.ticker, result: 'yes' });
    expect(memory.samples()).toEqual([
      { event: 'KXA-1', category: 'Climate', horizon: '1-3d', mid: 0.5, yes: true },
      { event: 'KXA-1', category: 'Climate', horizon: '6-24h', mid: 0.9, yes: true },
    ]);
    memory.settle({ ticker: row.ticker, result: 'yes' });
    expect(memory.samples()).toHaveLength(2);
  });

  it('leaves out what says nothing: scalars, closed markets, one-sided quotes, closes nobody knows', () => {
    const memory = new SampleMemory();
    const rows = [
      aRow({ ticker: 'scalar' }),
      aRow({ ticker: 'closed', status: 'closed' }),
      aRow({ ticker: 'oneSided', bid: 0 }),
      aRow({ ticker: 'leaked', knownClose: Number.NaN }),
      aRow({ ticker: 'past', closeTime: NOON - DAY }),
    ];
    memory.observe(aBoard(rows));
    for (const { ticker } of rows) memory.settle({ ticker, result: ticker === 'scalar' ? 'scalar' : 'yes' });
    expect(memory.samples()).toEqual([]);
  });
});
