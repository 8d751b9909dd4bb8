import type { Millis, Price, Probability, Side } from './money.ts';

/** A strategy's opinion, in the side held: buy this side at no more than `limit` because it is worth `fair`. */
export interface Signal {
  readonly strategy: string;
  /** Row of the board it was made from. */
  readonly row: number;
  readonly ticker: string;
  readonly side: Side;
  readonly fair: Probability;
  /** Standard error of `fair`; shrinks the stake. */
  readonly standardError: number;
  readonly limit: Price;
  /** Post-only orders make; the rest take. */
  readonly postOnly: boolean;
  readonly reason: string;
  readonly goodUntil: Millis;
  /** Rests on something that real money must not follow: refused outside the paper book. */
  readonly paperOnly?: true;
}
