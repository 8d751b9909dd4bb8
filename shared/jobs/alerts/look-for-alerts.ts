import type { Board } from '../../domain/board.ts';
import type { Book } from '../../domain/book.ts';
import type { Millis } from '../../domain/money.ts';
import type { OrderRecord } from '../../domain/order.ts';
import type { NearestMiss } from '../../domain/scan/funnel.ts';
import { idleAlert, modelAlerts, orderAlerts } from '../../domain/watch/book-watch.ts';
import type { JobRuns, WatchedJob } from '../../domain/watch/job-watch.ts';
import { failedJobs, failingSince, missedJobs } from '../../domain/watch/job-watch.ts';
import type { HeldTerms, MarketWatch } from '../../domain/watch/market-watch.ts';
import { changedTerms, heldTerms, marketAlerts } from '../../domain/watch/market-watch.ts';
import type { Alert, AlertKind, Moment } from '../../domain/words/alert.ts';
import { reconciliationBreak, syncFailing } from '../../domain/words/exchange-alerts.ts';
import { regionExpiry, schemaCanary } from '../../domain/words/system-alerts.ts';
import type { Store } from '../../ports/store.ts';
import { lastLearned } from '../forecasting/learn-from-outcomes.ts';
import { lastSync } from '../last-sync.ts';
import { unlessExchange } from '../unless-exchange.ts';
import { breakerAlertOf } from './alert-breaker.ts';

export interface LookIo {
  readonly store: Store;
  /** The dead-man's list; a host that keeps no runs watches none. */
  readonly watched: readonly WatchedJob[];
  readonly syncEveryMinutes: number;
  readonly markets: MarketWatch;
  readonly noTradeDays: number;
  /** Quotes of some markets with what was recorded of their past. */
  look(tickers: readonly string[]): Promise<Board>;
  /** What the exchange said of the key and of its own answers. */
  exchangeNews(): Promise<ExchangeNews>;
}

export interface ExchangeNews {
  /** When the key's location check runs out; undefined when it does not, or was not asked for. */
  readonly regionExpiresAt?: Millis;
  /** Answers whose shape is not the documented one. */
  readonly oddities: readonly { readonly endpoint: string; readonly missing: readonly string[]; readonly unknown: readonly string[] }[];
}

/** What a check remembers for the next one. */
export interface LastLook {
  /** When the watch over this book began. */
  readonly began: Millis;
  readonly at: Millis;
  readonly terms: HeldTerms;
}

/** What was found beside the risk checks, and what the next look needs. */
export interface Looked {
  readonly alerts: readonly Alert[];
  readonly judged: readonly AlertKind[];
  readonly last: LastLook;
}

/** How soon before it runs out a location check is told. */
const REGION_WARNING = 14 * 86_400_000;
const RECENT_ORDERS = 100;
const RECENT_RUNS = 50;

const judged: readonly AlertKind[] = [
  'breaker',
  'sync',
  'reconciliation',
  'order-unknown',
  'job-missed',
  'ai-weight',
  'no-trades',
  'region-expiry',
  'schema-canary',
];

/** Orders, jobs, the breaker, the exchange and the markets of one book, as they are now. */
export async function lookForAlerts(io: LookIo, moment: Moment, before: LastLook | undefined): Promise<Looked> {
  const { store } = io;
  const { at, book } = moment;
  const since = before?.at ?? at;
  const began = before?.began ?? at;
  const [live, recent, jobs, news, learned, markets] = await Promise.all([
    store.orders.live(book),
    store.orders.recent(book, RECENT_ORDERS),
    runsOf(io),
    io.exchangeNews(),
    lastLearned(store),
    lookAtMarkets(io, moment, before?.terms ?? {}),
  ]);
  const stopped = await breakerAlertOf(store, moment);
  const idle = stopped ? undefined : await idleOf(io, moment, recent[0], began);
  return {
    alerts: [
      ...(stopped ? [stopped] : []),
      ...(idle ? [idle] : []),
      ...(await syncAlerts(io, moment, jobs)),
      ...orderAlerts(moment, { live, recent }, since),
      ...missedJobs(moment, jobs, began),
      ...failedJobs(moment, jobs, since),
      ...modelAlerts(moment, learned),
      ...newsAlerts(moment, news),
      ...markets.alerts,
    ],
    judged,
    last: { began, at, terms: markets.terms },
  };
}

function runsOf({ store, watched }: LookIo): Promise<readonly JobRuns[]> {
  return Promise.all(watched.map(async (job) => ({ ...job, runs: await store.runs.recent(job.job, RECENT_RUNS) })));
}

async function syncAlerts({ store, syncEveryMinutes }: LookIo, moment: Moment, jobs: readonly JobRuns[]): Promise<readonly Alert[]> {
  const sync = jobs.find(({ job }) => job === 'sync');
  const failing = sync && failingSince(sync);
  const differences = (await lastSync(store, moment.book))?.differences ?? [];
  return [
    ...(failing ? [syncFailing(moment, { ...failing, everyMinutes: syncEveryMinutes })] : []),
    ...(differences.length > 0 ? [reconciliationBreak(moment, differences)] : []),
  ];
}

async function idleOf(
  { store, noTradeDays }: LookIo,
  moment: Moment,
  newest: OrderRecord | undefined,
  began: Millis,
): Promise<Alert | undefined> {
  const since = Math.max(began, newest?.intent.decidedAt ?? began);
  const scan = (await store.records.get('scan-latest', 'scan')) as { readonly nearest?: NearestMiss } | undefined;
  const nearestMiss = scan?.nearest && `${scan.nearest.ticker} (${scan.nearest.stage} ${scan.nearest.value}, needs ${scan.nearest.needs})`;
  return idleAlert(moment, { since, days: noTradeDays, nearestMiss });
}

function newsAlerts(moment: Moment, { regionExpiresAt, oddities }: ExchangeNews): readonly Alert[] {
  const soon = regionExpiresAt !== undefined && regionExpiresAt - moment.at < REGION_WARNING;
  return [
    ...(soon ? [regionExpiry(moment, { expiresAt: regionExpiresAt })] : []),
    ...oddities.map((oddity) => schemaCanary(moment, oddity)),
  ];
}

/** The markets of the last scan that some strategy wants, and those that are held. While the exchange shows none, all else is told. */
async function lookAtMarkets(
  { store, look, markets }: LookIo,
  moment: Moment,
  before: HeldTerms,
): Promise<{ readonly alerts: readonly Alert[]; readonly terms: HeldTerms }> {
  const held = await heldTickers(store, moment.book);
  const scan = (await store.records.get('scan-latest', 'scan')) as { readonly tickers: readonly string[] } | undefined;
  const tickers = [...new Set([...(scan?.tickers ?? []), ...held])];
  if (tickers.length === 0) return { alerts: [], terms: {} };
  const board = await look(tickers).catch(unlessExchange);
  if (!board) return { alerts: [], terms: before };
  const terms = heldTerms(board, held);
  return { alerts: [...marketAlerts(moment, board, markets), ...changedTerms(moment, before, terms)], terms };
}

async function heldTickers(store: Store, book: Book): Promise<readonly string[]> {
  const { ledger } = await store.ledger.head(book);
  return [...ledger.positions.keys()];
}
