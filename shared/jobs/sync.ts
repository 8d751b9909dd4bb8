import type { Book } from '../domain/book.ts';
import type { Breaker } from '../domain/breaker.ts';
import { countersOf, heldByOrders, raise } from '../domain/counters.ts';
import type { Fill } from '../domain/fill.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import { equityPoint } from '../domain/metrics/mark.ts';
import type { Millis, Usd } from '../domain/money.ts';
import type { OrderRecord, Receipt } from '../domain/order.ts';
import type { Trade } from '../domain/position.ts';
import type { Difference } from '../domain/reconcile.ts';
import { differenceText, reconcile } from '../domain/reconcile.ts';
import type { RiskLimits } from '../domain/risk/limits.ts';
import type { BookFacts } from '../domain/risk/make-book-view.ts';
import { equityFloorOf, makeBookView, marksOf } from '../domain/risk/make-book-view.ts';
import type { ProtectionSettings } from '../domain/risk/protections.ts';
import type { Surroundings } from '../domain/risk/trips.ts';
import { tripOf } from '../domain/risk/trips.ts';
import type { Clock } from '../ports/clock.ts';
import type { Digest } from '../ports/digest.ts';
import type { Account, ExchangeFill, ExchangeOrder, MarketData } from '../ports/exchange.ts';
import type { Store } from '../ports/store.ts';
import { dayKey, emptyBoard, loadBookFacts } from './book-facts.ts';
import { keepEquity } from './equity-history.ts';
import { keepSync } from './last-sync.ts';
import { applyTrip } from './trip-breaker.ts';
import { writeJournal } from './write-journal.ts';

export interface SyncIo {
  readonly store: Store;
  readonly account: Account;
  readonly market: Pick<MarketData, 'quotes'>;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly limits: RiskLimits;
  readonly protections: ProtectionSettings;
  /** Brings a simulated account up to date first; an exchange does that by itself. */
  settle?(): Promise<void>;
  /** What else can stop the book; undefined facts trip nothing. */
  surroundings(): Promise<Surroundings>;
}

export interface Synced {
  readonly book: Book;
  readonly fills: readonly Fill[];
  readonly settlements: number;
  readonly closed: readonly Trade[];
  readonly differences: readonly Difference[];
  /** The breaker's change, if this sync made one. */
  readonly breaker: Breaker | undefined;
}

/** How far back fills and settlements are asked for again: late ones are booked once whenever they show. */
const OVERLAP: Millis = 86_400_000;
const RECENT = 300;

/**
 * Brings a book up to date: what rests, what filled, what settled, what is owned. Fills are the only source of position;
 * a difference stops the book and is shown.
 */
export async function sync(io: SyncIo, book: Book): Promise<Synced> {
  const { store, account, clock } = io;
  await io.settle?.();
  const now = clock.now();
  const since = now - OVERLAP;
  const [orders, fills, settlements, transfers, recent] = await Promise.all([
    account.orders({ since }),
    account.fills(since),
    account.settlements(since),
    account.transfers(),
    store.orders.recent(book, RECENT),
  ]);
  await settleOrders(store, orders, await store.orders.live(book), now);
  const entries = [...transfers.map(depositEntry), ...inTimeOrder(fills, settlements, originsOf(recent), book)];
  const { added, closed } = await store.ledger.append(book, entries);
  await journalAdded(io, book, added, now);
  const differences = await compare(io, book);
  await keepSync(store, book, { at: now, differences });
  await recount(store, book);
  const breaker = await watchBook(io, book, differences, now);
  return {
    book,
    fills: added.filter(isFill),
    settlements: added.filter(({ kind }) => kind === 'settlement').length,
    closed,
    differences,
    breaker,
  };
}

function isFill(entry: LedgerEntry): entry is Extract<LedgerEntry, { kind: 'fill' }> {
  return entry.kind === 'fill';
}

function depositEntry({ id, at, amount }: { id: string; at: Millis; amount: Usd }): LedgerEntry {
  return { kind: 'deposit', id, at, amount };
}

/** Which order an exchange order id belongs to. */
function originsOf(records: readonly OrderRecord[]): ReadonlyMap<string, OrderRecord> {
  return new Map(records.flatMap((record) => (record.orderId === undefined ? [] : [[record.orderId, record] as const])));
}

/** Facts in the order they happened, so that booking them in that order is booking them as they were. */
function inTimeOrder(
  fills: readonly ExchangeFill[],
  settlements: readonly { readonly id: string; readonly at: Millis; readonly ticker: string; readonly yesValue: Usd }[],
  origins: ReadonlyMap<string, OrderRecord>,
  book: Book,
): readonly LedgerEntry[] {
  const booked: LedgerEntry[] = fills.map((fill) => ({ kind: 'fill', ...attributed(fill, origins.get(fill.orderId), book) }));
  const settled: LedgerEntry[] = settlements.map(({ id, at, ticker, yesValue }) => ({ kind: 'settlement', id, at, ticker, yesValue }));
  return [...booked, ...settled].sort((a, b) => a.at - b.at);
}

/** A fill with the intent it came from; without one it was made by hand. */
function attributed(fill: ExchangeFill, record: OrderRecord | undefined, book: Book): Fill {
  if (!record) return { ...fill, book, event: eventOf(fill.ticker) };
  const { intent, id } = record;
  return {
    ...fill,
    book,
    event: intent.event,
    ...(intent.category === undefined ? {} : { category: intent.category }),
    feePredicted: intent.feePredicted,
    ...(intent.quoted === undefined ? {} : { quoted: intent.quoted }),
    origin: { intent: id, strategy: intent.strategy, purpose: intent.purpose === 'entry' ? 'entry' : intent.reason },
  };
}

/** A market's event by its ticker: all but the last part. Only for trades made by hand, whose event nobody told us. */
function eventOf(ticker: string): string {
  const dash = ticker.lastIndexOf('-');
  return dash === -1 ? ticker : ticker.slice(0, dash);
}

/** Tells each live order what the exchange says of it. */
async function settleOrders(store: Store, orders: readonly ExchangeOrder[], live: readonly OrderRecord[], now: Millis): Promise<void> {
  const byClientId = new Map(orders.map((order) => [order.clientOrderId, order]));
  for (const record of live) {
    const order = byClientId.get(record.id);
    if (order) await store.orders.settle(record.id, receiptOf(order, now));
  }
}

function receiptOf({ status, orderId, filled }: ExchangeOrder, at: Millis): Receipt {
  const state = status === 'resting' ? 'resting' : status === 'executed' ? 'filled' : 'cancelled';
  return { state, orderId, filled, at };
}

async function journalAdded({ store, digest }: SyncIo, book: Book, added: readonly LedgerEntry[], now: Millis): Promise<void> {
  const notes = added.map((entry) => ({ kind: entry.kind, subject: subjectOf(entry), body: entry }));
  await writeJournal({ journal: store.journal, digest }, book, now, notes);
}

function subjectOf(entry: LedgerEntry): string {
  if (entry.kind === 'fill') return entry.origin?.intent ?? entry.ticker;
  return entry.kind === 'settlement' ? entry.ticker : entry.id;
}

async function compare({ store, account }: SyncIo, book: Book): Promise<readonly Difference[]> {
  const [{ ledger }, positions, balance] = await Promise.all([store.ledger.head(book), account.positions(), account.balance()]);
  if (balance.byShard.size > 0) await store.records.put('shard-cash', book, Object.fromEntries(balance.byShard));
  return reconcile(ledger, positions, balance.total);
}

/** Counters hold what positions cost and live orders may cost; nobody else may have written meanwhile. */
async function recount(store: Store, book: Book): Promise<void> {
  for (;;) {
    const { version } = await store.orders.counters(book);
    const [{ ledger }, live] = await Promise.all([store.ledger.head(book), store.orders.live(book)]);
    let held = heldByOrders(live);
    for (const position of ledger.positions.values()) held = raise(held, countersOf(position), (position.cost + position.fees) as Usd);
    if (await store.orders.recount(book, held, version)) return;
  }
}

/** Marks the book, keeps its day's start and its peak, and trips or clears the breaker. */
async function watchBook(io: SyncIo, book: Book, differences: readonly Difference[], now: Millis): Promise<Breaker | undefined> {
  const { store, market, limits, protections } = io;
  const before = await loadBookFacts(store, book, now);
  const held = [...before.ledger.positions.keys()];
  const board = held.length === 0 ? emptyBoard(now) : await market.quotes(held);
  const profit = (equityFloorOf(before, board) - before.ledger.deposits) as Usd;
  const facts = await baseline(store, before, profit, now);
  await keepEquity(store, book, equityPoint(facts.ledger, marksOf(facts.ledger, board), now));
  const around = await io.surroundings();
  const broken = differences.length === 0 ? undefined : differences.map(differenceText).join('; ');
  const trip = tripOf(makeBookView(facts, board, protections), limits, {
    ...around,
    reconciliationBreak: broken ?? around.reconciliationBreak,
  });
  return applyTrip(io, book, trip, now);
}

/** Peak and day's start, begun where they are missing and begun again after a person resumed. */
async function baseline(store: Store, before: BookFacts, profit: Usd, now: Millis): Promise<BookFacts> {
  const { book, breaker } = before;
  const answered = (await store.records.get('resumed', book)) as { readonly at: Millis } | undefined;
  const afresh = breaker.resumedAt !== undefined && answered?.at !== breaker.resumedAt;
  const peak = (afresh ? profit : Math.max(before.peak ?? profit, profit)) as Usd;
  const dayStart = afresh ? profit : (before.dayStart ?? profit);
  if (peak !== before.peak) await store.ledger.setPeak(book, peak);
  if (dayStart !== before.dayStart) await store.records.put('day-start', dayKey(book, now), { profit: dayStart });
  if (afresh) await store.records.put('resumed', book, { at: breaker.resumedAt });
  return { ...before, peak, dayStart };
}
