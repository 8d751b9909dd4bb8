import type { Board } from '../domain/board.ts';
import type { Book } from '../domain/book.ts';
import { dayStart } from '../domain/et-day.ts';
import type { Cost, Execution, PerformanceInput } from '../domain/metrics/performance-input.ts';
import type { Millis, Usd } from '../domain/money.ts';
import type { OrderRecord } from '../domain/order.ts';
import type { Clock } from '../ports/clock.ts';
import type { MarketData } from '../ports/exchange.ts';
import type { Store } from '../ports/store.ts';
import type { Purse } from './ai-budget.ts';
import { SPEND } from './ai-budget.ts';
import { emptyBoard } from './book-facts.ts';
import { equityHistory } from './equity-history.ts';
import { lookAtHoldings } from './look-at-holdings.ts';

export interface PerformanceIo {
  readonly store: Pick<Store, 'ledger' | 'orders' | 'records'>;
  readonly market: Pick<MarketData, 'quotes'>;
  readonly clock: Clock;
  /** Zone whose days count. */
  readonly zone: string;
}

/** Closed trades there can be; a book that reaches it has its oldest ones left out. */
export const ALL_TRADES = 100_000;

/** Reads all that a book's performance is computed from; positions are marked at the quotes of now, or the last ones. */
export async function gatherPerformance(io: PerformanceIo, book: Book): Promise<PerformanceInput> {
  const { store, clock, zone } = io;
  const now = clock.now();
  const [{ ledger }, trades, executions, equity, live, costs] = await Promise.all([
    store.ledger.head(book),
    store.ledger.trades(book, ALL_TRADES),
    executionsOf(store, book),
    equityHistory(store, book, now),
    store.orders.live(book),
    aiCosts(store),
  ]);
  const { marks } = await lookAtHoldings(io, book, ledger, now);
  return { now, zone, ledger, marks, trades, executions, equity, held: heldBy(live), costs };
}

/** Quotes of some markets; nothing is asked where nothing is held. */
export async function quotesOf(market: Pick<MarketData, 'quotes'>, tickers: readonly string[], now: Millis): Promise<Board> {
  return tickers.length === 0 ? emptyBoard(now) : market.quotes(tickers);
}

/** What live orders may still cost. */
export function heldBy(live: readonly OrderRecord[]): Usd {
  return live.reduce((sum, { held }) => sum + held, 0) as Usd;
}

/** Every fill of a book with the quote it was decided on. */
export async function executionsOf({ ledger }: Pick<Store, 'ledger'>, book: Book): Promise<readonly Execution[]> {
  const executions: Execution[] = [];
  for await (const entry of ledger.entries(book)) if (entry.kind === 'fill') executions.push({ fill: entry, quoted: entry.quoted });
  return executions;
}

/** What models cost, a figure a day; a day without a call has none. What simulated ones cost is asked for by its own purse. */
export async function aiCosts({ records }: Pick<Store, 'records'>, purse: Purse = SPEND): Promise<readonly Cost[]> {
  const days = await records.list(purse, { from: 'day|', to: 'day|~' });
  return days.map(({ key, body }) => ({ at: dayStart(key.slice('day|'.length)), kind: 'ai', amount: body as Usd }));
}
