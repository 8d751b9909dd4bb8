import type { ExchangeStatus } from '../ports/exchange.ts';

/** Whether a shard trades. Where the exchange lists none, its own word counts; one it does not list is unknown. */
export function shardTrades({ shards, tradingActive }: ExchangeStatus, shard: number | undefined): boolean | undefined {
  if (shards.size === 0) return tradingActive;
  return shard === undefined ? undefined : shards.get(shard)?.tradingActive;
}
