import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../shared/domain/ledger.ts';
import { foldLedger } from '../../shared/domain/ledger.ts';
import type { Contracts, Price, Usd } from '../../shared/domain/money.ts';
import { taxLots } from '../../shared/domain/tax-lots.ts';
import { aDeposit, aFill, aSettlement } from '../contract/store-examples.ts';

const bought = (id: string, at: number, price: number, count = 100, fee = 0) =>
  aFill(id, { at, price: price as Price, count: count as Contracts, fee: fee as Usd });
const sold = (id: string, at: number, price: number, count = 100, fee = 0) =>
  aFill(id, { at, action: 'sell', price: price as Price, count: count as Contracts, fee: fee as Usd });

const anEntry = fc.oneof(
  fc.record({
    kind: fc.constant('fill' as const),
    side: fc.constantFrom('yes' as const, 'no' as const),
    action: fc.constantFrom('buy' as const, 'sell' as const),
    price: fc.integer({ min: 1, max: 9_999 }),
    count: fc.integer({ min: 1, max: 5_000 }),
    fee: fc.integer({ min: 0, max: 99_999 }),
    ticker: fc.constantFrom('KXA-1', 'KXB-1'),
  }),
  fc.record({
    kind: fc.constant('settlement' as const),
    ticker: fc.constantFrom('KXA-1', 'KXB-1'),
    yesValue: fc.constantFrom(0, 333_333, 1_000_000),
  }),
  fc.record({ kind: fc.constant('deposit' as const), amount: fc.integer({ min: -1e9, max: 1e9 }) }),
);

function entryOf(drawn: typeof anEntry extends fc.Arbitrary<infer T> ? T : never, index: number): LedgerEntry {
  if (drawn.kind === 'deposit') return aDeposit(`e${index}`, drawn.amount, index);
  if (drawn.kind === 'settlement')
    return { ...aSettlement(`e${index}`, drawn.ticker, index), yesValue: drawn.yesValue as Usd } as LedgerEntry;
  const { price, count, fee, ...fill } = drawn;
  return aFill(`e${index}`, { ...fill, price: price as Price, count: count as Contracts, fee: fee as Usd, at: index });
}

describe('tax lots', () => {
  it('close the oldest purchase first', () => {
    const { closed, open } = taxLots([bought('1', 1, 4_000), bought('2', 2, 6_000), sold('3', 3, 5_000, 150)]);
    expect(closed.map(({ openedAt, count, cost, proceeds, gain }) => [openedAt, count, cost, proceeds, gain])).toEqual([
      [1, 100, 400_000, 500_000, 100_000],
      [2, 50, 300_000, 250_000, -50_000],
    ]);
    expect(open).toMatchObject([{ openedAt: 2, count: 50, cost: 300_000 }]);
  });

  it('carry entry fees in their cost and exit fees in their proceeds', () => {
    const { closed } = taxLots([bought('1', 1, 4_000, 100, 10_000), sold('2', 2, 5_000, 100, 20_000)]);
    expect(closed).toMatchObject([{ cost: 410_000, proceeds: 480_000, gain: 70_000, how: 'sold' }]);
  });

  it('are closed by buying the other side, and by a settlement at what it paid', () => {
    const other = aFill('2', { side: 'no', price: 5_000 as Price, count: 100 as Contracts, fee: 0 as Usd, at: 2 });
    expect(taxLots([bought('1', 1, 4_000), other]).closed).toMatchObject([{ side: 'yes', proceeds: 500_000 }]);
    const settled = taxLots([bought('1', 1, 4_000), { ...aSettlement('s', 'KXA-1'), paid: 330_000 as Usd } as LedgerEntry]);
    expect(settled).toMatchObject({ open: [], closed: [{ how: 'settled', proceeds: 330_000, gain: -70_000 }] });
  });

  it('add up to the ledger’s cash to the micro-dollar, whatever happened', () => {
    fc.assert(
      fc.property(fc.array(anEntry, { maxLength: 40 }), (drawn) => {
        const entries = drawn.map(entryOf);
        expect(taxLots(entries).cash).toBe(foldLedger(entries).cash);
      }),
    );
  });
});
