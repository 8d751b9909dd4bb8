import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fill } from '../../shared/domain/fill.ts';
import type { LedgerEntry, Posted } from '../../shared/domain/ledger.ts';
import { emptyLedger, foldLedger, isBalanced, payoutOf, post } from '../../shared/domain/ledger.ts';
import type { Contracts, Price, Usd } from '../../shared/domain/money.ts';
import { entryPrice, handPart, ownPart } from '../../shared/domain/position.ts';
import { confirmed, differenceText, reconcile, withFills } from '../../shared/domain/reconcile.ts';
import { aDeposit, aFill, aSettlement } from '../contract/store-examples.ts';

const origin = { intent: 'k1-a', strategy: 'dips', purpose: 'entry' };
const tickers = ['KXA-1', 'KXA-2', 'KXB-1'];
const anyEntry: fc.Arbitrary<LedgerEntry> = fc.oneof(
  fc.integer({ min: -50_000_000, max: 500_000_000 }).map((amount) => aDeposit('d', amount)),
  fc
    .record({
      ticker: fc.constantFrom(...tickers),
      side: fc.constantFrom('yes' as const, 'no' as const),
      action: fc.constantFrom('buy' as const, 'sell' as const),
      price: fc.integer({ min: 1, max: 9_999 }).map((price) => price as Price),
      count: fc.integer({ min: 1, max: 50_000 }).map((count) => count as Contracts),
      fee: fc.integer({ min: 0, max: 2_000_000 }).map((fee) => fee as Usd),
      ours: fc.boolean(),
    })
    .map(({ ours, ...changes }) => aFill('f', { ...changes, ...(ours ? { origin } : {}) })),
  fc
    .record({ ticker: fc.constantFrom(...tickers), yesValue: fc.constantFrom(0, 1_000_000, 123_456) })
    .map(({ ticker, yesValue }): LedgerEntry => ({ kind: 'settlement', id: 's', at: 1, ticker, yesValue: yesValue as Usd })),
);

function fold(entries: readonly LedgerEntry[]): readonly Posted[] {
  let ledger = emptyLedger;
  return entries.map((entry) => {
    const posted = post(ledger, entry);
    ledger = posted.ledger;
    return posted;
  });
}

const last = (entries: readonly LedgerEntry[]) => foldLedger(entries);

describe('the ledger', () => {
  it('keeps its books balanced over any deposits, fills and settlements', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 40 }), (entries) => {
        const balances = new Map<string, number>();
        for (const { ledger, postings } of fold(entries)) {
          expect(isBalanced(ledger)).toBe(true);
          expect(postings.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
          for (const { account, amount } of postings) balances.set(account, (balances.get(account) ?? 0) + amount);
          const costs = [...ledger.positions.values()].map(({ ticker, cost }) => [ticker, cost] as const);
          for (const [ticker, cost] of costs) expect(balances.get(`position:${ticker}`)).toBe(cost);
          expect(ledger.cash).toBe(balances.get('cash') ?? 0);
          expect(ledger.fees).toBe(balances.get('fees') ?? 0);
          for (const { count } of ledger.positions.values()) expect(count).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('loses no money: cash is deposits, realised P&L and what is still held', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 40 }), (entries) => {
        const { cash, deposits, realised, positions } = last(entries);
        const held = [...positions.values()].reduce((sum, { cost, fees }) => sum + cost + fees, 0);
        expect(cash).toBe(deposits + realised - held);
      }),
    );
  });

  it('closes a trade whose P&L is what realised changed by since it was opened', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 40 }), (entries) => {
        const closed = fold(entries).flatMap(({ closed: trades }) => trades);
        const open = [...last(entries).positions.values()];
        const parts = open.flatMap((position) => [position, ...(position.byHand ? [position.byHand] : [])]);
        const soFar = parts.reduce((sum, { sold }) => sum + sold.proceeds - sold.cost - sold.fees, 0);
        expect(closed.reduce((sum, { pnl }) => sum + pnl, soFar)).toBe(last(entries).realised);
        for (const { pnl, proceeds, cost, fees } of closed) expect(pnl).toBe(proceeds - cost - fees);
      }),
    );
  });

  it('loses at most what was paid', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 40 }), (entries) => {
        for (const { closed } of fold(entries)) for (const { pnl, cost, fees } of closed) expect(pnl).toBeGreaterThanOrEqual(-cost - fees);
      }),
    );
  });

  it('gives YES at p and NO at 1 − p the same P&L', () => {
    const p = fc.integer({ min: 1, max: 9_999 });
    fc.assert(
      fc.property(p, p, fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 0, max: 9_999 }), (entry, exit, count, kept) => {
        const held = count as Contracts;
        const sold = Math.min(count, kept + 1) as Contracts;
        const round = (side: 'yes' | 'no'): readonly LedgerEntry[] => [
          aFill('1', { side, price: entry as Price, count: held }),
          aFill('2', { side, action: 'sell', price: exit as Price, count: sold }),
          { kind: 'settlement', id: '3', at: 9, ticker: 'KXA-1', yesValue: (side === 'yes' ? 1_000_000 : 0) as Usd },
        ];
        expect(last(round('no')).realised).toBe(last(round('yes')).realised);
        expect(last(round('no')).cash).toBe(last(round('yes')).cash);
      }),
    );
  });

  it('takes buying the other side as selling, and opens what is left on the other side', () => {
    const bought = aFill('1', { price: 4_000 as Price, fee: 0 as Usd });
    const crossing = aFill('2', { side: 'no', price: 3_000 as Price, count: 500 as Contracts, fee: 5 as Usd });
    const { ledger, closed } = fold([bought, crossing]).at(-1) ?? { ledger: emptyLedger, closed: [] };
    expect(closed).toMatchObject([{ side: 'yes', count: 300, cost: 1_200_000, proceeds: 2_100_000, fees: 3, exit: 'by hand' }]);
    expect(ledger.positions.get('KXA-1')).toMatchObject({ side: 'no', count: 200, cost: 600_000, fees: 2 });
  });

  it('knows a sale without a position as the other side at the opposite price', () => {
    const { positions, cash } = last([aFill('1', { action: 'sell', price: 3_000 as Price, fee: 0 as Usd })]);
    expect(positions.get('KXA-1')).toMatchObject({ side: 'no', count: 300, cost: 2_100_000 });
    expect(cash).toBe(-2_100_000);
  });

  it('pays nothing for markets it does not hold, whole dollars for a result, and cuts a scalar to the cent', () => {
    expect(post(emptyLedger, aSettlement('s', 'KXA-1'))).toEqual({ ledger: emptyLedger, postings: [], closed: [] });
    expect(payoutOf({ side: 'yes', count: 300 as Contracts }, 1_000_000 as Usd)).toBe(3_000_000);
    expect(payoutOf({ side: 'no', count: 301 as Contracts }, 0 as Usd)).toBe(3_010_000);
    expect(payoutOf({ side: 'yes', count: 300 as Contracts }, 123_456 as Usd)).toBe(370_000);
  });

  it('shows the average price paid', () => {
    const { positions } = last([aFill('1', { price: 4_000 as Price }), aFill('2', { price: 5_000 as Price, count: 100 as Contracts })]);
    const position = positions.get('KXA-1');
    expect(position && entryPrice(position)).toBe(4_250);
  });
});

describe('contracts bought by hand in a market that we hold too', () => {
  const free = { fee: 0 as Usd };
  const ours = aFill('ours', { ...free, price: 4_000 as Price, origin });
  const byHand = aFill('hand', { ...free, price: 6_000 as Price, count: 100 as Contracts, at: 6_000 });
  const sale = (count: number, more: Partial<Fill> = {}) =>
    aFill('sale', { ...free, action: 'sell', price: 7_000 as Price, count: count as Contracts, at: 7_000, ...more });
  const exit = { origin: { ...origin, purpose: 'stop' } };
  const heldAfter = (...entries: LedgerEntry[]) => last(entries).positions.get('KXA-1');

  it('are one position with ours on the exchange, and a part of their own here', () => {
    const position = heldAfter(ours, byHand);
    expect(position).toMatchObject({
      count: 400,
      cost: 1_800_000,
      strategy: 'dips',
      openedAt: 5_000,
      byHand: { count: 100, cost: 600_000, openedAt: 6_000 },
    });
    expect(position && ownPart(position)).toMatchObject({ count: 300, cost: 1_200_000 });
    expect(position && ownPart(position)).not.toHaveProperty('byHand');
  });

  it('stay by hand when ours fill after them', () => {
    const position = heldAfter(byHand, { ...ours, at: 8_000 } as LedgerEntry);
    expect(position).toMatchObject({
      count: 400,
      strategy: 'dips',
      intent: 'k1-a',
      openedAt: 8_000,
      byHand: { count: 100, openedAt: 6_000 },
    });
  });

  it('are not what our exits sell, and ours are not what a person sells first', () => {
    const [left, trade] = [heldAfter(ours, byHand, sale(300, exit)), fold([ours, byHand, sale(300, exit)]).at(-1)?.closed];
    expect(trade).toMatchObject([{ strategy: 'dips', exit: 'stop', count: 300, cost: 1_200_000, pnl: 900_000 }]);
    expect(trade).toHaveLength(1);
    expect(left).toMatchObject({ count: 100, cost: 600_000, openedAt: 6_000 });
    expect(left && [left.strategy, left.intent, left.byHand, ownPart(left)]).toEqual([undefined, undefined, undefined, undefined]);
    const [kept, theirs] = [heldAfter(ours, byHand, sale(100)), fold([ours, byHand, sale(100)]).at(-1)?.closed];
    expect(theirs).toMatchObject([{ exit: 'by hand', count: 100, pnl: 100_000 }]);
    expect(theirs?.[0]).not.toHaveProperty('strategy');
    expect(kept).toMatchObject({ count: 300, cost: 1_200_000, strategy: 'dips' });
    expect(kept).not.toHaveProperty('byHand');
    expect(heldAfter(ours, byHand, sale(150))).toMatchObject({ count: 250, strategy: 'dips' });
  });

  it('are paid with ours when the market settles, each trade its share', () => {
    const { closed, ledger } = fold([ours, byHand, aSettlement('s', 'KXA-1')]).at(-1) ?? { closed: [], ledger: emptyLedger };
    expect(closed).toMatchObject([
      { strategy: 'dips', count: 300, proceeds: 3_000_000, pnl: 1_800_000 },
      { count: 100, proceeds: 1_000_000, pnl: 400_000 },
    ]);
    expect(ledger.positions.size).toBe(0);
  });

  it('never let ours and theirs add up to anything but what is held', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 40 }), (entries) => {
        for (const { ledger } of fold(entries)) {
          for (const position of ledger.positions.values()) {
            const parts = [ownPart(position), handPart(position)].flatMap((part) => part ?? []);
            expect(parts.reduce((sum, { count }) => sum + count, 0)).toBe(position.count);
            expect(parts.reduce((sum, { cost }) => sum + cost, 0)).toBe(position.cost);
            expect(parts.reduce((sum, { fees }) => sum + fees, 0)).toBe(position.fees);
            for (const { count, cost, fees } of parts) expect(Math.min(count - 1, cost, fees)).toBeGreaterThanOrEqual(0);
          }
        }
      }),
    );
  });
});

describe('reconciliation', () => {
  const ledger = last([aDeposit('d', 10_000_000), aFill('1', { side: 'no', fee: 0 as Usd })]);

  it('finds nothing where both sides agree, nor in cash that resting orders may hold', () => {
    const positions = [{ ticker: 'KXA-1', yesCount: -300 }];
    expect(reconcile(ledger, positions, 8_500_000 as Usd, 0 as Usd)).toEqual([]);
    expect(reconcile(ledger, positions, 8_000_000 as Usd, 500_000 as Usd)).toEqual([]);
    expect(reconcile(ledger, positions, 7_999_999 as Usd, 500_000 as Usd)).toHaveLength(1);
    expect(reconcile(ledger, positions, 8_500_001 as Usd, 500_000 as Usd)).toHaveLength(1);
  });

  it('believes only what two looks saw alike', () => {
    const [first, second] = [8_000_000, 7_000_000].map((cash) => reconcile(ledger, [], cash as Usd, 0 as Usd));
    expect(confirmed(first ?? [], second ?? []).map(({ what }) => what)).toEqual(['position']);
  });

  it('adds what the exchange’s own fills come to, so that one can see which of the three is alone', () => {
    const found = reconcile(ledger, [{ ticker: 'KXB-1', yesCount: 100 }], 8_500_000 as Usd, 0 as Usd);
    const fills = [
      { ticker: 'KXA-1', side: 'no', action: 'buy', count: 300 as Contracts },
      { ticker: 'KXA-1', side: 'yes', action: 'buy', count: 100 as Contracts },
      { ticker: 'KXA-1', side: 'no', action: 'sell', count: 50 as Contracts },
    ] as const;
    expect(withFills(found, fills).map(differenceText)).toEqual([
      'KXB-1: ledger 0 YES, exchange 1 YES, its fills 0 YES',
      'KXA-1: ledger -3 YES, exchange 0 YES, its fills -1.5 YES',
    ]);
    const cash = reconcile(ledger, [{ ticker: 'KXA-1', yesCount: -300 }], 1 as Usd, 0 as Usd);
    expect(withFills(cash, fills)).toStrictEqual(cash);
  });

  it('names every market and the cash that differ, in words', () => {
    const found = reconcile(ledger, [{ ticker: 'KXB-1', yesCount: 100 }], 8_000_000 as Usd, 0 as Usd);
    expect(found.map(differenceText)).toEqual([
      'KXB-1: ledger 0 YES, exchange 1 YES',
      'KXA-1: ledger -3 YES, exchange 0 YES',
      'cash: ledger $8.500000, exchange $8.000000',
    ]);
  });
});
