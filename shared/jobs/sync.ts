import type { Book } from '../domain/book.ts';
import type { Breaker } from '../domain/breaker.ts';
import type { Fill } from '../domain/fill.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type { Contracts, Millis, Usd } from '../domain/money.ts';
import type { OrderRecord } from '../domain/order.ts';
import { isLive } from '../domain/order.ts';
import type { Trade } from '../domain/position.ts';
import type { Difference } from '../domain/reconcile.ts';
import { confirmed, heldByResting, reconcile, withFills } from '../domain/reconcile.ts';
import { shardLimits } from '../domain/risk/shard-limits.ts';
import type { Broker } from '../ports/broker.ts';
import type { Account } from '../ports/exchange.ts';
import { ExchangeError } from '../ports/exchange-error.ts';
import type { LedgerHead } from '../ports/store.ts';
import { entriesOf, originsOf } from './book-entries.ts';
import { cancelEntries } from './cancel-orders.ts';
import { lastSync } from './last-sync.ts';
import { openingEntry } from './open-book.ts';
import { closeGroups, openGroups } from './order-groups.ts';
import type { AccountView } from './read-account.ts';
import { readAccount } from './read-account.ts';
import { recount } from './recount.ts';
import { resolveMissing, settleListed } from './resolve.ts';
import { applyTrip } from './trip-breaker.ts';
import { unlessExchange } from './unless-exchange.ts';
import type { WatchIo } from './watch-book.ts';
import { watchBook } from './watch-book.ts';
import { writeJournal } from './write-journal.ts';

export interface SyncIo extends WatchIo {
  readonly account: Account;
  /** Brings a simulated account up to date first; an exchange does that by itself. */
  settle?(): Promise<void>;
  /** Cancels resting entries when the book is halted; without one the next trade does. */
  readonly broker?: Pick<Broker, 'cancel' | 'groups'>;
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

/** How far before the last sync fills and settlements are asked for again: late ones are booked once, whenever they show. */
const OVERLAP: Millis = 2 * 3_600_000;
const MINUTE: Millis = 60_000;
/** Looks in one sync while an order or a difference is unexplained, and the pause between them. */
const LOOKS = 3;
const PAUSE: Millis = 10_000;

/**
 * Brings a book up to date: what rests, what filled, what settled, what is owned. Fills are the only source of position;
 * a difference that two looks agree on stops the book and is shown. An account that cannot be read reduces the book;
 * throws ExchangeError then.
 */
export async function sync(io: SyncIo, book: Book): Promise<Synced> {
  try {
    return await bringUpToDate(io, book);
  } catch (error) {
    if (error instanceof ExchangeError) await applyTrip(io, book, { cause: 'outage', detail: error.message }, io.clock.now());
    throw error;
  }
}

async function bringUpToDate(io: SyncIo, book: Book): Promise<Synced> {
  await io.settle?.();
  const looks = await lookUntilClear(io, book);
  const last = looks.at(-1) as Look;
  await recount(io.store, book, last.view);
  const added = looks.flatMap((look) => look.added);
  const differences = await threeWay(io, confirmedBy(looks));
  const { asOf, balance } = last.view;
  const breaker = await watchBook(io, book, { differences, asOf, fills: last.fills, cash: balance.total, held: last.held });
  if (io.broker && breaker?.state === 'halted') await stopEntries(io, io.broker, book);
  if (io.broker) await openGroups({ records: io.store.records, broker: io.broker }, book, balance.byShard.keys(), io.limits.groupContracts);
  return {
    book,
    fills: added.filter(isFill),
    settlements: added.filter(({ kind }) => kind === 'settlement').length,
    closed: looks.flatMap((look) => look.closed),
    differences,
    breaker,
  };
}

/** What is on its way to the exchange is stopped first, then what rests there. */
async function stopEntries(io: SyncIo, broker: Pick<Broker, 'cancel' | 'groups'>, book: Book): Promise<void> {
  await closeGroups({ records: io.store.records, broker }, book);
  await cancelEntries(io, broker, await io.store.orders.live(book));
}

/** Only when ledger and position disagree is the exchange asked for every fill there was, which may take pages. */
async function threeWay({ account }: SyncIo, differences: readonly Difference[]): Promise<readonly Difference[]> {
  if (!differences.some(({ what }) => what === 'position')) return differences;
  const fills = await account.fills(0).catch(unlessExchange);
  return fills === undefined ? differences : withFills(differences, fills);
}

/** One reading of the account and what it changed here. */
interface Look {
  readonly at: Millis;
  readonly view: AccountView;
  /** Every fill that was read, as booked. */
  readonly fills: readonly Fill[];
  readonly added: readonly LedgerEntry[];
  readonly closed: readonly Trade[];
  readonly differences: readonly Difference[];
  /** Most that resting orders hold of the cash. */
  readonly held: Usd;
  /** Orders that were sent and are still not found. */
  readonly open: boolean;
}

async function lookUntilClear(io: SyncIo, book: Book): Promise<readonly Look[]> {
  const looks = [await look(io, book)];
  for (let last = looks[0]; looks.length < LOOKS && last && (last.open || last.differences.length > 0); last = looks.at(-1)) {
    await io.clock.sleep(PAUSE);
    looks.push(await look(io, book));
  }
  return looks;
}

/** What the last look still sees as an earlier one did, if it was read from data newer than that one. */
function confirmedBy(looks: readonly Look[]): readonly Difference[] {
  const last = looks.at(-1);
  const before = looks.findLast(({ at }) => last !== undefined && last.view.asOf >= at && at < last.at);
  return last && before ? confirmed(before.differences, last.differences) : [];
}

async function look(io: SyncIo, book: Book): Promise<Look> {
  const { store, account, clock } = io;
  const [head, live, before] = await Promise.all([store.ledger.head(book), store.orders.live(book), lastSync(store, book)]);
  const at = clock.now();
  const view = await readAccount(account, sinceOf(head, live, before?.at ?? at, at));
  await settleListed(store, view, live, at);
  const origins = await originsOf(store, book, view, live);
  const facts = entriesOf(view, origins, book, io.limits.account);
  const opening = head.version === 0 ? openingEntry(facts, view) : [];
  const { added, closed } = await store.ledger.append(book, [...opening, ...facts]);
  await journalAdded(io, book, added, at);
  const { differences, held } = await compare(io, book, view);
  const open = await resolveMissing(store, view, live, differences, at);
  return { at, view, fills: facts.filter(isFill), added, closed, differences, held, open };
}

/** Everything at first; then since before the last sync, and since before the oldest order that is still live. */
function sinceOf({ version }: LedgerHead, live: readonly OrderRecord[], before: Millis, now: Millis): Millis {
  if (version === 0) return 0;
  const oldest = live.filter(({ state }) => isLive(state)).map(({ sentAt, updatedAt }) => sentAt ?? updatedAt);
  return Math.max(0, Math.min(now - OVERLAP, before - OVERLAP, ...oldest) - MINUTE);
}

function isFill(entry: LedgerEntry): entry is Extract<LedgerEntry, { kind: 'fill' }> {
  return entry.kind === 'fill';
}

async function journalAdded({ store, digest }: SyncIo, book: Book, added: readonly LedgerEntry[], now: Millis): Promise<void> {
  const notes = added.map((entry) => ({ kind: entry.kind, subject: subjectOf(entry), body: entry }));
  await writeJournal({ journal: store.journal, digest }, book, now, notes);
}

function subjectOf(entry: LedgerEntry): string {
  if (entry.kind === 'fill') return entry.origin?.intent ?? entry.ticker;
  return entry.kind === 'settlement' ? entry.ticker : entry.id;
}

/** Orders of ours that may rest without being listed yet can hold cash too, and re-pegs that do not show yet more of it. */
async function compare(
  { store }: SyncIo,
  book: Book,
  { orders, positions, balance }: AccountView,
): Promise<Pick<Look, 'differences' | 'held'>> {
  const [{ ledger }, live] = await Promise.all([store.ledger.head(book), store.orders.live(book)]);
  const resting = orders.filter(({ status }) => status === 'resting');
  const ours = new Map(live.map(({ id, intent }) => [id, intent.shard]));
  const theirs = resting.filter(({ clientOrderId }) => !ours.has(clientOrderId));
  const inShards = resting.map((order) => ({ ...order, shard: ours.get(order.clientOrderId) }));
  const limits = shardLimits(balance.byShard, ledger.positions.values(), inShards);
  if (limits.size > 0) await store.records.put('shard-limit', book, Object.fromEntries(limits));
  const most = live.map(({ intent, filled }) => ({
    price: intent.repeg?.ceiling ?? intent.price,
    remaining: (intent.count - filled) as Contracts,
  }));
  const held = heldByResting([...theirs, ...most]);
  return { differences: reconcile(ledger, positions, balance.total, held), held };
}
