import { describe, expect, it } from 'vitest';
import type { LedgerEntry, Posted } from '../../shared/domain/ledger.ts';
import { emptyLedger, isBalanced, post } from '../../shared/domain/ledger.ts';
import type { Contracts, Price, Usd } from '../../shared/domain/money.ts';
import { handPart, share } from '../../shared/domain/position.ts';
import { aDeposit, aFill, aSettlement } from '../contract/store-examples.ts';

const origin = { intent: 'k1-a', strategy: 'dips', purpose: 'entry' };
const full = aFill('1', { origin, category: 'Climate', shard: 2, price: 4_000 as Price });
const plain = aFill('1', { price: 4_000 as Price });

function lastOf(...entries: readonly LedgerEntry[]): Posted {
  let posted: Posted = { ledger: emptyLedger, postings: [], closed: [] };
  for (const entry of entries) posted = post(posted.ledger, entry);
  return posted;
}

describe('a position and the trade it becomes', () => {
  it('carry what their fills say of category, shard, strategy and intent, and nothing that they do not', () => {
    const [known] = [...lastOf(full).ledger.positions.values()];
    expect(known).toMatchObject({ category: 'Climate', shard: 2, strategy: 'dips', intent: 'k1-a', openedAt: 5_000 });
    const [unknown] = [...lastOf(plain).ledger.positions.values()];
    for (const name of ['category', 'shard', 'strategy', 'intent', 'byHand']) expect(unknown).not.toHaveProperty(name);
    expect(lastOf(full, aSettlement('2', 'KXA-1')).closed).toMatchObject([{ category: 'Climate', strategy: 'dips', intent: 'k1-a' }]);
    const [trade] = lastOf(plain, aSettlement('2', 'KXA-1')).closed;
    for (const name of ['category', 'strategy', 'intent']) expect(trade).not.toHaveProperty(name);
  });

  it('end once, with the money of the whole round trip', () => {
    const sale = (id: string, count: number) =>
      aFill(id, { action: 'sell', price: 6_000 as Price, count: count as Contracts, fee: 1_000 as Usd, at: 9_000 });
    expect(lastOf(plain, sale('2', 100)).closed).toEqual([]);
    expect(lastOf(plain, sale('2', 100), sale('3', 200)).closed).toEqual([
      {
        ...{ ticker: 'KXA-1', event: 'KXA', side: 'yes', exit: 'by hand', openedAt: 5_000, closedAt: 9_000 },
        ...{ count: 300, cost: 1_200_000, proceeds: 1_800_000, fees: 12_000, pnl: 588_000 },
      },
    ]);
  });

  it('are all by hand where no strategy opened them', () => {
    const [held] = [...lastOf(plain).ledger.positions.values()];
    expect(held && handPart(held)).toStrictEqual({
      ...{ count: 300, cost: 1_200_000, fees: 10_000, openedAt: 5_000 },
      sold: { count: 0, cost: 0, proceeds: 0, fees: 0 },
    });
  });
});

describe('postings', () => {
  it('name their accounts', () => {
    const accounts = ({ postings }: Posted) => postings.map(({ account, amount }) => `${account} ${amount}`);
    expect(accounts(lastOf(aDeposit('d', 5_000_000)))).toEqual(['cash 5000000', 'capital -5000000']);
    expect(accounts(lastOf(plain))).toEqual(['cash -1210000', 'position:KXA-1 1200000', 'fees 10000']);
    const sale = aFill('2', { action: 'sell', price: 6_000 as Price, fee: 1_000 as Usd });
    expect(accounts(lastOf(plain, sale))).toEqual(['cash 1799000', 'position:KXA-1 -1200000', 'fees 1000', 'profit -600000']);
    expect(accounts(lastOf(plain, aSettlement('2', 'KXA-1')))).toEqual(['cash 3000000', 'position:KXA-1 -1200000', 'profit -1800000']);
  });

  it('are missed where cash is not what the flows say', () => {
    const { ledger } = lastOf(aDeposit('d', 5_000_000), plain);
    expect(isBalanced(ledger)).toBe(true);
    expect(isBalanced({ ...ledger, cash: (ledger.cash + 1) as Usd })).toBe(false);
  });
});

describe('a share of an amount', () => {
  it('is all of it for all contracts, and for a part is rounded towards nothing, exactly', () => {
    const of = (amount: number, part: number, whole: number) => share(amount as Usd, part as Contracts, whole as Contracts);
    expect([of(10, 3, 3), of(10, 1, 3), of(-10, 1, 3), of(0, 1, 3), of(10, 0, 3)]).toEqual([10, 3, -3, 0, 0]);
    expect(of(9_007_199_254_740_991, 999_999_999, 1_000_000_000)).toBe(9_007_199_245_733_791);
  });
});
