import { describe, expect, it } from 'vitest';
import { marketChanged } from '../../shared/domain/intents.ts';
import type { Price } from '../../shared/domain/money.ts';
import { aBoard, aRow, DAY, NOON, plainTerms } from '../fixtures/market-rows.ts';
import { anEntry } from '../fixtures/trading-desk.ts';

const decidedOn = { rulesHash: 'r1', closesAt: NOON + 2 * DAY };
const order = anEntry({ decidedOn });
const terms = { ...plainTerms, rulesHash: 'r1' };

describe('a market that an order rests in', () => {
  it('has not changed while it says what it said, or is not on the board', () => {
    expect(marketChanged(order, aBoard([aRow({ terms })]))).toBe(false);
    expect(marketChanged(order, aBoard([]))).toBe(false);
    expect(marketChanged(anEntry(), aBoard([aRow()]))).toBe(false);
  });

  it('has changed with its rules, its close time, or a grid that the price is not on', () => {
    const coarse = [{ start: 700 as Price, end: 9_100 as Price, step: 700 as Price }];
    for (const row of [
      { terms: { ...terms, rulesHash: 'r2' } },
      { terms, knownClose: NOON + DAY },
      { terms: { ...terms, priceRanges: coarse } },
    ]) {
      expect(marketChanged(order, aBoard([aRow(row)]))).toBe(true);
    }
  });
});
