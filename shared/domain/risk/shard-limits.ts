import type { Contracts, Price, Usd } from '../money.ts';
import { notional } from '../money.ts';

interface Held {
  readonly shard?: number | undefined;
  readonly cost: Usd;
  readonly fees: Usd;
}

interface Resting {
  readonly shard: number | undefined;
  readonly price: Price;
  readonly remaining: Contracts;
}

/**
 * What each shard's counter may reach: the cash that is free there, what positions there cost, and what orders of ours hold
 * there at their prices. Counters hold orders at their ceilings, so that what a re-peg may yet need is spoken for.
 */
export function shardLimits(
  cash: ReadonlyMap<number, Usd>,
  positions: Iterable<Held>,
  resting: readonly Resting[],
): ReadonlyMap<number, Usd> {
  const limits = new Map<number, number>(cash);
  const add = (shard: number | undefined, amount: number) => {
    const before = shard === undefined ? undefined : limits.get(shard);
    if (shard !== undefined && before !== undefined) limits.set(shard, before + amount);
  };
  for (const { shard, cost, fees } of positions) add(shard, cost + fees);
  for (const { shard, price, remaining } of resting) add(shard, notional(price, remaining));
  return limits as ReadonlyMap<number, number> as ReadonlyMap<number, Usd>;
}

/** What is left in each shard under its limit. */
export function leftInShards(limits: Readonly<Record<string, Usd>>, counters: ReadonlyMap<string, Usd>): ReadonlyMap<number, Usd> {
  return new Map(Object.entries(limits).map(([shard, limit]) => [Number(shard), (limit - (counters.get(`shard:${shard}`) ?? 0)) as Usd]));
}
