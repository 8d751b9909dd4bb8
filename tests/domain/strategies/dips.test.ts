import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MarketRow } from '../../../shared/domain/rows-board.ts';
import { dips } from '../../../shared/domain/strategies/dips.ts';
import { aBoard, aRow, mirroredRow, NOON, plainTerms } from '../../fixtures/market-rows.ts';
import { aDesk } from '../../fixtures/trading-desk.ts';

const { view } = aDesk();
type Mids = Readonly<Record<string, number>>;
const past = (day: Mids, week: Mids = {}) => ({
  dayAgo: (ticker: string) => day[ticker] ?? Number.NaN,
  weekAgo: (ticker: string) => week[ticker] ?? Number.NaN,
});
const judge = (rows: readonly MarketRow[], day: Mids, week: Mids = {}) => {
  const found = dips.judge(aBoard(rows, { past: past(day, week) }), 0, view);
  return typeof found === 'number' ? dips.stages[found]?.name : found;
};
const T = 'KXA-1-T1';

describe('dips', () => {
  it('buys the side that fell by a tenth in a day, resting under the ask at half the fall as its worth', () => {
    expect(judge([aRow()], { [T]: 6_000 })).toMatchObject({
      side: 'yes',
      fair: 0.55,
      limit: 5_000,
      postOnly: true,
      reason: 'YES fell 16.7% from 60.0¢ to 50.0¢',
      goodUntil: NOON + 3_600_000,
    });
    expect(judge([aRow()], { [T]: 4_000 })).toMatchObject({ side: 'no', fair: 0.55, limit: 5_000 });
  });

  it('looks back a week where the day shows no fall', () => {
    expect(judge([aRow()], { [T]: 5_000 }, { [T]: 6_000 })).toMatchObject({ side: 'yes' });
    expect(judge([aRow()], {}, { [T]: 6_000 })).toMatchObject({ side: 'yes' });
  });

  it('says which stage drops a market', () => {
    expect(judge([aRow({ status: 'closed' })], { [T]: 6_000 })).toBe('status');
    expect(judge([aRow()], {})).toBe('history');
    expect(judge([aRow()], { [T]: 5_500 })).toBe('drop');
    expect(judge([aRow({ terms: { ...plainTerms, priceRanges: undefined } })], { [T]: 6_000 })).toBe('tick');
  });

  it('takes a fall of exactly a tenth', () =>
    expect(judge([aRow({ bid: 5_300, ask: 5_500 })], { [T]: 6_000 })).toMatchObject({ side: 'yes' }));

  it('leaves a fall alone that the event’s other markets gained', () => {
    const sibling = aRow({ ticker: 'sibling', bid: 3_400, ask: 3_600 });
    expect(judge([aRow(), sibling], { [T]: 6_000, sibling: 3_000 })).toBe('explained');
    expect(judge([aRow(), sibling], { [T]: 6_000, sibling: 3_100 })).toMatchObject({ side: 'yes' });
    expect(judge([aRow(), { ...sibling, event: 'other' }], { [T]: 6_000, sibling: 3_000 })).toMatchObject({ side: 'yes' });
    expect(judge([aRow(), sibling], { [T]: 6_000 })).toMatchObject({ side: 'yes' });
  });

  it('does not see a close time that leaks the end', () =>
    expect(judge([aRow({ knownClose: Number.NaN })], { [T]: 6_000 })).toBe('expiry'));

  it('gives the mirrored opinion on the mirrored market', () => {
    const mid = fc.integer({ min: 20, max: 80 });
    const before = fc.integer({ min: 200, max: 9_800 });
    fc.assert(
      fc.property(mid, fc.integer({ min: 1, max: 2 }), before, before, before, (middle, half, day, week, other) => {
        const rows = [
          aRow({ bid: (middle - half) * 100, ask: (middle + half) * 100 }),
          aRow({ ticker: 'sibling', bid: 3_000, ask: 3_200 }),
        ];
        const turned = (mids: Mids) => Object.fromEntries(Object.entries(mids).map(([ticker, price]) => [ticker, 10_000 - price]));
        const [days, weeks] = [
          { [T]: day, sibling: other },
          { [T]: week, sibling: other },
        ];
        const found = judge(rows, days, weeks);
        const mirror = judge(rows.map(mirroredRow), turned(days), turned(weeks));
        if (typeof found !== 'object') expect(mirror).toBe(found);
        else {
          const side = found.side === 'yes' ? 'no' : 'yes';
          expect(mirror).toEqual({ ...found, side, reason: found.reason.replace(/^\w+/, side.toUpperCase()) });
          expect(found.limit).toBeLessThan(found.side === 'yes' ? (middle + half) * 100 : 10_000 - (middle - half) * 100);
        }
      }),
    );
  });
});
