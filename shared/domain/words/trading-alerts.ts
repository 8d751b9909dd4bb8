import type { Breaker } from '../breaker.ts';
import type { Millis, Usd } from '../money.ts';
import type { Alert, Moment } from './alert.ts';
import { alertOf, marketName } from './alert.ts';
import { ageText, dollars, plural } from './amounts.ts';

export function tradingHalted(moment: Moment, breaker: Breaker, left: { readonly cancelled: number; readonly positions: number }): Alert {
  return alertOf(moment, {
    type: 'CRITICAL',
    kind: 'breaker',
    headline: 'TRADING HALTED',
    subject: `trading halted, ${limitAside(why(breaker))}`,
    happened: why(breaker),
    done: `${plural(left.cancelled, 'order')} cancelled, ${plural(left.positions, 'position')} open`,
    advice: 'Open: pilot status. Resume: pilot resume',
    commands: ['pilot status', 'pilot resume --reason TEXT'],
    values: { Why: why(breaker), 'Orders cancelled': left.cancelled, 'Positions open': left.positions, 'Halted by': breaker.by },
    restored: 'Trading is on again.',
  });
}

export function buysPaused(moment: Moment, breaker: Breaker): Alert {
  const byHand = breaker.cause === 'paused-by-hand';
  return alertOf(moment, {
    type: 'WARNING',
    kind: 'breaker',
    headline: 'NEW BUYS PAUSED',
    subject: `new buys paused, ${limitAside(why(breaker))}`,
    happened: why(breaker),
    done: 'Exits and cancels still run',
    advice: byHand ? 'Resume: pilot resume' : 'One clean sync resumes. See: pilot status',
    commands: byHand ? ['pilot status', 'pilot resume --reason TEXT'] : ['pilot status', 'pilot jobs'],
    values: { Why: why(breaker), 'Paused by': breaker.by },
    restored: 'New buys on again.',
  });
}

export function tradingResumed(
  moment: Moment,
  resumed: { readonly by: string; readonly reason: string; readonly stoppedAt: Millis },
): Alert {
  const down = ageText(moment.at - resumed.stoppedAt);
  return alertOf(moment, {
    type: 'RESOLVED',
    kind: 'breaker',
    headline: 'RESOLVED trading resumed',
    subject: `trading resumed by ${resumed.by}`,
    happened: `By ${resumed.by}: ${resumed.reason}`,
    done: `Trading is on again. Down ${down}`,
    advice: '',
    commands: ['pilot status'],
    values: { 'Resumed by': resumed.by, Reason: resumed.reason, Down: down },
  });
}

export interface Emergency {
  readonly reason: string;
  readonly cancelled: number;
  readonly orders: number;
  readonly positions: number;
  /** What flattening brought, if it was asked for. */
  readonly flattened?: { readonly closed: number; readonly proceeds: Usd | undefined };
}

export function emergencyStop(moment: Moment, { reason, cancelled, orders, positions, flattened }: Emergency): Alert {
  const sold = flattened
    ? `${flattened.closed} of ${plural(positions, 'position')} sold for ${dollars(flattened.proceeds)}`
    : `${plural(positions, 'position')} kept`;
  return alertOf(moment, {
    type: 'CRITICAL',
    kind: 'emergency',
    headline: 'EMERGENCY STOP',
    subject: `emergency stop, ${cancelled} of ${plural(orders, 'order')} cancelled`,
    happened: `Asked for: ${reason}`,
    done: `${cancelled} of ${plural(orders, 'order')} cancelled, ${sold}`,
    advice: 'Resume: pilot resume',
    commands: ['pilot status', 'pilot report --latest', 'pilot resume --reason TEXT'],
    values: { Reason: reason, 'Orders cancelled': `${cancelled} of ${orders}`, Positions: sold },
  });
}

export function orderRejected(moment: Moment, order: OrderWords & { readonly code: string; readonly fix: string }): Alert {
  return alertOf(moment, {
    type: 'WARNING',
    kind: 'order-rejected',
    subjectOf: order.ticker,
    headline: `ORDER REJECTED ${order.code}`,
    subject: `order rejected, ${order.code}, ${order.ticker}`,
    happened: `${order.what} in ${marketName(order.ticker, order.title)}`,
    done: 'Not sent again',
    advice: `Fix: ${order.fix}`,
    steps: [order.fix],
    commands: [`pilot why ${order.id}`],
    values: { Market: order.ticker, Order: order.what, Code: order.code },
  });
}

export function orderUnknown(moment: Moment, order: OrderWords & { readonly sentAt: Millis }): Alert {
  const age = ageText(moment.at - order.sentAt);
  return alertOf(moment, {
    type: 'CRITICAL',
    kind: 'order-unknown',
    subjectOf: order.id,
    headline: `ORDER UNKNOWN ${age}`,
    subject: `order unknown for ${age}, ${order.ticker}`,
    happened: `No answer to ${order.what} in ${marketName(order.ticker, order.title)}`,
    done: 'Not sent again, its money stays reserved, sync keeps looking',
    advice: 'See: pilot why',
    commands: [`pilot why ${order.id}`, 'pilot run sync'],
    values: { Market: order.ticker, Order: order.what, 'Sent before': age },
    restored: 'The exchange has said what became of it.',
  });
}

/** `what` is the order in words: `buy 20 YES at 52¢`. */
export interface OrderWords {
  readonly id: string;
  readonly ticker: string;
  readonly title?: string;
  readonly what: string;
}

export function strategyDemoted(
  moment: Moment,
  demoted: { readonly strategy: string; readonly from: string; readonly to: string; readonly why: string },
): Alert {
  const { strategy, from, to, why: reason } = demoted;
  return alertOf(moment, {
    type: 'WARNING',
    kind: 'strategy-demoted',
    subjectOf: strategy,
    headline: `STRATEGY DEMOTED ${strategy}`,
    subject: `strategy ${strategy} demoted from ${from} to ${to}`,
    happened: reason,
    done: `${strategy} now trades ${to}, no longer ${from}`,
    advice: 'See: pilot strategies',
    commands: ['pilot strategies', 'pilot pnl --by strategy'],
    values: { Strategy: strategy, Before: from, Now: to },
  });
}

/** The numbers that stopped it, as the breaker recorded them. */
function why({ cause, detail }: Breaker): string {
  return detail ?? cause ?? 'by hand';
}

/** `day loss -$8.40 reached limit -$8.00` as a subject says it: `day loss -$8.40 (limit -$8.00)`. */
function limitAside(detail: string): string {
  return detail.replace(/(?: reached|,) limit ([^,;]+)$/, ' (limit $1)');
}
