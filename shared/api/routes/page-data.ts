import type { Book } from '../../domain/book.ts';
import type { Breaker } from '../../domain/breaker.ts';
import type { Usd } from '../../domain/money.ts';
import { signedDollars } from '../../domain/words/amounts.ts';
import { lastSync } from '../../jobs/last-sync.ts';
import type { Freshness, PageData, Part } from '../contract/page.ts';
import type { Status } from '../contract/status.ts';
import { readAlerts } from './alerts.ts';
import { readChartData } from './chart-data.ts';
import { readFunnel, readLastScan } from './funnel.ts';
import { readAiLog, readCalibration } from './learning.ts';
import { readLedger } from './ledger.ts';
import { readOpportunities } from './opportunities.ts';
import { readMetrics, readPerformanceJson, readTrades } from './performance.ts';
import { readPositions } from './positions.ts';
import type { Reading } from './reading.ts';
import { readReport } from './report.ts';
import { readCosts, readJobsPage } from './running.ts';
import { readHealth, readStatus } from './status.ts';
import { readStrategies } from './strategies.ts';
import { isoTime, orUnknown } from './unknown.ts';

const MINUTE = 60_000;
const TRADES_SHOWN = 100;
const ALERTS_SHOWN = 20;

/** Reads the whole page at once. A part that cannot be read says why and leaves the others alone. */
export async function readPageData(reading: Reading, token: string, zone: string): Promise<PageData> {
  const { io, book, now } = reading;
  const { zone: homeZone, updates } = io.settings;
  const [status, breaker, fresh, figures, holdings, markets, running] = await Promise.all([
    readStatus(reading),
    orUnknown(io.store.breakers.read(book)),
    readFreshness(reading),
    readFigures(reading),
    readHoldings(reading),
    readMarkets(reading),
    readRunning(reading),
  ]);
  const since = breaker === undefined || breaker.since === 0 ? null : isoTime(breaker.since);
  const title = titleOf(status, book, breaker, figures.performance);
  return {
    title,
    zone,
    homeZone,
    book,
    now,
    token,
    updates: updates === 'poll' ? 'poll' : 'events',
    signsIn: io.access.signIn !== undefined,
    since,
    status,
    ...fresh,
    ...figures,
    ...holdings,
    ...markets,
    ...running,
  };
}

async function readFigures(reading: Reading) {
  const [performance, metrics, chart, trades] = await Promise.all([
    part(readPerformanceJson(reading)),
    part(readMetrics(reading, 'all').then((answer) => answer.metrics)),
    part(readChartData(reading, '1m')),
    part(readTrades(reading, TRADES_SHOWN, 0)),
  ]);
  return { performance, metrics, chart, trades };
}

async function readHoldings(reading: Reading) {
  const [positions, ledger, costs] = await Promise.all([part(readPositions(reading)), part(readLedger(reading)), part(readCosts(reading))]);
  return { positions, ledger, costs };
}

async function readMarkets(reading: Reading) {
  const [funnel, strategies, opportunities] = await Promise.all([
    part(readFunnel(reading)),
    part(readStrategies(reading)),
    part(readOpportunities(reading)),
  ]);
  return { funnel, strategies, opportunities };
}

async function readRunning(reading: Reading) {
  const [calibration, ai, report, alerts, jobs] = await Promise.all([
    part(readCalibration(reading)),
    part(readAiLog(reading)),
    part(readReport(reading)),
    part(readAlerts(reading, ALERTS_SHOWN)),
    part(readJobsPage(reading)),
  ]);
  return { calibration, ai, report, alerts, jobs };
}

/** Twice the interval of the job that supplies it, and it is stale. */
async function readFreshness(reading: Reading): Promise<Pick<PageData, 'synced' | 'scanned' | 'checked'>> {
  const [synced, scanned, checked] = await Promise.all([
    orUnknown(lastSync(reading.io.store, reading.book)),
    orUnknown(readLastScan(reading)),
    orUnknown(readHealth(reading)),
  ]);
  const freshness = (seen: { readonly at: number } | undefined, minutes: number): Freshness => ({
    at: seen === undefined ? undefined : isoTime(seen.at),
    staleAfterMs: 2 * minutes * MINUTE,
  });
  return { synced: freshness(synced, 5), scanned: freshness(scanned, 15), checked: freshness(checked, 60) };
}

async function part<T>(reading: Promise<T>): Promise<Part<T>> {
  try {
    return { ok: true, data: await reading };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}

/** What the browser's tab says: the state first where it wants a person. */
function titleOf({ state }: Status, book: Book, breaker: Breaker | undefined, performance: PageData['performance']): string {
  const name = book.toUpperCase();
  if (breaker === undefined) return `? UNKNOWN ${name}`;
  if (state === 'halted') return `■ HALTED ${name}`;
  if (state === 'reducing') return `‖ BUYS PAUSED ${name}`;
  const pnl = performance.ok ? performance.data.all.metrics.totalPnl?.value : undefined;
  if (pnl === undefined || pnl === null) return `${name} · Kalshi Pilot`;
  return `${pnl > 0 ? '▲ ' : pnl < 0 ? '▼ ' : ''}${signedDollars(Math.round(pnl) as Usd)} ${name}`;
}
