import { describe, expect, it } from 'vitest';
import type { MarketCalibration } from '../../../shared/domain/calibration/market-calibration.ts';
import { horizons } from '../../../shared/domain/calibration/platt.ts';
import type { MarketRow } from '../../../shared/domain/rows-board.ts';
import { favourites } from '../../../shared/domain/strategies/favourites.ts';
import { strategies } from '../../../shared/domain/strategies/strategies.ts';
import { aBoard, aRow, DAY, HOUR, mirroredRow, NOON, plainTerms } from '../../fixtures/market-rows.ts';
import { aDesk } from '../../fixtures/trading-desk.ts';

/** Prices that are not confident enough: log odds deserve 1.4 times what they say. */
function underconfident(variance = 0, active = true): MarketCalibration {
  const fit = { a: 0, b: 1.4, varianceA: variance, varianceB: 0, covariance: 0, events: 300 };
  const byHorizon = Object.fromEntries(horizons.map((horizon) => [horizon, fit]));
  return { fittedAt: 0, samples: 1, events: 300, active, holdout: undefined, byHorizon, byCategory: {} };
}

const favourite = (changes: Partial<MarketRow> = {}) => aRow({ bid: 8_900, ask: 9_100, ...changes });
const judge = (row: MarketRow, calibration: MarketCalibration | undefined = underconfident(), against = false) => {
  const { view } = aDesk({ ...(calibration === undefined ? {} : { calibration }) });
  const found = favourites.judge(aBoard([row]), 0, { ...view, favourites: { ...view.favourites, against } });
  return typeof found === 'number' ? favourites.stages[found]?.name : found;
};

describe('favourites', () => {
  it('buys the favoured side a tick in front of the best bid where past prices like it were too low', () => {
    const found = judge(favourite());
    expect(found).toMatchObject({ side: 'yes', limit: 9_000, postOnly: true, goodUntil: NOON + HOUR });
    if (typeof found !== 'object') throw new Error('no signal');
    expect(found.fair).toBeCloseTo(0.956, 3);
  });

  it('gives the mirrored opinion on the mirrored market', () => {
    const [found, mirror] = [judge(favourite()), judge(mirroredRow(favourite()))];
    if (typeof found !== 'object' || typeof mirror !== 'object') throw new Error('no signal');
    expect(mirror).toMatchObject({ side: 'no', limit: found.limit });
    expect(mirror.fair).toBeCloseTo(found.fair, 12);
  });

  it.each<[string, Partial<MarketRow>]>([
    ['status', { status: 'closed' }],
    ['quote', { ask: 10_000 }],
    ['price', { bid: 8_300, ask: 8_500 }],
    ['price', { bid: 9_750, ask: 9_850 }],
    ['expiry', { closeTime: NOON + HOUR / 2 }],
    ['expiry', { closeTime: NOON + 8 * DAY }],
    ['expiry', { knownClose: Number.NaN }],
    ['fee', { terms: { ...plainTerms, fee: undefined } }],
    ['tick', { terms: { ...plainTerms, priceRanges: undefined } }],
  ])('says %s drops %j', (stage, changes) => expect(judge(favourite(changes))).toBe(stage));

  it('does nothing before calibration has earned its place, and nothing on a doubtful edge', () => {
    expect(judge(favourite(), underconfident(0, false))).toBe('calibration');
    expect(judge(favourite(), underconfident(1))).toBe('edge');
    const { view } = aDesk();
    expect(favourites.stages[Number(favourites.judge(aBoard([favourite()]), 0, view))]?.name).toBe('calibration');
  });

  it('asks more of money that is tied up longer', () => {
    const thin = aDesk({ calibration: underconfident() }).view;
    const settings = { ...thin.favourites, excessYield: 20 };
    const judged = (closeTime: number) => favourites.judge(aBoard([favourite({ closeTime })]), 0, { ...thin, favourites: settings });
    expect(judged(NOON + 2 * HOUR)).toMatchObject({ side: 'yes' });
    expect(favourites.stages[Number(judged(NOON + 6 * DAY))]?.name).toBe('yield');
  });

  it('buys against the favourite only when told to: the seed’s rule, kept and off', () => {
    expect(judge(favourite(), underconfident(), true)).toMatchObject({ side: 'no', fair: 0.35, limit: 1_000 });
  });

  it('rests inside the market even when the spread is one tick', () =>
    expect(judge(favourite({ bid: 8_900, ask: 9_000 }))).toMatchObject({ limit: 8_900 }));
});

describe('every strategy', () => {
  it('has a name of its own, says what it does and what is known for it, and names its stages once', () => {
    expect(new Set(strategies.map(({ name }) => name)).size).toBe(strategies.length);
    for (const { about, evidence, stages } of strategies) {
      expect(about.length).toBeGreaterThan(20);
      expect(evidence.length).toBeGreaterThan(20);
      expect(new Set(stages.map(({ name }) => name)).size).toBe(stages.length);
      const firstCondition = stages.findIndex(({ kind }) => kind === 'condition');
      expect(stages.slice(firstCondition).every(({ kind }) => kind === 'condition')).toBe(true);
    }
  });
});
