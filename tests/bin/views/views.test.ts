import { describe, expect, test } from 'vitest';
import { alertsView } from '../../../bin/views/alerts.ts';
import { pnlView } from '../../../bin/views/pnl.ts';
import { positionsView } from '../../../bin/views/positions.ts';
import { riskView } from '../../../bin/views/risk.ts';
import { statusView } from '../../../bin/views/status.ts';
import { strategiesView } from '../../../bin/views/strategies.ts';
import { tradesView } from '../../../bin/views/trades.ts';
import type { View, ViewIo } from '../../../bin/views/view.ts';
import { whyView } from '../../../bin/views/why.ts';
import { whyNotView } from '../../../bin/views/why-not.ts';
import { memoryStore } from '../../../shared/adapters/memory/memory-store.ts';
import type { Store } from '../../../shared/ports/store.ts';
import { brokenStore, busyStore, config, haltedStore, NOW } from '../../fixtures/watched-book.ts';

const views: Readonly<Record<string, (io: ViewIo) => Promise<View>>> = {
  status: statusView,
  why: whyNotView,
  positions: positionsView,
  trades: (io) => tradesView(io, undefined),
  pnl: (io) => pnlView(io, undefined),
  'pnl-by-strategy': (io) => pnlView(io, 'strategy'),
  'pnl-by-week': (io) => pnlView(io, 'week'),
  risk: (io) => riskView(io, false),
  'risk-fix': (io) => riskView(io, true),
  alerts: (io) => alertsView(io, 20),
  strategies: strategiesView,
};

const systems: Readonly<Record<string, () => Promise<Store>>> = {
  fresh: async () => memoryStore(() => NOW),
  busy: async () => (await busyStore()).store,
  halted: async () => (await haltedStore()).store,
};

function ioOf(store: Store): ViewIo {
  return { store, now: NOW, book: 'paper', mode: 'paper', zone: config.zone, config, stopped: false };
}

describe.each(Object.keys(systems))('a %s system', (system) => {
  test.each(Object.keys(views))('%s says what its golden text says', async (name) => {
    const io = ioOf(await (systems[system] ?? (systems.fresh as never))());
    const view = await (views[name] ?? statusView)(io);
    await expect(view.text).toMatchFileSnapshot(`golden/${system}/${name}.txt`);
    await expect(`${JSON.stringify(view.json, null, 2)}\n`).toMatchFileSnapshot(`golden/${system}/${name}.json.txt`);
  });
});

describe('a clock of its own', () => {
  test('status says how fast it runs', async () => {
    const { store } = await busyStore();
    const { text, json } = await statusView({ ...ioOf(store), speed: 60 });
    expect(text.split('\n')[0]).toContain('time runs 60 times as fast as yours');
    expect(json).toMatchObject({ speed: 60 });
  });
});

describe('the P&L of a period', () => {
  test('adds up line by line, whatever was gained before it began', async () => {
    const { store } = await busyStore();
    const { text } = await pnlView(ioOf(store), undefined);
    const cents = (label: string) => {
      const row = text.split('\n').find((line) => line.trim().startsWith(label)) ?? '';
      return row
        .trim()
        .slice(label.length)
        .trim()
        .split(/ +/)
        .map((cell) => (cell === 'unknown' ? Number.NaN : Math.round(Number(cell.replace('$', '')) * 100)));
    };
    const [realised, change, total] = [cents('Realised'), cents('+ change of what is held'), cents('= Total P&L')];
    expect(total.filter((value) => !Number.isNaN(value)).length).toBeGreaterThan(1);
    for (const [at, sum] of total.entries()) expect((realised[at] ?? 0) + (change[at] ?? 0)).toBe(sum);
  });
});

describe('what is not known', () => {
  test.each(Object.keys(views))('%s of a fresh system shows no amount of money', async (name) => {
    const view = await (views[name] ?? statusView)(ioOf(memoryStore(() => NOW)));
    expect(view.text).not.toMatch(/\$\d/);
    expect(JSON.stringify(view.json)).not.toMatch(/"0\.000000"/);
  });

  test('status of a broken store answers, names the failure, and calls everything unknown', async () => {
    const view = await statusView(ioOf(brokenStore()));
    await expect(view.text).toMatchFileSnapshot('golden/broken/status.txt');
    expect(view.json).toMatchObject({
      state: 'reducing',
      equity: null,
      cash: null,
      positions: null,
      alerts: null,
      health: { score: null },
    });
    expect(view.text).not.toMatch(/\$\d/);
  });

  test('a position without a bid leaves value and P&L unknown', async () => {
    const { store } = await busyStore();
    await store.records.put('held-markets', 'paper', { at: NOW, markets: {} });
    const view = await statusView(ioOf(store));
    expect(view.text).toContain('Value unknown (no bid for KXFED-26DEC-T3.75');
    expect(view.json).toMatchObject({ equity: null, pnl: { all: null } });
  });
});

describe('why about one thing', () => {
  test('shows what was written about it', async () => {
    const view = await whyView(ioOf((await busyStore()).store), 'note');
    expect(view?.text).toContain('the Fed speaks on Tuesday');
  });

  test('says nothing about what was never written', async () => {
    expect(await whyView(ioOf((await busyStore()).store), 'KXNOBODY')).toBeUndefined();
  });
});
