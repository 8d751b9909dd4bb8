import type { Board } from '../domain/board.ts';
import type { Book } from '../domain/book.ts';
import type { Breaker } from '../domain/breaker.ts';
import type { Fill } from '../domain/fill.ts';
import { equityPoint } from '../domain/metrics/mark.ts';
import type { Millis, Usd } from '../domain/money.ts';
import type { Difference } from '../domain/reconcile.ts';
import { differenceText } from '../domain/reconcile.ts';
import { feeDivergence } from '../domain/risk/fee-divergence.ts';
import type { RiskLimits } from '../domain/risk/limits.ts';
import type { BookFacts } from '../domain/risk/make-book-view.ts';
import { equityFloorOf, makeBookView, marksOf } from '../domain/risk/make-book-view.ts';
import type { ProtectionSettings } from '../domain/risk/protections.ts';
import type { Surroundings, Trip } from '../domain/risk/trips.ts';
import { tripOf } from '../domain/risk/trips.ts';
import type { Clock } from '../ports/clock.ts';
import type { MarketData } from '../ports/exchange.ts';
import type { Store } from '../ports/store.ts';
import { dayKey, emptyBoard, loadBookFacts } from './book-facts.ts';
import { keepEquity } from './equity-history.ts';
import { keepHeldMarkets } from './held-markets.ts';
import type { LastSync } from './last-sync.ts';
import { keepSync, lastSync } from './last-sync.ts';
import type { BreakerIo } from './trip-breaker.ts';
import { applyTrip } from './trip-breaker.ts';

export interface WatchIo extends BreakerIo {
  readonly market: Pick<MarketData, 'quotes'>;
  readonly clock: Clock;
  readonly limits: RiskLimits;
  readonly protections: ProtectionSettings;
  /** What else can stop the book; undefined facts trip nothing. See lookAround. */
  surroundings(): Promise<Surroundings>;
}

/** What a sync found. */
export interface Found {
  readonly differences: readonly Difference[];
  readonly asOf: Millis;
  /** Every fill that was read, booked before or now. */
  readonly fills: readonly Fill[];
  /** Cash as the exchange shows it, and the most that resting orders hold beside it. */
  readonly cash: Usd;
  readonly held: Usd;
}

/** Marks the book, keeps its day's start and its peak, and trips or clears the breaker. */
export async function watchBook(io: WatchIo, book: Book, found: Found): Promise<Breaker | undefined> {
  const { store, market, limits, protections, clock } = io;
  const now = clock.now();
  const before = await loadBookFacts(store, book, now);
  const held = [...before.ledger.positions.keys()];
  const board = held.length === 0 ? emptyBoard(now) : await market.quotes(held);
  const profit = (equityFloorOf(before, board) - before.ledger.deposits) as Usd;
  const facts = await baseline(store, before, profit, now);
  await keep(store, facts, board, now);
  const around = await io.surroundings();
  const broken = found.differences.length === 0 ? undefined : found.differences.map(differenceText).join('; ');
  const trip = tripOf(makeBookView(facts, board, protections), limits, {
    ...around,
    dataAgeSeconds: around.dataAgeSeconds ?? (now - found.asOf) / 1000,
    reconciliationBreak: broken ?? around.reconciliationBreak,
    feeDivergence: feeDivergence(found.fills, facts.breaker.resumedAt ?? 0) ?? around.feeDivergence,
  });
  const gap = gapOf(await lastSync(store, book), around, now);
  const changed = await applyTrip(io, book, trip ?? gap, now);
  const { asOf, differences, cash, held: byOrders } = found;
  await keepSync(store, book, { at: now, asOf, differences, account: { cash, held: byOrders } });
  return changed;
}

/** After a long silence the first sync only brings the book up to date: what was decided before it is old. */
function gapOf(last: LastSync | undefined, { maxDataAgeSeconds }: Surroundings, now: Millis): Trip | undefined {
  if (last === undefined || now - last.at <= maxDataAgeSeconds * 1000) return undefined;
  return { cause: 'gap', detail: `nothing was synced for ${Math.round((now - last.at) / 60_000)} min` };
}

/** What others show: the equity curve, and which positions nobody would buy now. */
async function keep(store: Store, { book, ledger }: BookFacts, board: Board, now: Millis): Promise<void> {
  const marks = marksOf(ledger, board);
  await keepEquity(store, book, equityPoint(ledger, marks, now));
  await keepHeldMarkets(store, book, ledger, board);
  const stuck = [...ledger.positions.values()].filter(({ ticker }) => marks.get(ticker) === undefined).map(({ ticker }) => ticker);
  await store.records.put('exit-liveness', book, { at: now, held: ledger.positions.size, stuck });
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
