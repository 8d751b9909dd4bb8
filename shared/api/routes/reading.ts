import type { Book } from '../../domain/book.ts';
import type { EquityPoint } from '../../domain/metrics/mark.ts';
import type { Cost, Execution } from '../../domain/metrics/performance-input.ts';
import type { Millis } from '../../domain/money.ts';
import type { OrderRecord } from '../../domain/order.ts';
import type { Trade } from '../../domain/position.ts';
import { equityHistory } from '../../jobs/equity-history.ts';
import { aiCosts, executionsOf } from '../../jobs/gather-performance.ts';
import type { HeldMarkets } from '../../jobs/held-markets.ts';
import { heldMarkets } from '../../jobs/held-markets.ts';
import type { LedgerHead } from '../../ports/store.ts';
import type { ApiIo } from './api-io.ts';

/** What a book has behind it: long, and only ever added to. */
export interface History {
  readonly trades: readonly Trade[];
  readonly executions: readonly Execution[];
  readonly equity: readonly EquityPoint[];
  readonly costs: readonly Cost[];
}

/** One look at one book at one moment: what every answer of a request is made from. Each part is read once, if asked for. */
export interface Reading {
  readonly io: ApiIo;
  readonly book: Book;
  readonly now: Millis;
  readonly head: () => Promise<LedgerHead>;
  readonly live: () => Promise<readonly OrderRecord[]>;
  readonly held: () => Promise<HeldMarkets | undefined>;
  readonly history: () => Promise<History>;
}

/** Most closed trades that are looked back on. */
const TRADES = 20_000;

/** Makes readings. Histories are kept until their book moves, for a page asks again every few seconds. */
export function reader(io: ApiIo): (book: Book) => Reading {
  const { store, clock } = io;
  const kept = new Map<Book, { readonly version: string; readonly history: Promise<History> }>();
  const historyOf = async (book: Book, head: LedgerHead, now: Millis): Promise<History> => {
    const [newest] = await store.records.list(`equity:${book}`, { limit: 1, newestFirst: true });
    const version = `${head.version}|${newest?.key}`;
    const known = kept.get(book);
    if (known?.version === version) return known.history;
    const history = readHistory(io, book, now);
    kept.set(book, { version, history });
    history.catch(() => kept.delete(book));
    return history;
  };
  return (book) => {
    const now = clock.now();
    const head = once(() => store.ledger.head(book));
    return {
      io,
      book,
      now,
      head,
      live: once(() => store.orders.live(book)),
      held: once(() => heldMarkets(store, book)),
      history: once(async () => historyOf(book, await head(), now)),
    };
  };
}

async function readHistory({ store }: ApiIo, book: Book, now: Millis): Promise<History> {
  const [trades, executions, equity, costs] = await Promise.all([
    store.ledger.trades(book, TRADES),
    executionsOf(store, book),
    equityHistory(store, book, now),
    aiCosts(store),
  ]);
  return { trades, executions, equity, costs };
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load();
    return loading;
  };
}
