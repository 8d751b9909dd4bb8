import type { Board } from '../board.ts';
import { ACTIVE, heldQuote } from '../board.ts';
import type { Counters } from '../counters.ts';
import { countersOf, heldByOrders } from '../counters.ts';
import type { Account, FeeTerms } from '../fees.ts';
import { chargeFee } from '../fees.ts';
import type { Ledger, LedgerEntry } from '../ledger.ts';
import { emptyLedger, post } from '../ledger.ts';
import type { MarketOutcome } from '../market.ts';
import type { Contracts, Millis, Usd } from '../money.ts';
import type { Approved, ApprovedRepeg, OrderRecord, Repegs } from '../order.ts';
import type { PaperFill } from '../paper/paper-fill.ts';
import { crosses, makerFill, takerFill } from '../paper/paper-fill.ts';
import type { Trade } from '../position.ts';

/** An order that waits for its price. It fills whole or not at all, so nothing of it is ever half done. */
interface Resting {
  readonly id: string;
  readonly order: Approved;
  readonly fee: FeeTerms;
  /** Since when it rests at its price. */
  readonly placedAt: Millis;
  readonly repegs?: Repegs;
}

/** Trades that decisions look back on, as many as are read of a stored book. */
const TRADES = 500;

/** Paper money of one book in memory: what rests, what fills by the rules of paper fills, what the ledger makes of it. */
export class PaperBook {
  ledger: Ledger = emptyLedger;
  /** Newest first, and no more than decisions look back on. */
  trades: readonly Trade[] = [];
  live: readonly OrderRecord[] = [];
  /** Markets it is in. */
  markets = 0;
  closed = 0;
  /** Changes with every change of what is held or rests. */
  version = 0;
  fills = 0;
  /** Everything booked, in booking order. */
  readonly entries: LedgerEntry[] = [];
  readonly #account: Account;
  readonly #resting = new Map<string, Resting>();
  #orders = 0;
  #counters: Counters = { held: new Map(), version: 0 };

  constructor(account: Account, cash: Usd, at: Millis) {
    this.#account = account;
    this.#book({ kind: 'deposit', id: 'deposit', at, amount: cash });
  }

  /** Money at risk: what positions cost and what resting orders may cost. */
  get counters(): Counters {
    if (this.#counters.version !== this.version) this.#counters = { held: this.#heldMoney(), version: this.version };
    return this.#counters;
  }

  #heldMoney(): Counters['held'] {
    const held = new Map(heldByOrders(this.live));
    for (const position of this.ledger.positions.values()) {
      for (const name of countersOf(position)) held.set(name, ((held.get(name) ?? 0) + position.cost + position.fees) as Usd);
    }
    return held;
  }

  /** Markets where something is held or rests, with repeats. */
  *tickers(): Iterable<string> {
    yield* this.ledger.positions.keys();
    yield* this.#resting.keys();
  }

  /** The order that rests in a market. */
  restingIn(ticker: string): Approved | undefined {
    return this.#resting.get(ticker)?.order;
  }

  /** Looks whether the market's new quote ends its resting order: lapsed, or traded through. */
  match(board: Board, row: number): void {
    const resting = this.#resting.get(board.ticker[row] ?? '');
    if (resting === undefined) return;
    const { order, placedAt } = resting;
    if (order.expiresAt !== undefined && board.at > order.expiresAt) this.cancel(order.ticker);
    else if (board.status[row] === ACTIVE) {
      const fill = makerFill({ ...order, placedAt }, heldQuote(board, row, order.side));
      if (fill) this.#fill(resting, fill, board.at);
    }
  }

  /** Sends an order to paper: a taker takes what is quoted, the rest of it rests or ends as the order says. */
  place(board: Board, row: number, order: Approved): void {
    const { fee } = board.terms(row);
    const quote = heldQuote(board, row, order.side);
    if (fee === undefined || (order.postOnly && crosses(order, quote))) return;
    this.#orders += 1;
    const placed: Resting = { id: `paper-${this.#orders}`, order, fee, placedAt: board.at };
    const taken = order.postOnly ? undefined : takerFill(order, quote, !board.lacks.has('depth'));
    if (taken) this.#fill(placed, taken, board.at);
    else if (order.timeInForce === 'good_till_canceled') {
      this.#resting.set(order.ticker, placed);
      this.#recount();
    }
  }

  /** Another price for what rests in a market, at the back of its queue; it must not take. */
  amend(board: Board, row: number, { ticker, to, number }: ApprovedRepeg): void {
    const resting = this.#resting.get(ticker);
    if (resting === undefined) return;
    const order = { ...resting.order, price: to };
    const at = board.at;
    const repriced = crosses(order, heldQuote(board, row, order.side)) ? {} : { order, placedAt: at };
    this.#resting.set(ticker, { ...resting, ...repriced, repegs: { count: number, at } });
    this.#recount();
  }

  cancel(ticker: string): void {
    if (this.#resting.delete(ticker)) this.#recount();
  }

  cancelAll(): void {
    this.#resting.clear();
    this.#recount();
  }

  /** Pays out what is held of a market that has ended. */
  settle({ ticker, yesValue }: MarketOutcome, at: Millis): void {
    this.cancel(ticker);
    if (this.ledger.positions.has(ticker)) this.#book({ kind: 'settlement', id: `settled-${ticker}`, at, ticker, yesValue });
  }

  #fill({ id, order, fee: terms }: Resting, { price, count, role }: PaperFill, at: Millis): void {
    const { ticker, event, category, shard, side, action, feePredicted, strategy } = order;
    const { fee } = chargeFee({ count, price, role, action, account: this.#account, terms, at });
    this.#resting.delete(ticker);
    this.fills += 1;
    this.#book({
      kind: 'fill',
      id: `${id}-fill`,
      book: order.book,
      at,
      orderId: id,
      ticker,
      event,
      side,
      action,
      price,
      count,
      fee,
      feePredicted,
      role,
      ...(category === undefined ? {} : { category }),
      ...(shard === undefined ? {} : { shard }),
      origin: { intent: id, strategy, purpose: order.purpose === 'entry' ? 'entry' : order.reason },
    });
  }

  #book(entry: LedgerEntry): void {
    const { ledger, closed } = post(this.ledger, entry);
    this.ledger = ledger;
    this.entries.push(entry);
    for (const trade of closed) {
      this.closed += 1;
      this.trades = [trade, ...this.trades.slice(0, TRADES - 1)];
    }
    this.#recount();
  }

  #recount(): void {
    this.live = [...this.#resting.values()].map(recordOf);
    this.markets = new Set(this.tickers()).size;
    this.version += 1;
  }
}

/** The order as stored orders are told of; its intent has the price where it rests. */
function recordOf({ id, order, placedAt, repegs }: Resting): OrderRecord {
  return {
    id,
    intent: order,
    state: 'resting',
    orderId: id,
    updatedAt: placedAt,
    token: 0,
    filled: 0 as Contracts,
    held: order.risk,
    ...(repegs === undefined ? {} : { repegs }),
  };
}
