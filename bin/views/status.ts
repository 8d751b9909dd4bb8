import { readJobs } from '../../shared/api/routes/timetable.ts';
import type { Breaker } from '../../shared/domain/breaker.ts';
import type { ActionItem } from '../../shared/domain/health/action-items.ts';
import type { Metric } from '../../shared/domain/metrics/metric.ts';
import type { Performance } from '../../shared/domain/metrics/performance.ts';
import type { Usd } from '../../shared/domain/money.ts';
import { usdText } from '../../shared/domain/money.ts';
import { ageText, dollars, percent, plural, signedDollars, timeText } from '../../shared/domain/words/amounts.ts';
import { sentence } from '../../shared/domain/words/plain-text.ts';
import { openAlerts } from '../../shared/jobs/alerts/raise-alerts.ts';
import type { HealthRecord } from '../../shared/jobs/last-health.ts';
import { lastHealth } from '../../shared/jobs/last-health.ts';
import { lastSync } from '../../shared/jobs/last-sync.ts';
import type { Money } from './money.ts';
import { NOTHING_BOOKED, readMoney, readPerformance } from './money.ts';
import { positionTable } from './positions.ts';
import { linesText } from './table.ts';
import type { View, ViewIo } from './view.ts';
import { isoTime, orNull, speedText } from './view.ts';

/** A part of the answer, or why there is none. */
type Part<T> = { readonly value: T } | { readonly failed: string };

interface Parts {
  readonly breaker: Part<Breaker>;
  readonly money: Part<Money & { readonly figures: Performance | undefined }>;
  readonly health: Part<HealthRecord | undefined>;
  readonly syncedAt: Part<number | undefined>;
  readonly alerts: Part<number>;
  /** When the next scan is due; undefined where nothing runs. */
  readonly nextScan: Part<number | undefined>;
}

/** `pilot status`: how things stand. It answers whatever is broken, and says what it could not read. */
export async function statusView(io: ViewIo): Promise<View> {
  const { store, book } = io;
  const [breaker, money, health, syncedAt, alerts, nextScan] = await Promise.all([
    part(store.breakers.read(book)),
    part(moneyAndFigures(io)),
    part(lastHealth(store, book)),
    part(lastSync(store, book).then((sync) => sync?.at)),
    part(openAlerts({ store }, book).then((open) => open.length)),
    part(nextScanOf(io)),
  ]);
  const parts = { breaker, money, health, syncedAt, alerts, nextScan };
  return { json: statusJson(io, parts), text: statusText(io, parts) };
}

async function nextScanOf({ store, config, now, zone, stopped }: ViewIo): Promise<number | undefined> {
  if (stopped) return undefined;
  const clock = { now: () => now, sleep: async () => undefined };
  const jobs = await readJobs({ store, clock, settings: { times: { zone, alertMinutes: config.alerts.checkMinutes } } });
  const next = jobs.find(({ name }) => name === 'scan')?.nextRun;
  return next === undefined || next === null ? undefined : Date.parse(next);
}

async function moneyAndFigures(io: ViewIo) {
  const money = await readMoney(io);
  return { ...money, figures: await readPerformance(io, money) };
}

async function part<T>(reading: Promise<T>): Promise<Part<T>> {
  try {
    return { value: await reading };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

function readable<T>(found: Part<T>): T | undefined {
  return 'value' in found ? found.value : undefined;
}

function statusJson({ mode, book, now, stopped, speed = 1 }: ViewIo, { breaker, money, health, syncedAt, alerts, nextScan }: Parts) {
  const found = readable(money);
  const state = readable(breaker);
  const judged = readable(health)?.health;
  const all = found?.figures?.all.metrics.totalPnl.value;
  const today = found?.figures?.today.metrics.totalPnl.value;
  return {
    ...{
      running: stopped !== true,
      mode,
      book,
      clock: isoTime(now),
      speed,
      state: state?.state ?? 'reducing',
      stateReason: stateText(breaker),
    },
    health: { score: judged?.score ?? null, state: judged?.state ?? 'unknown' },
    syncedAt: orNull(readable(syncedAt), isoTime),
    nextScanAt: orNull(readable(nextScan), isoTime),
    equity: orNull(found?.equity, usdText),
    cash: orNull(found?.cash, usdText),
    pnl: { all: orNull(all, (value) => usdText(value as Usd)), today: orNull(today, (value) => usdText(value as Usd)) },
    drawdown: found?.figures?.all.metrics.currentDrawdown.value ?? null,
    positions: found === undefined ? null : found.holdings.length,
    openOrders: found === undefined ? null : found.live.length,
    alerts: readable(alerts) ?? null,
    problems: problemsOf({ breaker, money, health, syncedAt, alerts, nextScan }),
  };
}

function statusText(io: ViewIo, parts: Parts): string {
  const { breaker, health, money, syncedAt } = parts;
  const items = readable(health)?.items.filter(({ closed }) => closed === undefined) ?? [];
  const found = readable(money);
  const synced = readable(syncedAt);
  const sync =
    'failed' in syncedAt ? 'last sync unknown' : synced === undefined ? 'never synced' : `last sync ${ageText(io.now - synced)} ago`;
  const speed = speedText(io);
  const next = readable(parts.nextScan);
  const head = [
    `${io.mode.toUpperCase()}${io.book === io.mode ? '' : ` (${io.book} book)`}`,
    io.stopped ? 'not started' : wordOf(breaker),
    sync,
    ...(next === undefined ? [] : [`next scan in ${ageText(next - io.now)}`]),
    ...(speed === undefined ? [] : [speed]),
  ];
  return linesText([
    `${head.join(' · ')}    ${timeText(io.now, io.zone)}`,
    '',
    `  ${healthText(health)}    ${stateText(breaker) ?? (io.stopped ? 'Nothing trades until: npm start' : 'New buys and exits run.')}`,
    '',
    `  ${found ? moneyText(found) : 'Value unknown   P&L unknown   Cash unknown   Drawdown unknown'}`,
    '',
    ...(found === undefined ? [] : found.holdings.length === 0 ? ['  No positions. pilot why says why.'] : positionTable(found, io.now)),
    ...(items.length === 0 ? [] : ['', ...items.map(itemText)]),
    ...problemsOf(parts).flatMap((problem) => ['', `  ✗ ${sentence(problem)} Fix: pilot doctor`]),
  ]);
}

function problemsOf(parts: Parts): readonly string[] {
  return [...new Set(Object.values(parts).flatMap((found: Part<unknown>) => ('failed' in found ? [found.failed] : [])))];
}

function wordOf(breaker: Part<Breaker>): string {
  const words = { active: 'running', reducing: 'new buys paused', halted: 'HALTED' } as const;
  return 'failed' in breaker ? 'state unknown' : words[breaker.value.state];
}

/** Why it is not trading and the way out; null while it is. */
function stateText(found: Part<Breaker>): string | null {
  if ('failed' in found) return 'The state cannot be read: no new orders until it can.';
  const { state, cause, detail, by } = found.value;
  if (state === 'active') return null;
  const why = detail ?? cause ?? 'no reason was given';
  if (state === 'halted') return `Trading halted by ${by}: ${sentence(why)} Leave it: pilot resume --reason TEXT`;
  return `New buys paused by ${by}: ${sentence(why)} Exits still run.`;
}

function healthText(found: Part<HealthRecord | undefined>): string {
  const judged = readable(found)?.health;
  if (judged === undefined) return `Health unknown (${'failed' in found ? 'cannot be read' : 'not checked yet'})`;
  if (judged.score === undefined) return `Health unknown (${judged.why ?? judged.state})`;
  const count = (state: string) => judged.checks.filter((check) => check.weight > 0 && check.state === state).length;
  return `Health ${judged.score}/100  ${count('critical')} critical, ${plural(count('warning'), 'warning')}`;
}

function moneyText({ head, equity, cash, holdings, figures }: Money & { readonly figures: Performance | undefined }): string {
  const stuck = holdings.flatMap(({ position, value }) => (value === undefined ? [position.ticker] : []));
  const why = head.version === 0 ? NOTHING_BOOKED : `no bid for ${stuck.join(', ')}`;
  const share = equity === undefined || cash === undefined || equity <= 0 ? '' : ` (${percent(cash / equity)})`;
  const pnl = (metric: Metric | undefined) => signedDollars(metric?.value as Usd | undefined);
  const { all, today } = figures ?? {};
  const drawdown = percent(all?.metrics.currentDrawdown.value);
  const deepest = percent(all?.metrics.maxDrawdown.value);
  return [
    `Value ${dollars(equity, why)}`,
    `P&L ${pnl(all?.metrics.totalPnl)} all, ${pnl(today?.metrics.totalPnl)} today`,
    `Cash ${dollars(cash, NOTHING_BOOKED)}${share}`,
    `Drawdown ${drawdown} (max ${deepest})`,
  ].join('   ');
}

function itemText({ severity, finding, steps }: ActionItem): string {
  const mark = severity === 'CRITICAL' ? '✗' : '!';
  return `  ${mark} ${severity.padEnd(8)}  ${sentence(finding)}${steps[0] === undefined ? '' : `  ${steps[0]}`}`;
}
