import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, PriceHistory } from '../../shared/domain/price-history.ts';
import { aBoard, aRow, DAY, HOUR, NOON } from '../fixtures/market-rows.ts';

const MINUTE = HOUR / 60;

describe('price history', () => {
  it('gives the median mid of the hour a day ago and a week ago', () => {
    const history = new PriceHistory();
    for (const [ago, twiceMid] of [
      [7 * DAY, 4_000],
      [DAY, 8_000],
      [DAY - 30 * MINUTE, 9_000],
      [DAY - HOUR, 12_000],
      [DAY - HOUR - 1, 20_000],
      [0, 6_000],
    ] as const)
      history.add('T', NOON - ago, twiceMid);
    expect(history.dayAgo('T', NOON)).toBe(4_500);
    expect(history.weekAgo('T', NOON)).toBe(2_000);
  });

  it('is NaN where nothing was recorded then, and for markets it has forgotten', () => {
    const history = new PriceHistory();
    history.add('T', NOON - DAY, 8_000);
    expect(history.dayAgo('other', NOON)).toBeNaN();
    expect(history.weekAgo('T', NOON)).toBeNaN();
    history.forget('T');
    expect(history.dayAgo('T', NOON)).toBeNaN();
  });

  it('records only quotes with both sides', () => {
    const history = new PriceHistory();
    history.record(aBoard([aRow(), aRow({ ticker: 'noBid', bid: 0 }), aRow({ ticker: 'noAsk', ask: 10_000 })], { at: NOON - DAY }));
    expect(history.dayAgo('KXA-1-T1', NOON)).toBe(5_000);
    expect(history.dayAgo('noBid', NOON)).toBeNaN();
    expect(history.dayAgo('noAsk', NOON)).toBeNaN();
  });

  it('says the same after years of minutes as one that kept only what it needs', () => {
    const [long, short] = [new PriceHistory(), new PriceHistory()];
    for (let minute = 20 * 24 * 60; minute >= 0; minute -= 5) {
      const at = NOON - minute * MINUTE;
      const twiceMid = 8_000 + (minute % 97);
      long.add('T', at, twiceMid);
      if (at >= NOON - 7 * DAY) short.add('T', at, twiceMid);
    }
    expect(long.dayAgo('T', NOON)).toBe(short.dayAgo('T', NOON));
    expect(long.weekAgo('T', NOON)).toBe(short.weekAgo('T', NOON));
  });

  it('does not see what came after the moment asked for', () => {
    const points = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 * 24 * 60 }), fc.integer({ min: 200, max: 19_800 })), { maxLength: 60 });
    fc.assert(
      fc.property(points, fc.integer({ min: 0, max: 3 * 24 * 60 }), (raw, cut) => {
        const sorted = [...raw].sort(([a], [b]) => a - b);
        const now = NOON + cut * MINUTE;
        const [all, known] = [new PriceHistory(), new PriceHistory()];
        for (const [minute, twiceMid] of sorted) {
          all.add('T', NOON + minute * MINUTE, twiceMid);
          if (minute <= cut) known.add('T', NOON + minute * MINUTE, twiceMid);
        }
        expect(all.dayAgo('T', now)).toEqual(known.dayAgo('T', now));
      }),
    );
  });

  it('takes the mean of the two in the middle', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([])).toBeNaN();
  });
});
