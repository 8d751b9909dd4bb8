import type { Book } from './book.ts';
import type { FeeTerms } from './fees.ts';
import type { Action, Contracts, Millis, Price, Side, Usd } from './money.ts';

/** Why an order exists. Exits reduce a position and are never blocked by a breaker. */
export type Purpose = 'entry' | 'exit';

/** How long an order lives on the exchange. Limit orders only. */
export type TimeInForce = 'good_till_canceled' | 'immediate_or_cancel' | 'fill_or_kill';

/** What we mean to do, in the side held. Converted to the exchange's YES book only in the broker. */
export interface OrderIntent {
  /** Says which decision this is; one decision, one order. See decisionKey. */
  readonly key: string;
  readonly book: Book;
  readonly strategy: string;
  readonly purpose: Purpose;
  /** Why: the signal's or the exit's reason. */
  readonly reason: string;
  readonly ticker: string;
  readonly event: string;
  readonly series: string;
  readonly category?: string;
  /** The shard whose collateral it uses; unknown is refused where there are shards. */
  readonly shard: number | undefined;
  readonly side: Side;
  readonly action: Action;
  readonly price: Price;
  readonly count: Contracts;
  readonly timeInForce: TimeInForce;
  readonly postOnly: boolean;
  readonly reduceOnly: boolean;
  /** The dead-man: the exchange cancels the order then. */
  readonly expiresAt?: Millis;
  /** Scheduled tick this was decided for, ISO-8601. */
  readonly epoch: string;
  readonly leg: number;
  readonly decidedAt: Millis;
  /** Most the order can cost or lose, fees included: price (or ceiling) × count + fee for a buy, 0 for an exit. */
  readonly risk: Usd;
  /** The fee the engine expects if all fills at the limit at once. */
  readonly feePredicted: Usd;
  /** The terms it was expected on: what each fill should cost. */
  readonly feeTerms?: FeeTerms;
  /** The executable price seen at the decision: the side's ask for a buy, its bid for a sale; absent when there was none. */
  readonly quoted?: Price;
  /** What the market said of itself at the decision, for entries: when that changes, the decision is made afresh. */
  readonly decidedOn?: { readonly rulesHash?: string; readonly closesAt?: Millis };
  /** Fair probability of the side, for entries. */
  readonly fair?: number;
  /** Rests on something that real money must not follow; see the gate's check. */
  readonly paperOnly?: true;
  /** How far and how often it may be re-pegged while it rests; `risk` covers the ceiling. Absent: it rests where it was put. */
  readonly repeg?: RepegBounds;
}

/** What an order's re-pegs stay within, all of them together. */
export interface RepegBounds {
  readonly ceiling: Price;
  readonly times: number;
}

declare const passed: unique symbol;
/** Only the gate makes one, and a broker accepts nothing else. */
export type Approved = OrderIntent & { readonly [passed]: true };

/** A better price for an order of ours that rests: the same order, the same contracts. */
export interface Repeg {
  /** Client order id of the order. */
  readonly id: string;
  readonly book: Book;
  readonly ticker: string;
  readonly from: Price;
  readonly to: Price;
  /** Which of its order's re-pegs this is, from 1. */
  readonly number: number;
  readonly bounds: RepegBounds;
}

/** A re-peg that the gate let through; a broker accepts no other. */
export type ApprovedRepeg = Repeg & { readonly [passed]: true };

/** The parts that make a decision one decision, whoever evaluates it and however often. */
export interface DecisionParts {
  readonly book: Book;
  readonly strategy: string;
  readonly ticker: string;
  readonly side: Side;
  readonly purpose: string;
  readonly epoch: string;
  readonly leg: number;
}

/** Canonical text of a decision; its hash is the client order id. Source: protocol B18. */
export function decisionKey(parts: DecisionParts): string {
  return [parts.book, parts.strategy, parts.ticker, parts.side, parts.purpose, parts.epoch, parts.leg].join('|');
}

/**
 * Life of an order here: reserved (counted, not sent) → sent (written before the socket) → resting | filled |
 * cancelled | rejected, or unknown when the answer was lost. The last four before unknown are final except resting.
 */
export const orderStates = ['reserved', 'sent', 'resting', 'filled', 'cancelled', 'rejected', 'unknown', 'abandoned'] as const;
export type OrderState = (typeof orderStates)[number];

/** States in which an order may still be, or come, alive on the exchange. */
const liveStates = ['reserved', 'sent', 'resting', 'unknown'] as const satisfies readonly OrderState[];

export function isLive(state: OrderState): boolean {
  return (liveStates as readonly OrderState[]).includes(state);
}

/** An intent with what has become of it. `id` is the client order id. */
export interface OrderRecord {
  readonly id: string;
  readonly intent: OrderIntent;
  readonly state: OrderState;
  readonly orderId?: string;
  /** Written before the socket was touched. */
  readonly sentAt?: Millis;
  readonly updatedAt: Millis;
  readonly filled: Contracts;
  /** Money the counters still hold for the part that can yet fill. */
  readonly held: Usd;
  readonly detail?: string;
  /** Fencing token of the lease under which it was reserved. */
  readonly token: number;
  /** Where it rests since it was re-pegged; until then at its intent's price. */
  readonly price?: Price;
  readonly repegs?: Repegs;
  readonly misses?: number;
  readonly firstMissAt?: Millis;
  readonly lastMissAt?: Millis;
}

/** How often an order was re-pegged, whatever came of it. */
export interface Repegs {
  readonly count: number;
  /** When the last was sent: written before the socket was touched. */
  readonly at: Millis;
  /** The price of the last while nobody knows what became of it. */
  readonly pending?: Price;
}

/** Where an order rests, as far as is known. */
export function restingPrice({ intent, price }: Pick<OrderRecord, 'intent' | 'price'>): Price {
  return price ?? intent.price;
}

/** What the exchange said, or that it said nothing. */
export type Receipt =
  | {
      readonly state: 'resting' | 'filled' | 'cancelled';
      readonly orderId: string;
      readonly filled: Contracts;
      readonly at: Millis;
      readonly detail?: string;
      /** Where it rests; absent when that was read too early to show a re-peg that was sent. */
      readonly price?: Price;
    }
  | { readonly state: 'rejected'; readonly code: string; readonly detail: string; readonly fix: string; readonly at: Millis }
  | { readonly state: 'unknown'; readonly detail: string; readonly at: Millis };
