import type { Board } from '../domain/board.ts';
import { heldQuote } from '../domain/board.ts';
import type { Book } from '../domain/book.ts';
import { flattenIntent } from '../domain/intents.ts';
import { marketStatuses } from '../domain/market.ts';
import type { Price, Usd } from '../domain/money.ts';
import { notional } from '../domain/money.ts';
import type { Position } from '../domain/position.ts';
import { handPart, ownPart } from '../domain/position.ts';
import type { BookView } from '../domain/risk/book-view.ts';
import { gate } from '../domain/risk/gate.ts';
import type { RiskLimits } from '../domain/risk/limits.ts';
import { makeBookView } from '../domain/risk/make-book-view.ts';
import type { ProtectionSettings } from '../domain/risk/protections.ts';
import type { Broker } from '../ports/broker.ts';
import type { MarketData } from '../ports/exchange.ts';
import type { Lease } from '../ports/store.ts';
import { emptyBoard, loadBookFacts } from './book-facts.ts';
import { cancelOrder } from './cancel-orders.ts';
import type { ControlIo } from './control.ts';
import type { Executed } from './execute.ts';
import { execute, LEASE_MS, tradeLease } from './execute.ts';

export interface FlattenIo extends ControlIo {
  readonly market: Pick<MarketData, 'quotes'>;
  readonly limits: RiskLimits;
  readonly protections: ProtectionSettings;
  shardOpen(shard: number | undefined): boolean | undefined;
}

/** What selling everything of ours would bring, at the bids seen. Positions made by hand are not touched. */
export interface FlattenPlan {
  readonly positions: readonly {
    readonly ticker: string;
    readonly cost: Usd;
    readonly bid: Price | undefined;
    readonly proceeds: Usd | undefined;
  }[];
  /** Proceeds less cost and entry fees of those that have a bid, before exit fees. */
  readonly profit: Usd;
  readonly withoutBid: number;
  readonly byHand: number;
}

export interface Flattened {
  readonly executed: readonly Executed[];
  /** Why a position was not sold. */
  readonly refused: readonly { readonly ticker: string; readonly why: string }[];
}

/** What flattening would cost, to be shown before anybody agrees to it. Sends nothing. */
export async function planFlatten(io: FlattenIo, book: Book): Promise<FlattenPlan> {
  const { view, board } = await look(io, book);
  const positions = ours(view).map((position) => {
    const bid = bidOf(board, position);
    return {
      ticker: position.ticker,
      cost: (position.cost + position.fees) as Usd,
      bid,
      proceeds: bid === undefined ? undefined : notional(bid, position.count),
    };
  });
  const profit = positions.reduce((sum, { cost, proceeds }) => (proceeds === undefined ? sum : sum + proceeds - cost), 0) as Usd;
  return {
    positions,
    profit,
    withoutBid: positions.filter(({ bid }) => bid === undefined).length,
    byHand: [...view.positions.values()].filter((position) => handPart(position) !== undefined).length,
  };
}

/** What to sell and how: `ticker` for one position only, whose resting orders are cancelled first. */
export interface FlattenOrder {
  readonly floor: Price;
  readonly epoch: string;
  readonly ticker?: string;
}

/**
 * Sells every position of ours, immediate or cancel, down to `floor` a contract. One pass is one decision: `epoch` names
 * it, and repeating it sends nothing twice. Throws when the book is being traded for longer than a lease lasts.
 */
export async function flatten(io: FlattenIo, book: Book, { floor, epoch, ticker }: FlattenOrder): Promise<Flattened> {
  const broker = io.brokers.get(book);
  if (!broker) throw new Error(`the ${book} book does not trade here. Fix: choose one of ${[...io.brokers.keys()].join(', ')}`);
  const executed: Executed[] = [];
  const refused: { ticker: string; why: string }[] = [];
  const lease = await waitForLease(io, book, `flatten ${epoch}`);
  if (ticker !== undefined) await cancelRestingOf(io, broker, book, ticker);
  const { view, board } = await look(io, book);
  const chosen = ours(view).filter((position) => ticker === undefined || position.ticker === ticker);
  if (ticker !== undefined && chosen.length === 0) refused.push({ ticker, why: 'nothing of ours is held there' });
  for (const position of chosen) {
    const row = board.rowOf(position.ticker);
    const verdict = row === undefined ? undefined : judge(io, { book, view, board, row, position, floor, epoch });
    if (verdict?.approved) executed.push(await execute({ ...io, broker }, verdict.approved, lease, { limits: [] }));
    else refused.push({ ticker: position.ticker, why: verdict?.because.map(({ detail }) => detail).join('; ') ?? 'nobody quotes it' });
  }
  await io.store.leases.release(lease);
  return { executed, refused };
}

/** A market takes one order at a time: what rests there would keep the sale from being sent. */
async function cancelRestingOf(io: FlattenIo, broker: Broker, book: Book, ticker: string): Promise<void> {
  const live = await io.store.orders.live(book);
  for (const record of live.filter(({ state, intent }) => state === 'resting' && intent.ticker === ticker))
    await cancelOrder(io, broker, record);
}

async function look({ store, clock, market, protections }: FlattenIo, book: Book) {
  const facts = await loadBookFacts(store, book, clock.now());
  const held = [...facts.ledger.positions.keys()];
  const board = held.length === 0 ? emptyBoard(clock.now()) : await market.quotes(held);
  return { view: makeBookView(facts, board, protections), board };
}

function ours({ positions }: BookView): readonly Position[] {
  return [...positions.values()].flatMap((position) => ownPart(position) ?? []);
}

function bidOf(board: Board, { ticker, side }: Position): Price | undefined {
  const row = board.rowOf(ticker);
  return row === undefined ? undefined : heldQuote(board, row, side).bid;
}

interface Sale {
  readonly book: Book;
  readonly view: BookView;
  readonly board: Board;
  readonly row: number;
  readonly position: Position;
  readonly floor: Price;
  readonly epoch: string;
}

/** The gate is asked here too: nothing reaches a broker without it. */
function judge(io: FlattenIo, { book, view, board, row, position, floor, epoch }: Sale) {
  const order = flattenIntent(board, row, { position, book, floor, desk: { epoch, limits: io.limits } });
  if (!order) return undefined;
  const terms = board.terms(row);
  return gate({
    order,
    status: marketStatuses[board.status[row] ?? 0] ?? 'initialized',
    terms,
    quote: heldQuote(board, row, position.side),
    book: view,
    limits: io.limits,
    lacks: board.lacks,
    shardOpen: io.shardOpen(terms.shard),
    at: board.at,
  });
}

const RETRY_MS = 5_000;

/** Whoever trades the book now ends within a lease; until then this waits. */
async function waitForLease({ store, clock }: FlattenIo, book: Book, owner: string): Promise<Lease> {
  const deadline = clock.now() + LEASE_MS;
  for (;;) {
    const lease = await store.leases.acquire(tradeLease(book), owner, clock.now(), clock.now() + LEASE_MS);
    if (lease) return lease;
    if (clock.now() >= deadline) throw new Error(`${book} is still being traded. Fix: run the same again in a minute`);
    await clock.sleep(RETRY_MS);
  }
}
