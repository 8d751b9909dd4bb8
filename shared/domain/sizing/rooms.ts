import type { BoardColumn } from '../board.ts';
import type { Usd } from '../money.ts';
import type { BookView } from '../risk/book-view.ts';
import { bankrollOf } from '../risk/book-view.ts';
import type { RiskLimits } from '../risk/limits.ts';

interface Market {
  readonly ticker: string;
  readonly event: string;
  readonly category: string | undefined;
  readonly shard: number | undefined;
}

/** Dollars left under each money cap; undefined where a cap does not apply, nothing where its fact is unknown. */
export function roomsOf(
  view: BookView,
  limits: RiskLimits,
  market: Market,
  lacks: ReadonlySet<BoardColumn>,
): Readonly<Record<string, Usd | undefined>> {
  const bankroll = bankrollOf(view, limits);
  const left = (counter: string, cap: number) => Math.max(0, Math.floor(cap) - (view.exposure.get(counter) ?? 0)) as Usd;
  const byCategory = market.category === undefined ? (0 as Usd) : left(`category:${market.category}`, limits.perCategory * bankroll);
  const inShard = market.shard === undefined ? undefined : view.shardCash?.get(market.shard);
  return {
    cash: Math.max(0, Math.floor(view.cash - limits.cashReserve * bankroll)) as Usd,
    market: left(`market:${market.ticker}`, limits.perMarket * bankroll),
    event: left(`event:${market.event}`, limits.perEvent * bankroll),
    category: lacks.has('category') ? undefined : byCategory,
    total: limits.capitalMax === undefined ? undefined : left('total', limits.capitalMax),
    order: limits.maxOrder,
    shard: lacks.has('shard') || view.shardCash === undefined ? undefined : (Math.max(0, inShard ?? 0) as Usd),
  };
}
