import { describe, expect, it } from 'vitest';
import { logit } from '../../../shared/domain/calibration/logit.ts';
import { aggregate } from '../../../shared/domain/forecasting/aggregate.ts';
import { calibrateClaim, fitAiCalibration, MIN_EVENTS, uncalibrated } from '../../../shared/domain/forecasting/ai-calibration.ts';
import { JUDGED_FROM, judge, learn, learnModel, unlearned } from '../../../shared/domain/forecasting/learn.ts';
import type { Probability } from '../../../shared/domain/money.ts';
import { live, planted } from '../../../study/calibration.ts';
import { settledForecast } from './forecasts.ts';

const half = 0.5 as Probability;

describe('what a model is worth', () => {
  it('starts small and is not judged on a few events', () => {
    const learned = learnModel(Array.from({ length: JUDGED_FROM - 1 }, (_, i) => settledForecast({ event: `E${i}`, shadow: 0.9 }, false)));
    expect(learned.state).toBe('starting');
    expect(unlearned().weight).toBe(0.25);
  });

  it('ends at nothing when it does not beat the price', () => {
    const learned = live(planted.uninformative, 11, 600);
    expect(learned).toMatchObject({ state: 'lost', weight: 0 });
  });

  it('ends well above nothing when it is better than the market', () => {
    const learned = live(planted.better, 11, 1200);
    expect(learned.state).toBe('earned');
    expect(learned.weight).toBeGreaterThan(0.4);
  });

  it('is made calibrated when it says too loudly what it sees', () => {
    const { calibration } = live(planted.overconfident, 11, 1800);
    expect(calibration.overall.b).toBeCloseTo(1 / planted.overconfident.scale, 1);
  });

  it('leaves the market price alone once its weight is lost, and keeps its shadow', () => {
    const sum = aggregate([0.8, 0.8, 0.8] as Probability[], undefined);
    if (!sum) throw new Error('no aggregate');
    const judged = judge({ ...unlearned(), weight: 0, state: 'lost' }, sum, undefined, half);
    expect(judged.blended).toBe(0.5);
    expect(judged.shadow).toBeGreaterThan(0.55);
    expect(judge(unlearned(), sum, undefined, half).blended).toBe(judged.shadow);
  });

  it('names a model the night its weight is lost, and not again', () => {
    const bad = Array.from({ length: 150 }, (_, i) => settledForecast({ event: `E${i}`, shadow: 0.7 }, i % 2 === 0));
    const first = learn(bad, undefined, 1);
    expect(first.lost).toEqual(['grok-test']);
    expect(learn(bad, first.learned, 2).lost).toEqual([]);
  });

  it('does not score void and scalar ends', () => {
    const voids = Array.from({ length: 200 }, (_, i) => settledForecast({ event: `E${i}` }, undefined));
    expect(learnModel(voids).test.events).toBe(0);
  });
});

describe('calibration of claims', () => {
  const sample = (index: number, category: string, claim: number, yes: boolean) =>
    ({ event: `${category}${index}`, category, horizon: '1-3d', claim: claim as Probability, yes }) as const;

  it('takes claims at face value below 30 events', () => {
    const few = Array.from({ length: MIN_EVENTS - 1 }, (_, i) => sample(i, 'a', 0.9, i % 2 === 0));
    expect(fitAiCalibration(few)).toBe(uncalibrated);
    expect(calibrateClaim(uncalibrated, 0.9 as Probability, 'a').x).toBeCloseTo(logit(0.9), 12);
  });

  it('learns a category only from 30 of its own events, and shrinks it towards the model', () => {
    const fine = Array.from({ length: 400 }, (_, i) => sample(i, 'weather', i % 2 === 0 ? 0.9 : 0.1, i % 20 < 18 === (i % 2 === 0)));
    const loud = Array.from({ length: 40 }, (_, i) => sample(i, 'politics', i % 2 === 0 ? 0.95 : 0.05, i % 4 < 2));
    const rare = Array.from({ length: 10 }, (_, i) => sample(i, 'science', 0.9, false));
    const { overall, byCategory } = fitAiCalibration([...fine, ...loud, ...rare]);
    expect(Object.keys(byCategory).sort()).toEqual(['politics', 'weather']);
    expect(byCategory.politics?.b).toBeLessThan(overall.b);
    expect(byCategory.politics?.b).toBeGreaterThan(0);
  });

  it('counts one claim per event and horizon: asking again does not make evidence', () => {
    const rows = Array.from({ length: 60 }, (_, i) => sample(i, 'a', 0.8, i % 3 === 0));
    expect(fitAiCalibration([...rows, ...rows, ...rows]).overall.b).toBe(fitAiCalibration(rows).overall.b);
  });
});
