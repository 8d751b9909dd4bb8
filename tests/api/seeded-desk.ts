import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import type { ActionBody, ActionResult } from '../../shared/api/contract/action.ts';
import type { Action, ApiIo, ApiSettings } from '../../shared/api/routes/api-io.ts';
import type { Breaker } from '../../shared/domain/breaker.ts';
import type { Health } from '../../shared/domain/health/health.ts';
import type { EquityPoint } from '../../shared/domain/metrics/mark.ts';
import type { Contracts, Millis, Price, Usd } from '../../shared/domain/money.ts';
import type { Alert } from '../../shared/domain/words/alert.ts';
import { keepSync } from '../../shared/jobs/last-sync.ts';
import type { ScanSummary } from '../../shared/jobs/scan.ts';
import type { Store } from '../../shared/ports/store.ts';
import { makeConfig } from '../../shared/system/config/config.ts';
import { deskSettings } from '../../shared/system/desk-settings.ts';
import { aFill } from '../contract/store-examples.ts';
import { addDecisions } from './seeded-decisions.ts';

export const NOW: Millis = Date.parse('2026-11-20T19:02:00Z');
const MINUTE = 60_000;
const DAY = 86_400_000;

const opened = { intent: 'i-open', strategy: 'dips', purpose: 'entry' };

/** What a test may ask the desk about afterwards. */
export interface Desk {
  readonly io: ApiIo;
  readonly store: Store;
  readonly acts: { readonly action: Action; readonly body: ActionBody }[];
}

/** A desk over a memory store, paper money, the clock at NOW. */
export function aDesk(changes: Partial<ApiSettings> = {}, store: Store = memoryStore(() => NOW)): Desk {
  const acts: Desk['acts'] = [];
  const config = makeConfig({});
  const { limits, exits, rungs } = deskSettings(config);
  const settings: ApiSettings = {
    mode: 'paper',
    prices: 'generated',
    speed: 1,
    zone: 'America/New_York',
    startedAt: NOW - 90 * MINUTE,
    times: {},
    limits,
    exits,
    rungs,
    aiBudgetPerDay: 250_000 as Usd,
    cloudPerMonth: undefined,
    updates: 'poll',
    ...changes,
  };
  const io: ApiIo = {
    store,
    clock: { now: () => NOW, sleep: async () => {} },
    settings,
    assets: { script: 'export {};', style: 'body{}' },
    access: { secret: 'a secret of the test', origins: ['http://localhost'], hosts: ['localhost'] },
    act: async (action, body): Promise<ActionResult> => {
      acts.push({ action, body });
      return { ok: true, message: `${action.name} done` };
    },
  };
  return { io, store, acts };
}

export interface Busy {
  readonly title?: string;
  readonly trades?: number;
  readonly points?: number;
  readonly syncedAt?: Millis;
}

/** Fills a store with a month of paper trading: closed trades, two positions, an order, a scan, health, alerts, runs. */
export async function makeBusy(
  store: Store,
  { title = 'Fed cuts rates in December?', trades = 12, points = 300, syncedAt = NOW - 12_000 }: Busy = {},
) {
  const start = NOW - 29 * DAY;
  await store.ledger.append('paper', [{ kind: 'deposit', id: 'd1', at: start, amount: 1_000_000_000 as Usd }]);
  for (let index = 0; index < trades; index++) await addTrade(store, index, start + Math.round(((index + 1) * 27 * DAY) / (trades + 1)));
  await store.ledger.append('paper', [
    aFill('open-1', {
      at: NOW - DAY,
      ticker: 'KXFED-26DEC',
      event: 'KXFED',
      count: 9000 as Contracts,
      price: 5200 as Price,
      fee: 1_570_000 as Usd,
      origin: opened,
    }),
    aFill('open-2', {
      at: NOW - DAY,
      ticker: 'KXCPI-26NOV',
      event: 'KXCPI',
      side: 'no',
      count: 4000 as Contracts,
      price: 7100 as Price,
      fee: 580_000 as Usd,
      origin: opened,
    }),
  ]);
  await store.records.put('held-markets', 'paper', {
    at: syncedAt,
    markets: { 'KXFED-26DEC': { title, bid: 5800, closesAt: NOW + 19 * DAY }, 'KXCPI-26NOV': { bid: 6600, closesAt: NOW + DAY } },
  });
  await addDecisions(store, NOW);
  await addEquity(store, start, points);
  await keepSync(store, 'paper', { at: syncedAt, differences: [] });
  await store.records.put('scan-latest', 'scan', aScan(title));
  await store.records.put('scan', aScan(title).tick, aScan(title));
  await store.records.put('health', 'paper', { health: aHealth, items: [] });
  await addAlerts(store);
  await addRuns(store);
}

async function addTrade(store: Store, index: number, at: Millis): Promise<void> {
  const market = { ticker: `KXDAY-${index}`, event: 'KXDAY', count: 3000 as Contracts };
  const exit = { intent: `i${index}`, strategy: 'dips', purpose: index % 3 === 0 ? 'stop' : 'recovery' };
  await store.ledger.append('paper', [
    aFill(`in-${index}`, { ...market, at, price: 4000 as Price, fee: 170_000 as Usd, origin: { ...exit, purpose: 'entry' } }),
    aFill(`out-${index}`, {
      ...market,
      at: at + MINUTE,
      action: 'sell',
      price: (index % 3 === 0 ? 3500 : 4900) as Price,
      fee: 170_000 as Usd,
      origin: exit,
    }),
  ]);
}

/** What the book was worth as its trades closed, with some weather that is over by now. */
async function addEquity(store: Store, start: Millis, points: number): Promise<void> {
  const closed = await store.ledger.trades('paper', 10_000);
  for (let index = 0; index < points; index++) {
    const left = 1 - index / points;
    const at = Math.round(start + (NOW - MINUTE - start) * (1 - left));
    const won = closed.reduce((sum, { closedAt, pnl }) => sum + (closedAt <= at ? pnl : 0), 0);
    const weather = Math.round(1_500_000 * Math.sin(index / 9) * Math.sqrt(left));
    const point: EquityPoint = { at, equity: (1_000_000_000 + won + weather) as Usd, deposits: 1_000_000_000 as Usd, realised: won as Usd };
    await store.records.put('equity:paper', new Date(at).toISOString(), point);
  }
}

function aScan(title: string): ScanSummary {
  return {
    tick: new Date(NOW - 2 * MINUTE).toISOString(),
    at: NOW - 2 * MINUTE,
    seen: 533,
    funnel: { status: 0, quote: 0, volume: 402, price: 61, spread: 22, expiry: 47 },
    candidates: 1,
    nearest: { ticker: title.slice(0, 30), stage: 'volume', setting: 'scan.minVolume', value: 489, needs: 500 },
    strategies: { dips: { eligible: 1, signals: 0, dropped: { status: 530 } } },
    tickers: ['KXFED-26DEC'],
    leftOut: 0,
  };
}

const aHealth: Health = {
  at: NOW - 10 * MINUTE,
  score: 75,
  state: 'critical',
  lines: [{ id: 'cash-reserve', points: -25, reason: 'cash $10.58 is 9.4%, needs 15%' }],
  checks: [
    {
      id: 'cash-reserve',
      label: 'Cash reserve',
      dimension: 'liquidity',
      state: 'critical',
      value: 0.094,
      target: 0.15,
      unit: 'share',
      weight: 1,
      detail: 'cash $10.58 is 9.4%, needs 15%',
    },
    {
      id: 'position-count',
      label: 'Positions',
      dimension: 'position-count',
      state: 'healthy',
      value: 2,
      target: 12,
      unit: 'count',
      weight: 1,
      detail: '2 positions, limit 12',
    },
    {
      id: 'calibration',
      label: 'AI',
      dimension: 'calibration',
      state: 'not-applicable',
      value: undefined,
      target: 0,
      unit: 'ratio',
      weight: 0,
      detail: 'no forecast has settled',
    },
  ],
  seed: { score: 75, lines: [] },
};

export const anAlert: Alert = {
  id: '2026-11-20T18:52:00.000Z:paper:cash-low',
  at: NOW - 10 * MINUTE,
  type: 'CRITICAL',
  kind: 'cash-low',
  cause: 'paper:cash-low',
  book: 'paper',
  headline: 'CASH LOW 9.4% (min 15%)',
  subject: 'cash low 9.4% (min 15%)',
  happened: 'Cash $10.58.',
  done: 'New buys paused.',
  advice: 'Sell something',
  commands: ['pilot risk --fix'],
  values: { cash: 0.094 },
};

async function addAlerts(store: Store): Promise<void> {
  const open = { alert: anAlert, since: anAlert.at, worseSince: anAlert.at, told: { dashboard: { at: anAlert.at, rank: 2 } } };
  await store.records.put('alert-open', anAlert.cause, open);
  const deliveries = { email: { state: 'delivered', tries: 1, at: anAlert.at } };
  await store.records.put('alert', anAlert.id, { alert: anAlert, channels: ['email'], deliveries });
}

async function addRuns(store: Store): Promise<void> {
  const tick = new Date(NOW - 2 * MINUTE).toISOString();
  for (const job of ['scan', 'sync', 'health']) {
    await store.runs.claim(job, tick, NOW - 2 * MINUTE, MINUTE);
    await store.runs.finish({ job, tick, startedAt: NOW - 2 * MINUTE, endedAt: NOW - 2 * MINUTE + 3200, outcome: 'ok' });
  }
}

/** A book that lost too much and waits for a person. */
export async function halt(store: Store): Promise<void> {
  const halted: Breaker = {
    state: 'halted',
    cause: 'daily-loss',
    detail: 'day loss $8.40 hit limit $8.00',
    since: NOW - 5 * MINUTE,
    by: 'breaker',
    version: 1,
  };
  await store.breakers.write('paper', halted, 0);
}

/** A store that answers nothing. */
export function brokenStore(): Store {
  const broken = () => Promise.reject(new Error('the store does not answer. Fix: start it'));
  const part = new Proxy({}, { get: () => broken });
  return new Proxy({}, { get: () => part }) as Store;
}
