import type { Fill } from './fill.ts';
import type { Contracts, Millis, Price, Side, Usd } from './money.ts';

/** What the fills of one market in one book add up to. YES and NO net, as on the exchange. */
export interface Position {
  readonly ticker: string;
  readonly event: string;
  readonly category?: string;
  readonly shard?: number;
  readonly strategy?: string;
  /** The intent that opened it; absent for a trade made by hand. */
  readonly intent?: string;
  readonly side: Side;
  /** Always positive. */
  readonly count: Contracts;
  /** What the contracts still held cost, without fees. */
  readonly cost: Usd;
  /** Entry fees of the contracts still held. */
  readonly fees: Usd;
  readonly openedAt: Millis;
  /** Sold so far of this position: the trade is closed when nothing is left. */
  readonly sold: { readonly count: Contracts; readonly cost: Usd; readonly proceeds: Usd; readonly fees: Usd };
}

const ZERO = 0 as Usd;

/** A position that has come to an end. All money is of the whole round trip. */
export interface Trade {
  readonly ticker: string;
  readonly event: string;
  readonly category?: string;
  readonly strategy?: string;
  readonly intent?: string;
  readonly side: Side;
  readonly count: Contracts;
  readonly cost: Usd;
  readonly proceeds: Usd;
  readonly fees: Usd;
  /** proceeds − cost − fees. */
  readonly pnl: Usd;
  readonly openedAt: Millis;
  readonly closedAt: Millis;
  /** `settled`, or the exit's reason. */
  readonly exit: string;
}

/** Average price paid, rounded to ten-thousandths; for display and exits, never for booking. */
export function entryPrice(position: Position): Price {
  return Math.round(position.cost / position.count) as Price;
}

/** What a first fill opens. */
export function openPosition(fill: Fill, side: Side, cost: Usd): Position {
  return {
    ticker: fill.ticker,
    event: fill.event,
    ...(fill.category === undefined ? {} : { category: fill.category }),
    ...(fill.shard === undefined ? {} : { shard: fill.shard }),
    ...(fill.origin === undefined ? {} : { strategy: fill.origin.strategy, intent: fill.origin.intent }),
    side,
    count: fill.count,
    cost,
    fees: fill.fee,
    openedAt: fill.at,
    sold: { count: 0 as Contracts, cost: ZERO, proceeds: ZERO, fees: ZERO },
  };
}
