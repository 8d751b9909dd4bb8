import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DepthBook } from '../../shared/domain/depth-book.ts';

const side = fc.constantFrom('yes' as const, 'no' as const);
const change = fc.record({
  side,
  price: fc.integer({ min: 1, max: 99 }).map((cents) => cents * 100),
  delta: fc.integer({ min: -500, max: 500 }),
});

/** The same book, kept the slow way. */
class Model {
  readonly sides = { yes: new Map<number, number>(), no: new Map<number, number>() };
  best(of: 'yes' | 'no'): number {
    return Math.max(...this.sides[of].keys(), Number.NEGATIVE_INFINITY);
  }
}

describe('a depth book', () => {
  it('is what its changes add up to, and refuses exactly those that cannot be', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 120 }), (changes) => {
        const book = new DepthBook('KXMADE-1');
        const model = new Model();
        book.replace([], [], 0);
        for (const { side: of, price, delta } of changes) {
          const left = (model.sides[of].get(price) ?? 0) + delta;
          if (left > 0) model.sides[of].set(price, left);
          else model.sides[of].delete(price);
          const fault = left < 0 ? 'negative' : delta > 0 && model.best('yes') + model.best('no') >= 10_000 ? 'crossed' : undefined;
          expect(book.change(of, price, delta, 1)).toBe(fault);
          if (fault) {
            expect([book.stale, book.negativeLevels, book.crossedBooks]).toEqual([
              true,
              fault === 'negative' ? 1 : 0,
              fault === 'crossed' ? 1 : 0,
            ]);
            return;
          }
          for (const each of ['yes', 'no'] as const) {
            const levels = [...model.sides[each]].toSorted(([a], [b]) => b - a).map(([level, count]) => ({ price: level, count }));
            expect(book.levels(each, 1000)).toEqual(levels);
          }
        }
      }),
    );
  });

  it('shows best prices of YES on both sides, and none where a side is empty', () => {
    const book = new DepthBook('KXMADE-1');
    book.replace([4000, 200, 4100, 50], [5700, 30], 7);
    expect([book.bid, book.bidSize, book.ask, book.askSize, book.at]).toEqual([4100, 50, 4300, 30, 7]);
    book.change('no', 5700, -30, 8);
    expect([book.ask, book.askSize]).toEqual([Number.NaN, Number.NaN]);
    expect(book.countAt('yes', 4000)).toBe(200);
    expect(book.countAt('yes', 4050)).toBe(0);
  });

  it('has no prices before its first snapshot nor after a fault, until the next snapshot', () => {
    const book = new DepthBook('KXMADE-1');
    const silent = () => [book.bid, book.ask, book.levels('yes', 9).length];
    book.change('yes', 4000, 10, 1);
    expect(silent()).toEqual([Number.NaN, Number.NaN, 0]);
    book.replace([4000, 10], [], 2);
    book.change('yes', 4000, -11, 3);
    expect(silent()).toEqual([Number.NaN, Number.NaN, 0]);
    book.change('yes', 4000, 10, 4);
    expect(silent()).toEqual([Number.NaN, Number.NaN, 0]);
    book.replace([3900, 10], [], 5);
    expect(book.bid).toBe(3900);
  });

  it.each([
    ['crossed', [6000, 10], [4000, 10], 'crossed'],
    ['with a level of nothing', [6000, 0], [], 'negative'],
    ['with a level twice', [6000, 1, 6000, 2], [], 'negative'],
    ['with an unreadable count', [6000, Number.NaN], [], 'negative'],
    ['with a price beyond a dollar', [10_001, 5], [], 'negative'],
  ] as const)('refuses a snapshot that is %s', (_, yes, no, fault) => {
    const book = new DepthBook('KXMADE-1');
    expect(book.replace([...yes], [...no], 0)).toBe(fault);
    expect(book.stale).toBe(true);
  });

  it('grows beyond any number of levels', () => {
    const book = new DepthBook('KXMADE-1');
    book.replace([], [], 0);
    for (let price = 9998; price > 0; price--) book.change('yes', price, price, 0);
    expect(book.levels('yes', 2)).toEqual([
      { price: 9998, count: 9998 },
      { price: 9997, count: 9997 },
    ]);
    expect(book.countAt('yes', 5)).toBe(5);
  });
});
