import type { Board } from '../board.ts';
import { ACTIVE, heldBid } from '../board.ts';
import type { Book } from '../book.ts';
import type { Breaker } from '../breaker.ts';
import type { Counters } from '../counters.ts';
import type { Watch } from '../exits/exit-rules.ts';
import { watchKey } from '../exits/exit-rules.ts';
import type { Ledger } from '../ledger.ts';
import type { Marks } from '../metrics/mark.ts';
import type { Millis, Price, Usd } from '../money.ts';
import { notional } from '../money.ts';
import type { OrderRecord } from '../order.ts';
import type { Trade } from '../position.ts';
import type { BookView, Standing } from './book-view.ts';
import type { ProtectionSettings } from './protections.ts';
import { locksAt } from './protections.ts';

/** What is stored of a book, read together. */
export interface BookFacts {
  readonly book: Book;
  readonly ledger: Ledger;
  /** Highest profit seen (equity less deposits); undefined before the first equity point. */
  readonly peak: Usd | undefined;
  /** Profit when the ET day began; undefined when it was not recorded. */
  readonly dayStart: Usd | undefined;
  readonly breaker: Breaker;
  readonly live: readonly OrderRecord[];
  readonly counters: Counters;
  /** Newest first. */
  readonly trades: readonly Trade[];
  readonly watches: ReadonlyMap<string, Watch>;
  /** What is left in each shard for new orders; undefined where the source has no shards. */
  readonly shardCash: ReadonlyMap<number, Usd> | undefined;
}

/** Best bid of each held side on this board; absent markets and vanished bids have none. */
export function marksOf(ledger: Ledger, board: Board): Marks {
  const marks = new Map<string, Price | undefined>();
  for (const { ticker, side } of ledger.positions.values()) {
    const row = board.rowOf(ticker);
    marks.set(ticker, row === undefined || board.status[row] !== ACTIVE ? undefined : heldBid(board, row, side));
  }
  return marks;
}

/**
 * Cash plus what could be had for every position: its bid; nothing where an active market has no bid; the last bid seen
 * where the market no longer trades, as it waits for its result. A lower bound, not an estimate.
 */
export function equityFloorOf({ book, ledger, watches }: Pick<BookFacts, 'book' | 'ledger' | 'watches'>, board: Board): Usd {
  let total: number = ledger.cash;
  for (const { ticker, side, count } of ledger.positions.values()) {
    const row = board.rowOf(ticker);
    const trades = row !== undefined && board.status[row] === ACTIVE;
    const bid = trades ? heldBid(board, row, side) : watches.get(watchKey(book, ticker))?.lastBid;
    total += bid === undefined ? 0 : notional(bid, count);
  }
  return total as Usd;
}

/** A book as decisions see it, at the board's time. */
export function makeBookView(facts: BookFacts, board: Board, protections: ProtectionSettings): BookView {
  const { book, ledger, breaker, live, trades } = facts;
  const spoken = live.reduce((sum, { held }) => sum + held, 0);
  return {
    book,
    state: breaker.state,
    ...(breaker.detail === undefined ? {} : { stateReason: breaker.detail }),
    cash: (ledger.cash - spoken) as Usd,
    shardCash: facts.shardCash,
    ...standingOf(facts, board),
    positions: ledger.positions,
    exposure: facts.counters.held,
    busy: new Set(live.map(({ intent }) => intent.ticker)),
    resting: restingEntries(live),
    locks: locksAt(trades, board.at, protections),
    at: board.at,
  };
}

function restingEntries(live: readonly OrderRecord[]): ReadonlyMap<string, OrderRecord> {
  return new Map(
    live.flatMap((record) => (record.state === 'resting' && record.intent.purpose === 'entry' ? [[record.intent.ticker, record]] : [])),
  );
}

/** How a book stands: what its own losses are judged by. */
export function standingOf(facts: BookFacts, board: Board): Standing {
  const { ledger, peak, dayStart, trades, breaker } = facts;
  const equityFloor = equityFloorOf(facts, board);
  const profit = equityFloor - ledger.deposits;
  return {
    equityFloor,
    drawdown: drawdownOf(profit, peak, ledger.deposits),
    dayPnl: dayStart === undefined ? undefined : ((profit - dayStart) as Usd),
    losingStreak: streakOf(trades, breaker.resumedAt ?? 0),
  };
}

/** Share of the best equity lost, with today's deposits in both: money moved in or out is neither gain nor loss. */
export function drawdownOf(profit: number, peak: Usd | undefined, deposits: Usd): number | undefined {
  if (peak === undefined || deposits + peak <= 0) return undefined;
  return Math.max(0, (peak - profit) / (deposits + peak));
}

/** Losing trades of ours in a row, newest first, closed after a person last resumed. What a person trades is no streak of ours. */
function streakOf(trades: readonly Trade[], after: Millis): number {
  let streak = 0;
  for (const { pnl, closedAt, strategy } of trades) {
    if (closedAt <= after) break;
    if (strategy === undefined) continue;
    if (pnl >= 0) break;
    streak += 1;
  }
  return streak;
}
