import type { Book } from './book.ts';
import type { Action, Contracts, Millis, Price, Role, Side, Usd } from './money.ts';

/** A fact from the exchange, never edited. Prices are of the side traded. */
export interface Fill {
  readonly id: string;
  readonly book: Book;
  readonly at: Millis;
  readonly orderId: string;
  readonly ticker: string;
  readonly event: string;
  readonly side: Side;
  readonly action: Action;
  readonly price: Price;
  readonly count: Contracts;
  /** Net fee as charged, micro-dollars. */
  readonly fee: Usd;
  /** What the fee engine expected before the fill, when it could know. */
  readonly feePredicted?: Usd;
  /** The executable price that was seen when it was decided: the ask of a buy, the bid of a sale. */
  readonly quoted?: Price;
  readonly role: Role;
  readonly shard?: number;
  readonly category?: string;
  /** Absent for a trade made by hand: nothing of ours sent it. */
  readonly origin?: FillOrigin;
}

/** The order intent that a fill came from. */
export interface FillOrigin {
  readonly intent: string;
  readonly strategy: string;
  /** `entry`, or the reason of the exit. */
  readonly purpose: string;
}
