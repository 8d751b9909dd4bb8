import type { Marks } from '../../shared/domain/metrics/mark.ts';
import { equityOf, mark } from '../../shared/domain/metrics/mark.ts';
import type { Performance } from '../../shared/domain/metrics/performance.ts';
import { performance } from '../../shared/domain/metrics/performance.ts';
import type { Millis, Usd } from '../../shared/domain/money.ts';
import type { OrderRecord } from '../../shared/domain/order.ts';
import type { Position } from '../../shared/domain/position.ts';
import { equityHistory } from '../../shared/jobs/equity-history.ts';
import { ALL_TRADES, aiCosts, executionsOf, heldBy } from '../../shared/jobs/gather-performance.ts';
import type { HeldMarket } from '../../shared/jobs/held-markets.ts';
import { heldMarkets } from '../../shared/jobs/held-markets.ts';
import type { LedgerHead } from '../../shared/ports/store.ts';
import type { ViewIo } from './view.ts';

/** A position with what was last seen of its market. */
export interface Holding {
  readonly position: Position;
  readonly market: HeldMarket | undefined;
  /** At the bid last seen; undefined without one. */
  readonly value: Usd | undefined;
  /** Value less cost and entry fees. */
  readonly pnl: Usd | undefined;
}

/** A book's money as it was last seen. */
export interface Money {
  readonly head: LedgerHead;
  readonly live: readonly OrderRecord[];
  /** When markets were last looked at; undefined before the first sync. */
  readonly seenAt: Millis | undefined;
  readonly holdings: readonly Holding[];
  readonly marks: Marks;
  /** Undefined before anything was booked, and while a held market has no bid. */
  readonly equity: Usd | undefined;
  readonly cash: Usd | undefined;
}

export async function readMoney({ store, book }: ViewIo): Promise<Money> {
  const [head, live, seen] = await Promise.all([store.ledger.head(book), store.orders.live(book), heldMarkets(store, book)]);
  const { ledger, version } = head;
  const markets = seen?.markets ?? {};
  const marks: Marks = new Map([...ledger.positions.keys()].map((ticker) => [ticker, markets[ticker]?.bid]));
  const holdings = [...ledger.positions.values()].map((position): Holding => {
    const market = markets[position.ticker];
    const value = mark(position, market?.bid);
    return { position, market, value, pnl: value === undefined ? undefined : ((value - position.cost - position.fees) as Usd) };
  });
  const booked = version > 0;
  return {
    ...{ head, live, holdings, marks, seenAt: seen?.at },
    cash: booked ? ledger.cash : undefined,
    equity: booked ? equityOf(ledger, marks) : undefined,
  };
}

/** The figures of the book; undefined before anything was booked. */
export async function readPerformance(io: ViewIo, { head, marks, live }: Money): Promise<Performance | undefined> {
  const { store, book, now, zone } = io;
  if (head.version === 0) return undefined;
  const [trades, executions, equity, costs] = await Promise.all([
    store.ledger.trades(book, ALL_TRADES),
    executionsOf(store, book),
    equityHistory(store, book, now),
    aiCosts(store),
  ]);
  return performance({ now, zone, ledger: head.ledger, marks, trades, executions, equity, held: heldBy(live), costs });
}

/** Why there is no figure yet. */
export const NOTHING_BOOKED = 'nothing booked yet';
