import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Contracts, Price } from '../../../shared/domain/money.ts';
import type { MarketRow } from '../../../shared/domain/rows-board.ts';
import type { ScanSettings, ScanStage } from '../../../shared/domain/scan/funnel.ts';
import { nearestMiss, scanFunnel, scanStages } from '../../../shared/domain/scan/funnel.ts';
import { aBoard, aRow, DAY, mirroredRow, NOON } from '../../fixtures/market-rows.ts';

const settings: ScanSettings = {
  volumeField: 'volume24h',
  minVolume: 50_000 as Contracts,
  priceRange: [2_000 as Price, 8_000 as Price],
  maxSpread: 500 as Price,
  maxDays: 30,
};
const funnel = (changes: Partial<MarketRow>, changed: Partial<ScanSettings> = {}) =>
  scanFunnel(aBoard([aRow(changes)]), { ...settings, ...changed });
const stageOf = (changes: Partial<MarketRow>, changed: Partial<ScanSettings> = {}) => {
  const { dropped, candidates } = funnel(changes, changed);
  return candidates.length === 1 ? 'candidate' : scanStages.filter((stage) => dropped[stage] === 1).join();
};

describe('the scan funnel', () => {
  it.each<[ScanStage | 'candidate', string, Partial<MarketRow>]>([
    ['candidate', 'all it asks', {}],
    ['status', 'a closed market', { status: 'closed' }],
    ['status', 'a paused market', { status: 'inactive' }],
    ['quote', 'no bid', { bid: Number.NaN }],
    ['quote', 'a bid of nothing', { bid: 0 }],
    ['quote', 'no ask', { ask: Number.NaN }],
    ['quote', 'an ask of a dollar', { ask: 10_000 }],
    ['volume', 'too little volume', { volume24h: 49_999 }],
    ['volume', 'unknown volume', { volume24h: Number.NaN }],
    ['candidate', 'just enough volume', { volume24h: 50_000 }],
    ['price', 'a mid below the range', { bid: 1_900, ask: 2_098 }],
    ['candidate', 'a mid at the lower end', { bid: 1_900, ask: 2_100 }],
    ['candidate', 'a mid at the upper end', { bid: 7_900, ask: 8_100 }],
    ['price', 'a mid above the range', { bid: 7_902, ask: 8_100 }],
    ['spread', 'a spread at the limit', { bid: 4_800, ask: 5_300 }],
    ['candidate', 'a spread just under it', { bid: 4_800, ask: 5_299 }],
    ['expiry', 'an unknown close', { closeTime: Number.NaN }],
    ['expiry', 'a close that is now', { closeTime: NOON }],
    ['candidate', 'a close in thirty days', { closeTime: NOON + 30 * DAY }],
    ['expiry', 'a close later than that', { closeTime: NOON + 30 * DAY + 1 }],
  ])('says %s for %s', (stage, _, changes) => expect(stageOf(changes)).toBe(stage));

  it('asks the volume the setting names', () => {
    expect(stageOf({ volume24h: Number.NaN }, { volumeField: 'volume' })).toBe('candidate');
    expect(stageOf({ volume: Number.NaN }, { volumeField: 'volume' })).toBe('volume');
  });

  it('drops each market once, at the first stage that says no', () => {
    expect(stageOf({ status: 'closed', bid: 0, volume24h: 0, closeTime: Number.NaN })).toBe('status');
    expect(stageOf({ bid: 0, volume24h: 0 })).toBe('quote');
  });

  const number = (max: number) => fc.oneof(fc.constant(Number.NaN), fc.integer({ min: 0, max }));
  const anyRow = fc
    .record({
      status: fc.constantFrom('active' as const, 'closed' as const),
      bid: number(10_000),
      ask: number(10_000),
      volume24h: number(200_000),
      closeTime: number(60).map((days) => NOON + days * DAY),
    })
    .map(aRow);

  it('accounts for every market it saw', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 50 }), (rows) => {
        const { seen, dropped, candidates } = scanFunnel(aBoard(rows), settings);
        expect(scanStages.reduce((sum, stage) => sum + dropped[stage], candidates.length)).toBe(seen);
        expect(seen).toBe(rows.length);
      }),
    );
  });

  it('sees a market and its mirror alike', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 50 }), (rows) => {
        const { dropped, candidates } = scanFunnel(aBoard(rows), settings);
        expect(scanFunnel(aBoard(rows.map(mirroredRow)), settings)).toMatchObject({ dropped, candidates });
      }),
    );
  });
});

describe('the nearest miss', () => {
  const miss = (...rows: readonly Partial<MarketRow>[]) => nearestMiss(aBoard(rows.map(aRow)), settings);

  it('names the market, the setting and both values, of the one closest to passing', () => {
    expect(miss({ ticker: 'far', volume24h: 100 }, { ticker: 'near', volume24h: 45_000 })).toEqual({
      ticker: 'near',
      stage: 'volume',
      setting: 'scan.minVolume',
      value: 450,
      needs: 500,
    });
    expect(miss({ bid: 1_700, ask: 1_900 })).toMatchObject({ stage: 'price', value: 0.18, needs: 0.2 });
    expect(miss({ bid: 8_100, ask: 8_300 })).toMatchObject({ stage: 'price', value: 0.82, needs: 0.8 });
    expect(miss({ bid: 4_700, ask: 5_300 })).toMatchObject({ stage: 'spread', value: 0.06, needs: 0.05 });
    expect(miss({ closeTime: NOON + 33 * DAY })).toMatchObject({ stage: 'expiry', setting: 'scan.maxDays', value: 33, needs: 30 });
  });

  it('is none where no setting would help', () => {
    expect(miss({ status: 'closed' }, { bid: 0 }, { volume24h: Number.NaN }, { closeTime: Number.NaN })).toBeUndefined();
    expect(miss({})).toBeUndefined();
  });
});
