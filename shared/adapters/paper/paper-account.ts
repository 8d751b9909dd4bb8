import type { FeeTerms } from '../../domain/fees.ts';
import type { Contracts, Millis, Side, Usd } from '../../domain/money.ts';
import { notional } from '../../domain/money.ts';
import type { OrderIntent } from '../../domain/order.ts';
import type { ExchangeFill, ExchangeOrder, ExchangeSettlement } from '../../ports/exchange.ts';

/** A paper order that rests, with the fee rounding it has gathered. */
export interface PaperOrder {
  readonly id: string;
  readonly orderId: string;
  readonly intent: OrderIntent;
  readonly remaining: Contracts;
  readonly filled: Contracts;
  readonly placedAt: Millis;
  readonly rounding: Usd;
  readonly fee: FeeTerms;
}

/** An order that has ended, kept for a while so that sync can learn how. */
export interface EndedOrder {
  readonly id: string;
  readonly orderId: string;
  readonly ticker: string;
  readonly side: Side;
  readonly price: number;
  readonly filled: Contracts;
  readonly status: 'canceled' | 'executed';
  readonly placedAt: Millis;
  readonly endedAt: Millis;
}

/**
 * The whole paper account in one record, so that every change of it is one atomic swap: cash, resting orders, signed
 * positions, and what has happened lately.
 */
export interface PaperAccount {
  readonly cash: Usd;
  readonly nextId: number;
  readonly deposits: readonly { readonly id: string; readonly at: Millis; readonly amount: Usd }[];
  readonly resting: readonly PaperOrder[];
  readonly ended: readonly EndedOrder[];
  /** YES contracts, negative for NO, by ticker. */
  readonly positions: Readonly<Record<string, number>>;
  readonly fills: readonly ExchangeFill[];
  readonly settlements: readonly ExchangeSettlement[];
}

/** How long ended orders, fills and settlements stay readable; sync books them within minutes. */
const KEPT: Millis = 3 * 86_400_000;

export function openAccount(cash: Usd, at: Millis): PaperAccount {
  return {
    cash,
    nextId: 1,
    deposits: [{ id: 'paper-start', at, amount: cash }],
    resting: [],
    ended: [],
    positions: {},
    fills: [],
    settlements: [],
  };
}

/** Money that resting buys could still cost at their limits. */
export function spokenFor(account: PaperAccount): Usd {
  return account.resting.reduce(
    (sum, { intent, remaining }) => (intent.action === 'buy' ? sum + notional(intent.price, remaining) : sum),
    0,
  ) as Usd;
}

/** How much of a side is held. */
export function heldOf({ positions }: PaperAccount, { ticker, side }: Pick<OrderIntent, 'ticker' | 'side'>): Contracts {
  const yes = positions[ticker] ?? 0;
  return Math.max(0, side === 'yes' ? yes : -yes) as Contracts;
}

/** Cash and position after a fill. */
export function withFill(account: PaperAccount, fill: ExchangeFill): PaperAccount {
  const value = notional(fill.price, fill.count);
  const signed = (fill.action === 'buy') === (fill.side === 'yes') ? fill.count : -fill.count;
  const before = account.positions[fill.ticker] ?? 0;
  const paired = before * signed < 0 && fill.action === 'buy' ? Math.min(Math.abs(before), fill.count) : 0;
  const cash = account.cash + (fill.action === 'buy' ? -value : value) - fill.fee + paired * 10_000;
  return {
    ...account,
    cash: cash as Usd,
    positions: setPosition(account.positions, fill.ticker, before + signed),
    fills: [...account.fills, fill],
  };
}

/** A settled market pays its holders and is no longer a position. */
export function withSettlement(account: PaperAccount, settlement: ExchangeSettlement): PaperAccount {
  return {
    ...account,
    cash: (account.cash + settlement.revenue) as Usd,
    positions: setPosition(account.positions, settlement.ticker, 0),
    settlements: [...account.settlements, settlement],
  };
}

/** Takes a resting order off the book. */
export function withEnded(account: PaperAccount, order: PaperOrder, status: EndedOrder['status'], at: Millis): PaperAccount {
  const { id, orderId, intent, filled, placedAt } = order;
  const ended: EndedOrder = {
    id,
    orderId,
    ticker: intent.ticker,
    side: intent.side,
    price: intent.price,
    filled,
    status,
    placedAt,
    endedAt: at,
  };
  return { ...account, resting: account.resting.filter((other) => other.id !== id), ended: [...account.ended, ended] };
}

/** Forgets what was long ago; the ledger has it. */
export function trimmed(account: PaperAccount, now: Millis): PaperAccount {
  const since = now - KEPT;
  return {
    ...account,
    ended: account.ended.filter(({ endedAt }) => endedAt >= since),
    fills: account.fills.filter(({ at }) => at >= since),
    settlements: account.settlements.filter(({ at }) => at >= since),
  };
}

/** Orders as an exchange lists them. */
export function listOrders(account: PaperAccount, ticker: string | undefined, restingOnly: boolean): readonly ExchangeOrder[] {
  const resting: ExchangeOrder[] = account.resting.map(({ id, orderId, intent, remaining, filled, placedAt }) => ({
    orderId,
    clientOrderId: id,
    ticker: intent.ticker,
    side: intent.side,
    status: 'resting',
    price: intent.price,
    filled,
    remaining,
    createdAt: placedAt,
  }));
  const ended: ExchangeOrder[] = account.ended.map(({ id, orderId, ticker: market, side, price, filled, status, placedAt }) => ({
    orderId,
    clientOrderId: id,
    ticker: market,
    side,
    status,
    price: price as ExchangeOrder['price'],
    filled,
    remaining: 0 as Contracts,
    createdAt: placedAt,
  }));
  return [...resting, ...(restingOnly ? [] : ended)].filter((order) => ticker === undefined || order.ticker === ticker);
}

function setPosition(positions: Readonly<Record<string, number>>, ticker: string, count: number): Readonly<Record<string, number>> {
  const { [ticker]: _, ...others } = positions;
  return count === 0 ? others : { ...others, [ticker]: count };
}
