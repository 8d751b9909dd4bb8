import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PriceRange } from '../../shared/domain/market.ts';
import { snapDown, snapHeldDown, snapHeldUp, snapUp, tickAt } from '../../shared/domain/market.ts';
import type { Price } from '../../shared/domain/money.ts';
import { wholeCents } from '../fixtures/market-rows.ts';

const range = (start: number, end: number, step: number): PriceRange => ({ start: start as Price, end: end as Price, step: step as Price });
/** A tenth of a cent near the ends, a cent between. */
const tapered = [range(0, 1_000, 10), range(1_000, 9_000, 100), range(9_000, 10_000, 10)];
const grids = [wholeCents, tapered, [range(50, 9_950, 50)]];
const price = fc.integer({ min: 0, max: 10_000 }).map((value) => value as Price);

function isOn(value: number, ranges: readonly PriceRange[]): boolean {
  return (
    value > 0 && value < 10_000 && ranges.some(({ start, end, step }) => value >= start && value <= end && (value - start) % step === 0)
  );
}

describe('snapping to a grid', () => {
  it('gives the nearest valid price on the asked side, and only valid prices', () => {
    fc.assert(
      fc.property(price, fc.constantFrom(...grids), (value, ranges) => {
        const all = Array.from({ length: 10_001 }, (_, index) => index).filter((candidate) => isOn(candidate, ranges));
        expect(snapDown(value, ranges)).toBe(all.filter((candidate) => candidate <= value).at(-1));
        expect(snapUp(value, ranges)).toBe(all.find((candidate) => candidate >= value));
      }),
      { numRuns: 60 },
    );
  });

  it('moves nothing that is on the grid, and is the same from the other side', () => {
    fc.assert(
      fc.property(price, fc.constantFrom(...grids), fc.constantFrom('yes' as const, 'no' as const), (value, ranges, side) => {
        const down = snapHeldDown(value, side, ranges);
        if (down !== undefined) expect(snapHeldDown(down, side, ranges)).toBe(down);
        const up = snapHeldUp((10_000 - value) as Price, side === 'yes' ? 'no' : 'yes', ranges);
        expect(up === undefined ? undefined : 10_000 - up).toBe(down);
      }),
    );
  });

  it('never gives 0 or 1, and nothing where the grid is unknown', () => {
    expect(snapDown(5 as Price, tapered)).toBeUndefined();
    expect(snapUp(9_995 as Price, tapered)).toBeUndefined();
    expect(snapDown(5_000 as Price, undefined)).toBeUndefined();
    expect(snapUp(5_000 as Price, undefined)).toBeUndefined();
    expect(snapHeldUp(5_000 as Price, 'no', undefined)).toBeUndefined();
    expect(snapHeldDown(5_000 as Price, 'no', undefined)).toBeUndefined();
  });

  it('knows the tick around a price of either side', () => {
    expect(tickAt(500, 'yes', tapered)).toBe(10);
    expect(tickAt(5_000, 'no', tapered)).toBe(100);
    expect(tickAt(9_500, 'no', tapered)).toBe(10);
    expect(tickAt(5_000, 'yes', undefined)).toBeUndefined();
  });
});
