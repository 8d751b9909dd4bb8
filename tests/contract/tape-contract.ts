import { describe, expect, test } from 'vitest';
import type { DepthBook } from '../../shared/domain/depth-book.ts';
import type { Contracts, Millis, Price, Side } from '../../shared/domain/money.ts';
import type { PublicTrade } from '../../shared/ports/market-stream.ts';
import type { Tape, TapeCount } from '../../shared/ports/tape.ts';

/** What happened in a market: a whole book, a level's new contracts, a trade. Prices are each side's own, in cents. */
export type Step =
  | { readonly at: Millis; readonly kind: 'book'; readonly yes: readonly Level[]; readonly no: readonly Level[] }
  | { readonly at: Millis; readonly kind: 'level'; readonly side: Side; readonly cents: number; readonly count: number }
  | { readonly at: Millis; readonly kind: 'trade'; readonly trade: PublicTrade };
export type Level = readonly [cents: number, contracts: number];

export const TICKER = 'KXTAPE-1';
const start = Date.UTC(2026, 10, 20, 15);

const steps: readonly Step[] = [
  {
    ...{ at: start, kind: 'book' },
    yes: [
      [40, 10],
      [42, 5],
    ],
    no: [
      [50, 7],
      [55, 3],
    ],
  },
  { at: start + 10, kind: 'level', side: 'yes', cents: 43, count: 2 },
  { at: start + 20, kind: 'level', side: 'no', cents: 55, count: 0 },
  { at: start + 30, kind: 'trade', trade: trade('t-1', start + 29) },
  { at: start + 40, kind: 'level', side: 'yes', cents: 43, count: 0 },
  { at: start + 50, kind: 'book', yes: [[30, 1]], no: [] },
];

function trade(id: string, at: Millis): PublicTrade {
  return { id, ticker: TICKER, at, price: 4_300 as Price, count: 150 as Contracts, taker: 'no' };
}

/** What every kind of tape must do. `record` gives a tape on which just these steps happened. */
export function tapeContract(name: string, record: (steps: readonly Step[]) => Promise<Tape>): void {
  describe(`${name} as Tape`, () => {
    test('plays each book as it then stood, and each trade, at the time and in the order they came', async () => {
      const { heard, count } = played(await record(steps));
      expect(heard).toEqual([
        `${start}: yes 42×5 40×10 no 55×3 50×7`,
        `${start + 10}: yes 43×2 42×5 40×10 no 55×3 50×7`,
        `${start + 20}: yes 43×2 42×5 40×10 no 50×7`,
        `trade t-1 at ${start + 29}, 4300 × 150, no`,
        `${start + 40}: yes 42×5 40×10 no 50×7`,
        `${start + 50}: yes 30×1 no`,
      ]);
      expect(count).toMatchObject({ messages: 6, trades: 1, gaps: 0, unreadable: 0, negativeLevels: 0, crossedBooks: 0 });
      expect(count.snapshots + count.deltas).toBe(5);
    });

    test('plays the same again', async () => {
      const tape = await record(steps);
      expect(played(tape)).toEqual(played(tape));
    });

    test('trades need no book', async () => {
      const { heard, count } = played(await record(steps.filter(({ kind }) => kind === 'trade')));
      expect(heard).toHaveLength(1);
      expect(count).toMatchObject({ messages: 1, trades: 1, snapshots: 0, deltas: 0, gaps: 0 });
    });
  });
}

function played(tape: Tape): { readonly heard: readonly string[]; readonly count: TapeCount } {
  const heard: string[] = [];
  const side = (book: DepthBook, which: Side) =>
    book
      .levels(which, 10)
      .map(({ price, count }) => ` ${price / 100}×${count / 100}`)
      .join('');
  const count = tape.play({
    book: (book, at) => heard.push(`${at}: yes${side(book, 'yes')} no${side(book, 'no')}`),
    trade: ({ id, at, price, count: size, taker }) => heard.push(`trade ${id} at ${at}, ${price} × ${size}, ${taker}`),
  });
  return { heard, count };
}
