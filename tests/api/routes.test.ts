import type { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { endpoints } from '../../checks/endpoints.ts';
import type { ChartData, PerformanceJson, TradesJson } from '../../shared/api/contract/figures.ts';
import type { LedgerJson, PositionsJson } from '../../shared/api/contract/holdings.ts';
import type { FunnelJson, OpportunitiesJson } from '../../shared/api/contract/markets.ts';
import { failure } from '../../shared/api/contract/running.ts';
import type { Status } from '../../shared/api/contract/status.ts';
import { api } from '../../shared/api/routes/api.ts';
import type { Store } from '../../shared/ports/store.ts';
import { aFill } from '../contract/store-examples.ts';
import { aDesk, brokenStore, halt, makeBusy, NOW } from './seeded-desk.ts';

const paths = Object.keys(endpoints);

async function seeded(fill: (store: Store) => Promise<void>) {
  const desk = aDesk();
  await fill(desk.store);
  return { ...desk, app: api(desk.io) };
}

const fills: Readonly<Record<string, (store: Store) => Promise<void>>> = {
  empty: async () => {},
  busy: (store) => makeBusy(store),
  halted: async (store) => {
    await makeBusy(store);
    await halt(store);
  },
};

/** An answer, held to the contract before it is looked at. */
async function read<T>(app: Hono, path: string): Promise<T> {
  const response = await app.request(path);
  expect(response.status).toBe(200);
  return endpoints[path.split('?')[0] ?? '']?.answer.parse(await response.json()) as T;
}

describe.each(Object.entries(fills))('on a store that is %s', (_name, fill) => {
  it.each(paths)('%s keeps the contract, key by key', async (path) => {
    const { app } = await seeded(fill);
    expect(await read(app, path)).toBeDefined();
  });
});

describe('an empty book', () => {
  it('knows what it holds and says of all money that it is unknown: nobody has read the account', async () => {
    const { app } = await seeded(async () => {});
    const status = await read<Status>(app, '/api/status');
    expect(status).toMatchObject({ mode: 'paper', state: 'active', stateReason: null, uptimeSeconds: 5400, positions: 0 });
    expect(status).toMatchObject({ cash: null, equity: null });
    expect(status.health).toEqual({ score: null, state: 'unknown', checks: [] });
    expect(status.ai).toEqual({ spentToday: '0.000000', budget: '0.250000', weight: null });
    const performance = await read<PerformanceJson>(app, '/api/performance');
    expect(performance.all.metrics.winRate).toEqual({ value: null, n: 0, why: 'no closed trades' });
    expect(performance.all.metrics.totalPnl).toEqual({ value: null, n: 0, why: 'nothing is booked yet' });
    expect((await read<ChartData>(app, '/api/chart-data')).points).toEqual([]);
  });

  it('says what runs next although nothing has run', async () => {
    const { app } = await seeded(async () => {});
    const { jobs } = await read<Status>(app, '/api/status');
    expect(jobs.find(({ name }) => name === 'scan')).toEqual({
      ...{ name: 'scan', trigger: 'every 15 minutes', lastRun: null, lastOutcome: null, lastSeconds: null },
      nextRun: '2026-11-20T19:15:00.000Z',
    });
    expect(jobs.find(({ name }) => name === 'daily-analysis')).toMatchObject({
      trigger: 'daily 09:00',
      nextRun: '2026-11-21T14:00:00.000Z',
    });
    expect(jobs.find(({ name }) => name === 'weekly-analysis')).toMatchObject({
      trigger: 'weekly monday 09:00',
      nextRun: '2026-11-23T14:00:00.000Z',
    });
    expect(jobs.find(({ name }) => name === 'emergency-analysis')?.nextRun).toBeNull();
  });
});

describe('a busy book', () => {
  it('is worth its cash and its positions at the bids last seen', async () => {
    const { app, store } = await seeded((one) => makeBusy(one));
    const { ledger } = await store.ledger.head('paper');
    const status = await read<Status>(app, '/api/status');
    expect(status.equity).toBe(((ledger.cash + 5800 * 9000 + 6600 * 4000) / 1e6).toFixed(6));
    expect(status).toMatchObject({ positions: 2, openOrders: 1, alerts: 1 });
  });

  it('has no value where a held market has no bid, and says so', async () => {
    const { app, store } = await seeded((one) => makeBusy(one));
    await store.records.put('held-markets', 'paper', { at: NOW, markets: { 'KXFED-26DEC': { bid: 5800 } } });
    expect((await read<Status>(app, '/api/status')).equity).toBeNull();
    const { capital } = await read<LedgerJson>(app, '/api/ledger');
    expect(capital).toMatchObject({ equity: null, reserve: null, free: null });
  });

  it('shows what was bought by hand, and that nothing sells it for you', async () => {
    const { app, store } = await seeded(async () => {});
    await store.ledger.append('paper', [aFill('by-hand', { ticker: 'KXHAND-1', event: 'KXHAND' })]);
    const { events } = await read<PositionsJson>(app, '/api/positions');
    expect(events[0]?.positions[0]).toMatchObject({ ticker: 'KXHAND-1', strategy: null, exits: ['by hand: nothing leaves it for you'] });
  });

  it('gives trades page by page, none twice and none left out', async () => {
    const { app } = await seeded((one) => makeBusy(one, { trades: 25 }));
    const seen: string[] = [];
    for (let offset: number | null = 0; offset !== null; ) {
      const answer: TradesJson = await read(app, `/api/trades?limit=10&offset=${offset}`);
      seen.push(...answer.trades.map(({ ticker }) => ticker));
      offset = answer.next;
    }
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
  });

  it('thins its curve to 1,000 points and keeps the lowest of them', async () => {
    const { app, store } = await seeded((one) => makeBusy(one, { points: 5000 }));
    const at = NOW - 10 * 86_400_000 + 7;
    await store.records.put('equity:paper', new Date(at).toISOString(), { at, equity: 1_000_000, deposits: 1_000_000_000, realised: 0 });
    const chart = await read<ChartData>(app, '/api/chart-data?range=all');
    expect(chart.recorded).toBe(5002);
    expect(chart.points.length).toBeLessThanOrEqual(1000);
    expect(chart.points.map(({ pnl }) => pnl)).toContain('-999.000000');
  });

  it('tells how many markets each filter dropped and left', async () => {
    const { app } = await seeded((one) => makeBusy(one));
    const funnel = await read<FunnelJson>(app, '/api/funnel');
    expect(funnel.stages.map(({ left }) => left)).toEqual([533, 533, 131, 70, 48, 1]);
    expect(funnel.day).toEqual({ scans: 1, candidates: 1, signals: 2, orders: 1 });
  });
});

describe('an opportunity', () => {
  it('that was not taken names the check that refused it', async () => {
    const { app, store } = await seeded(async () => {});
    const signal = {
      strategy: 'dips',
      row: 0,
      ticker: 'KXA',
      side: 'yes',
      fair: 0.6,
      standardError: 0,
      limit: 5200,
      postOnly: true,
      reason: 'it fell',
      goodUntil: 0,
    };
    const results = [
      { check: 'active', state: 'pass', detail: 'active' },
      { check: 'affordable', state: 'fail', detail: 'leaves $9.84, reserve $15.00' },
    ];
    const body = { signal, sized: { contracts: 600 }, results, approved: false };
    await store.journal.append('paper', [{ seq: 1, at: NOW, kind: 'decision', subject: 'KXA', body, previous: '', hash: 'h' }]);
    const { decisions } = await read<OpportunitiesJson>(app, '/api/opportunities');
    expect(decisions[0]?.result).toBe('not sent: affordable (leaves $9.84, reserve $15.00)');
  });
});

describe('a halted book', () => {
  it('says why with the number and the limit', async () => {
    const { app } = await seeded(halt);
    expect(await read(app, '/api/status')).toMatchObject({
      state: 'halted',
      stateReason: 'daily loss: day loss $8.40 hit limit $8.00',
    });
  });
});

describe('a store that does not answer', () => {
  const app = api(aDesk({}, brokenStore()).io);

  it('leaves a status in which nothing is zero and nothing new is bought', async () => {
    const response = await app.request('/api/status');
    const status = endpoints['/api/status']?.answer.parse(await response.json()) as Status;
    expect(status).toMatchObject({
      state: 'reducing',
      equity: null,
      cash: null,
      positions: null,
      openOrders: null,
      alerts: null,
      jobs: [],
    });
    expect(status.ai.spentToday).toBeNull();
  });

  it.each(paths.filter((path) => path !== '/api/status'))('makes %s fail with a fix instead of an answer', async (path) => {
    const response = await app.request(path);
    expect(response.status).toBe(503);
    expect(failure.parse(await response.json()).fix).not.toBe('');
  });

  it('leaves a page that says of each part that it cannot be read', async () => {
    const response = await app.request('/');
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(text.match(/Cannot be read/g)?.length).toBeGreaterThan(10);
    expect(text).not.toContain('$0.00');
  });
});

describe('every answer', () => {
  it.each(['/', ...paths, '/client.js', '/style.css', '/nothing'])('%s runs nothing of others and is framed by nobody', async (path) => {
    const { app } = await seeded((one) => makeBusy(one));
    const { headers } = await app.request(path);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
  });

  it.each(['/', '/api/performance', '/api/trades'])('%s is not sent again while it has not changed', async (path) => {
    const { app } = await seeded((one) => makeBusy(one));
    const first = await app.request(path);
    const tag = first.headers.get('etag') ?? '';
    const second = await app.request(path, { headers: { 'if-none-match': tag } });
    expect(tag).not.toBe('');
    expect(second.status).toBe(304);
    expect(await second.text()).toBe('');
  });

  it('is refused to a name that is not this server', async () => {
    const { app } = await seeded(async () => {});
    const response = await app.request('/api/status', { headers: { host: 'evil.example' } });
    expect(response.status).toBe(421);
  });

  it.each(['?limit=0', '?limit=501', '?limit=x', '?offset=-1', '?book=all'])('refuses %s and says what would do', async (query) => {
    const { app } = await seeded(async () => {});
    const response = await app.request(`/api/trades${query}`);
    expect(response.status).toBe(400);
    expect(failure.parse(await response.json()).fix).toMatch(/^(give|use)/);
  });
});
