import type { Breaker } from '../../domain/breaker.ts';
import { etDay } from '../../domain/et-day.ts';
import type { Learned } from '../../domain/forecasting/learn.ts';
import type { Health } from '../../domain/health/health.ts';
import type { Usd } from '../../domain/money.ts';
import { usdText } from '../../domain/money.ts';
import { SIMULATED_SPEND, SPEND, spentIn } from '../../jobs/ai-budget.ts';
import { lastLearned } from '../../jobs/forecasting/learn-from-outcomes.ts';
import { lastHealth } from '../../jobs/last-health.ts';
import type { Status } from '../contract/status.ts';
import { readOpenAlerts } from './alerts.ts';
import { readEquity } from './money-view.ts';
import type { Reading } from './reading.ts';
import { readJobs } from './timetable.ts';
import { isoTime, orNull, orUnknown } from './unknown.ts';

/** How things stand. Answers even when the store does not: what cannot be read is null, and the book counts as reducing. */
export async function readStatus(reading: Reading): Promise<Status> {
  const { io, book, now } = reading;
  const { store, settings } = io;
  const [breaker, health, jobs, equity, head, live, alerts, ai] = await Promise.all([
    orUnknown(store.breakers.read(book)),
    orUnknown(readHealth(reading)),
    orUnknown(readJobs(io)),
    orUnknown(readEquity(reading)),
    orUnknown(reading.head()),
    orUnknown(reading.live()),
    orUnknown(readOpenAlerts(reading)),
    orUnknown(readAi(reading)),
  ]);
  return {
    mode: settings.mode,
    prices: settings.prices,
    state: breaker?.state ?? 'reducing',
    stateReason: stateReason(breaker),
    uptimeSeconds: orNull(settings.startedAt, (at) => Math.round((now - at) / 1000)),
    clock: isoTime(now),
    speed: settings.speed,
    health: healthJson(health),
    jobs: [...(jobs ?? [])],
    equity: orNull(equity, usdText),
    cash: head === undefined || head.version === 0 ? null : usdText(head.ledger.cash),
    positions: head?.ledger.positions.size ?? null,
    openOrders: live?.length ?? null,
    alerts: alerts?.length ?? null,
    ai: { spentToday: orNull(ai?.spent, usdText), budget: usdText(settings.aiBudgetPerDay), weight: ai?.weight ?? null },
  };
}

/** The last health check of a book; undefined before the first. */
export async function readHealth({ io, book }: Reading): Promise<Health | undefined> {
  return (await lastHealth(io.store, book))?.health;
}

/** What models spent today, real money apart, and how much the best of them weighs; undefined until something was learned. */
export async function readAi({ io, now }: Reading): Promise<AiSeen> {
  const { records } = io.store;
  const day = `day|${etDay(now)}`;
  const read = [spentIn(records, SPEND, day), spentIn(records, SIMULATED_SPEND, day), lastLearned(io.store)] as const;
  const [spent, simulated, learned] = await Promise.all(read);
  return { spent, simulated, weight: weightOf(learned) };
}

interface AiSeen {
  readonly spent: Usd;
  readonly simulated: Usd;
  readonly weight: number | undefined;
}

function weightOf(learned: Learned | undefined): number | undefined {
  const models = Object.values(learned?.models ?? {});
  return models.length === 0 ? undefined : Math.max(...models.map(({ weight }) => weight));
}

function stateReason(breaker: Breaker | undefined): string | null {
  if (breaker === undefined) return 'the state cannot be read: no new orders until it can. Fix: see pilot doctor';
  if (breaker.state === 'active') return null;
  return [breaker.cause?.replaceAll('-', ' '), breaker.detail].filter((part) => part !== undefined && part !== '').join(': ');
}

function healthJson(health: Health | undefined): Status['health'] {
  if (!health) return { score: null, state: 'unknown', checks: [] };
  const checks = health.checks.map(({ id, state, value, target, weight, detail }) => ({
    id,
    state,
    value: value ?? null,
    target: target ?? null,
    weight,
    detail,
  }));
  return { score: health.score ?? null, state: health.state, checks };
}
