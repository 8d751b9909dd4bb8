import { describe, expect, it } from 'vitest';
import { leftInShards, shardLimits } from '../../../shared/domain/risk/shard-limits.ts';
import { aPosition, cents, contracts, usd } from '../../fixtures/trading-desk.ts';

const cash = new Map([
  [0, usd(100)],
  [2, usd(50)],
]);
const resting = { shard: 2, price: cents(40), remaining: contracts(20) };

describe('what may be at risk in a shard', () => {
  it('is its free cash, what positions there cost with their fees, and what orders hold there at their prices', () => {
    const positions = [aPosition({ shard: 2, cost: usd(5), fees: usd(0.1) }), aPosition({ shard: 0, cost: usd(7) })];
    expect(shardLimits(cash, positions, [resting])).toEqual(
      new Map([
        [0, usd(107)],
        [2, usd(63.1)],
      ]),
    );
  });

  it('counts nothing of shards that the exchange does not tell, or that are not known', () => {
    expect(shardLimits(cash, [aPosition(), aPosition({ shard: 9 })], [{ ...resting, shard: undefined }])).toEqual(cash);
  });

  it('leaves what is not held yet: an order placed since the cash was read is spoken for at its ceiling', () => {
    const limits = Object.fromEntries(shardLimits(cash, [], [resting]));
    const held = new Map([
      ['shard:2', usd(8.4 + 20)],
      ['total', usd(28.4)],
    ]);
    expect(leftInShards(limits, held)).toEqual(
      new Map([
        [0, usd(100)],
        [2, usd(58 - 28.4)],
      ]),
    );
  });
});
