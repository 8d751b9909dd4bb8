import type { Book } from '../book.ts';
import type { TradingState } from '../breaker.ts';
import { countersOf, raise } from '../counters.ts';
import type { Contracts, Millis, Usd } from '../money.ts';
import type { OrderRecord } from '../order.ts';
import type { Position } from '../position.ts';
import type { RiskLimits } from './limits.ts';
import type { Lock } from './protections.ts';

/** One book at the moment of a decision. Approvals change it, so that each counts against the next. */
export interface BookView {
  readonly book: Book;
  readonly state: TradingState;
  readonly stateReason?: string;
  readonly cash: Usd;
  /** Cash by shard; undefined where the source has no shards. */
  readonly shardCash: ReadonlyMap<number, Usd> | undefined;
  /** Cash + executable bids, a vanished bid counting nothing: a lower bound, never a guess. */
  readonly equityFloor: Usd;
  /** Share of the peak lost, deposits taken out; undefined without an equity history. */
  readonly drawdown: number | undefined;
  /** Realised and unrealised since the ET day began; undefined when the day's start is not known. */
  readonly dayPnl: Usd | undefined;
  /** Losing trades in a row, newest first. */
  readonly losingStreak: number;
  readonly positions: ReadonlyMap<string, Position>;
  /** Money at risk by counter: positions + resting + just approved. */
  readonly exposure: ReadonlyMap<string, Usd>;
  /** Markets with an order that is or may come alive. */
  readonly busy: ReadonlySet<string>;
  /** Entries that rest, by market. */
  readonly resting: ReadonlyMap<string, OrderRecord>;
  readonly locks: readonly Lock[];
  readonly at: Millis;
}

/** What a book's own losses are judged by. */
export type Standing = Pick<BookView, 'equityFloor' | 'drawdown' | 'dayPnl' | 'losingStreak'>;

/** The book after one more approval: its money is spoken for and its market busy. */
export function withApproval(
  view: BookView,
  order: {
    readonly ticker: string;
    readonly event: string;
    readonly category?: string;
    readonly shard: number | undefined;
    readonly risk: Usd;
  },
): BookView {
  const exposure = raise(view.exposure, countersOf(order), order.risk);
  const shardCash = view.shardCash && new Map([...view.shardCash].map(([shard, cash]) => [shard, lessIn(shard, cash, order)]));
  return { ...view, cash: (view.cash - order.risk) as Usd, shardCash, exposure, busy: new Set(view.busy).add(order.ticker) };
}

function lessIn(shard: number, cash: Usd, order: { readonly shard: number | undefined; readonly risk: Usd }): Usd {
  return (shard === order.shard ? cash - order.risk : cash) as Usd;
}

/** Markets that the book is in: held, or with an order that is or may come alive. */
export function marketsIn({ positions, busy }: Pick<BookView, 'positions' | 'busy'>): number {
  let count = positions.size;
  for (const ticker of busy) if (!positions.has(ticker)) count += 1;
  return count;
}

/** Contracts held of a market, on whichever side. */
export function heldCount(view: BookView, ticker: string): Contracts {
  return view.positions.get(ticker)?.count ?? (0 as Contracts);
}

/** What shares are of: equity at executable bids, but at most the capital limit. */
export function bankrollOf(book: BookView, limits: RiskLimits): Usd {
  return Math.max(0, Math.min(book.equityFloor, limits.capitalMax ?? book.equityFloor)) as Usd;
}
