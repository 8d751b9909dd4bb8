import type { Board } from '../domain/board.ts';
import type { Book, Mode, Rung } from '../domain/book.ts';
import { books } from '../domain/book.ts';
import type { Decision, Desk } from '../domain/decide.ts';
import { decide } from '../domain/decide.ts';
import type { ExitSettings } from '../domain/exits/exit-rules.ts';
import { watchKey } from '../domain/exits/exit-rules.ts';
import { marketChanged } from '../domain/intents.ts';
import type { Approved } from '../domain/order.ts';
import type { BookView } from '../domain/risk/book-view.ts';
import type { RiskLimits } from '../domain/risk/limits.ts';
import type { BookFacts } from '../domain/risk/make-book-view.ts';
import { makeBookView } from '../domain/risk/make-book-view.ts';
import type { ProtectionSettings } from '../domain/risk/protections.ts';
import type { StrategyView } from '../domain/strategies/strategy.ts';
import type { Broker } from '../ports/broker.ts';
import type { Clock } from '../ports/clock.ts';
import type { Digest } from '../ports/digest.ts';
import type { MarketData } from '../ports/exchange.ts';
import type { Lease, Store } from '../ports/store.ts';
import { emptyBoard, loadBookFacts, saveWatches, tickersOf } from './book-facts.ts';
import { cancelEntries, cancelOrder, mayRest } from './cancel-orders.ts';
import { decisionNotes } from './decision-notes.ts';
import type { Executed } from './execute.ts';
import { counterLimits, execute, LEASE_MS, tradeLease } from './execute.ts';
import { keepDecision } from './last-decision.ts';
import { lastSync } from './last-sync.ts';
import { forgetGroup, GROUP_GONE, groupFor } from './order-groups.ts';
import type { Amended } from './repeg.ts';
import { repegOrder } from './repeg.ts';
import { writeJournal } from './write-journal.ts';

export interface TradeIo {
  readonly store: Store;
  readonly market: Pick<MarketData, 'quotes'>;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly mode: Mode;
  readonly rungs: Readonly<Record<string, Rung>>;
  readonly view: StrategyView;
  readonly limits: RiskLimits;
  readonly protections: ProtectionSettings;
  exits(strategy: string | undefined): ExitSettings;
  /** The brokers of the books that trade; a book without one is not traded. */
  readonly brokers: ReadonlyMap<Book, Broker>;
  shardOpen(shard: number | undefined): boolean | undefined;
  /** Adds what was recorded of the past to a board that was just read. */
  withPast(board: Board): Board;
  /** Keeps what the decision saw, under its tick. */
  record(board: Board, tick: string): Promise<void>;
}

export interface Traded {
  readonly decision: Decision;
  readonly executed: readonly Executed[];
  readonly cancelled: readonly string[];
  readonly amended: readonly Amended[];
}

/** Reads candidates and held markets again, decides, and sends what the gate approved. One tick, one decision. */
export async function trade(io: TradeIo, tick: string, candidates: readonly string[]): Promise<Traded> {
  const { store, clock } = io;
  const loaded = await loadAll(io);
  const halted = await cancelHalted(io, loaded);
  const current = halted.length === 0 ? loaded : await loadAll(io);
  const tickers = [...new Set([...candidates, ...current.flatMap(tickersOf)])];
  const board = tickers.length === 0 ? emptyBoard(clock.now()) : io.withPast(await io.market.quotes(tickers));
  await io.record(board, tick);
  const { facts, desk, decision, blocking } = await decideFreely(io, current, board, tick);
  await Promise.all(facts.map((fact) => saveWatches(store, fact.book, fact.watches, decision.watches, heldKeys(fact))));
  await journalDecisions(io, decision, board, tick);
  await keepDecision(store.records, { decision, board, view: io.view, tick });
  const stale = await cancelStale(io, { facts, asked: blocking }, board, decision);
  const { executed, amended } = await send(io, decision, desk.books, tick);
  return { decision, executed, cancelled: [...halted, ...blocking, ...stale], amended };
}

function loadAll(io: TradeIo): Promise<readonly BookFacts[]> {
  return Promise.all([...io.brokers.keys()].map((book) => loadCurrent(io, book)));
}

/** The decision; where an entry that rests stands in the way of an exit, the one after that entry was cancelled. */
async function decideFreely(io: TradeIo, before: readonly BookFacts[], board: Board, tick: string) {
  const decided = (facts: readonly BookFacts[]) => {
    const desk = deskOf(io, facts, board, tick);
    return { facts, desk, decision: decide(board, desk) };
  };
  const first = decided(before);
  const blocking = await cancelBlocking(io, before, first.decision);
  return { ...(blocking.length === 0 ? first : decided(await loadAll(io))), blocking };
}

/** Entries that rest in markets that are to be left: an exit waits for them to end, and they may not fill behind it. */
async function cancelBlocking(io: TradeIo, facts: readonly BookFacts[], { exits }: Decision): Promise<readonly string[]> {
  const leaving = new Set(exits.map(({ book, position }) => watchKey(book, position.ticker)));
  const cancelled: string[] = [];
  for (const { book, live } of facts) {
    const broker = io.brokers.get(book);
    const blocking = live.filter(({ intent }) => leaving.has(watchKey(book, intent.ticker)));
    if (broker) cancelled.push(...(await cancelEntries(io, broker, blocking)));
  }
  return cancelled;
}

/** A book whose account nobody has read for too long takes no entries, whatever its breaker says. */
async function loadCurrent({ store, clock, limits }: TradeIo, book: Book): Promise<BookFacts> {
  const now = clock.now();
  const [facts, last] = await Promise.all([loadBookFacts(store, book, now), lastSync(store, book)]);
  const age = last && now - last.at;
  if (facts.breaker.state !== 'active' || (age !== undefined && age <= limits.maxDataAgeSeconds * 1000)) return facts;
  const detail = age === undefined ? 'the account was never read' : `the account was last read ${Math.round(age / 60_000)} min ago`;
  return { ...facts, breaker: { ...facts.breaker, state: 'reducing', cause: 'stale-data', detail } };
}

/** Entries of a halted book go first: that needs no quotes, and nothing later may keep it from happening. */
async function cancelHalted(io: TradeIo, facts: readonly BookFacts[]): Promise<readonly string[]> {
  const cancelled: string[] = [];
  for (const { book, live, breaker } of facts) {
    const broker = io.brokers.get(book);
    if (broker && breaker.state === 'halted') cancelled.push(...(await cancelEntries(io, broker, live)));
  }
  return cancelled;
}

function deskOf(io: TradeIo, facts: readonly BookFacts[], board: Board, epoch: string): Desk {
  const views = new Map(facts.map((fact) => [fact.book, makeBookView(fact, board, io.protections)]));
  const watches = new Map(facts.flatMap((fact) => [...fact.watches]));
  const { mode, view, limits, rungs } = io;
  return {
    mode,
    epoch,
    view,
    limits,
    rungs,
    books: views,
    watches,
    exits: (name) => io.exits(name),
    shardOpen: (shard) => io.shardOpen(shard),
  };
}

function heldKeys({ book, ledger }: BookFacts): ReadonlySet<string> {
  return new Set([...ledger.positions.keys()].map((ticker) => watchKey(book, ticker)));
}

/** A resting entry whose reason is gone or whose market changed is cancelled; nothing replaces it this tick. */
async function cancelStale(
  io: TradeIo,
  { facts, asked }: { readonly facts: readonly BookFacts[]; readonly asked: readonly string[] },
  board: Board,
  { considered }: Decision,
): Promise<readonly string[]> {
  const wanted = new Set(considered.map(({ signal, book }) => `${book}|${signal.strategy}|${signal.ticker}|${signal.side}`));
  const cancelled: string[] = [];
  for (const { book, live } of facts) {
    const broker = io.brokers.get(book);
    for (const record of broker ? live : []) {
      const { strategy, ticker, side, purpose } = record.intent;
      const stands = wanted.has(`${book}|${strategy}|${ticker}|${side}`) && !marketChanged(record.intent, board);
      if (!broker || !mayRest(record) || purpose === 'exit' || stands || asked.includes(record.id)) continue;
      await cancelOrder(io, broker, record);
      cancelled.push(record.id);
    }
  }
  return cancelled;
}

/** Exits before entries before re-pegs, one after another, each book under its lease. */
async function send(io: TradeIo, decision: Decision, views: ReadonlyMap<Book, BookView>, tick: string) {
  const approved = [...decision.exits, ...decision.considered].flatMap(({ verdict }) => verdict?.approved ?? []);
  const better = decision.considered.flatMap(({ repeg }) => repeg?.verdict.approved ?? []);
  const executed: Executed[] = [];
  const amended: Amended[] = [];
  for (const book of books) {
    const orders = approved.filter((order) => order.book === book);
    const repegs = better.filter((repeg) => repeg.book === book);
    const [view, broker] = [views.get(book), io.brokers.get(book)];
    if (orders.length + repegs.length === 0 || !view || !broker) continue;
    const lease = await io.store.leases.acquire(tradeLease(book), tick, io.clock.now(), io.clock.now() + LEASE_MS);
    if (!lease) continue;
    executed.push(...(await sendAll(io, orders, { view, broker, lease })));
    for (const repeg of repegs) amended.push(await repegOrder({ ...io, broker }, repeg, lease));
    await io.store.leases.release(lease);
  }
  return { executed, amended };
}

interface Sending {
  readonly view: BookView;
  readonly broker: Broker;
  readonly lease: Lease;
}

async function sendAll(
  { store, clock, digest, limits }: TradeIo,
  orders: readonly Approved[],
  { view, broker, lease }: Sending,
): Promise<readonly Executed[]> {
  const executed: Executed[] = [];
  for (const order of orders) {
    const group = await groupFor({ records: store.records, broker }, order);
    const caps = { limits: counterLimits(order, view, limits), group };
    const done = await execute({ store, broker, clock, digest }, order, lease, caps);
    if ('receipt' in done && done.receipt.state === 'rejected' && done.receipt.code === GROUP_GONE) await forgetGroup(store, order);
    executed.push(done);
  }
  return executed;
}

/** Before anything is sent: every signal and every exit with all that was asked of it, chained into its book's journal. */
async function journalDecisions({ store, clock, digest, view }: TradeIo, decision: Decision, board: Board, tick: string): Promise<void> {
  for (const book of books) {
    const notes = decisionNotes(decision, book, { board, view, tick, digest });
    await writeJournal({ journal: store.journal, digest }, book, clock.now(), notes);
  }
}
