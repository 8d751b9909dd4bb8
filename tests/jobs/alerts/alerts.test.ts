import { describe, expect, test, vi } from 'vitest';
import { memoryStore } from '../../../shared/adapters/memory/memory-store.ts';
import type { Alert } from '../../../shared/domain/words/alert.ts';
import type { Channel } from '../../../shared/domain/words/noise.ts';
import { alertCheck } from '../../../shared/jobs/alert-check.ts';
import { acknowledgeAlert } from '../../../shared/jobs/alerts/acknowledge-alert.ts';
import { alertBreaker } from '../../../shared/jobs/alerts/alert-breaker.ts';
import type { Outlet, ToldAlert } from '../../../shared/jobs/alerts/deliver-alerts.ts';
import { deliverAlerts, HISTORY } from '../../../shared/jobs/alerts/deliver-alerts.ts';
import { openAlerts } from '../../../shared/jobs/alerts/raise-alerts.ts';
import { keepSync } from '../../../shared/jobs/last-sync.ts';
import type { Store } from '../../../shared/ports/store.ts';
import { busyStore, heldBoard, NOW, SetClock, watchIo } from '../../fixtures/watched-book.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A way out that can be broken, and what arrived there. */
function outlet(channel: Channel) {
  const arrived: Alert[] = [];
  const way = { broken: false, arrived };
  const send = async (alert: Alert) => {
    if (way.broken) return { delivered: false, detail: 'no connection' };
    arrived.push(alert);
    return { delivered: true };
  };
  return { way, outlet: { channels: [channel], by: { send } } satisfies Outlet };
}

async function halt(store: Store): Promise<void> {
  const before = await store.breakers.read('paper');
  const halted = { state: 'halted', cause: 'drawdown', detail: 'drawdown 21% reached limit 20%', since: NOW, by: 'breaker' } as const;
  await store.breakers.write('paper', { ...halted, version: before.version + 1 }, before.version);
}

const history = async (store: Store): Promise<readonly ToldAlert[]> =>
  (await store.records.list(HISTORY)).map(({ body }) => body as ToldAlert);

describe('an alert', () => {
  test('of a halt goes out at once, by mail and to the phone, and not again at the next check', async () => {
    const { store, clock } = await busyStore();
    const [mail, phone] = [outlet('email'), outlet('sms')];
    const io = watchIo(store, clock, { outlets: [mail.outlet, phone.outlet] });
    await halt(store);
    await alertBreaker(io, 'paper');
    clock.at += 10 * MINUTE;
    await alertCheck(io, 'paper');
    const halts = ({ way }: typeof mail) => way.arrived.filter(({ kind }) => kind === 'breaker').map(({ headline }) => headline);
    expect(halts(mail)).toEqual(['TRADING HALTED']);
    expect(halts(phone)).toEqual(['TRADING HALTED']);
  });

  test('that one job delivers while another fails to is delivered', async () => {
    const { store, clock } = await busyStore();
    const mail = outlet('email');
    mail.way.broken = true;
    await halt(store);
    await alertBreaker(watchIo(store, clock, { outlets: [mail.outlet] }), 'paper');
    const delivers = watchIo(store, clock, { outlets: [outlet('email').outlet] });
    const fails = async () => {
      await deliverAlerts(delivers);
      return { delivered: false, detail: 'no connection' };
    };
    await deliverAlerts(watchIo(store, clock, { outlets: [{ channels: ['email'], by: { send: fails } }] }));
    const told = (await history(store)).find(({ alert }) => alert.kind === 'breaker');
    expect(told?.deliveries.email).toMatchObject({ state: 'delivered' });
  });

  test('that cannot be delivered waits, is tried at each check, is shown, and arrives once', async () => {
    const { store, clock } = await busyStore();
    const mail = outlet('email');
    mail.way.broken = true;
    const io = watchIo(store, clock, { outlets: [mail.outlet] });
    await halt(store);
    await alertBreaker(io, 'paper');
    clock.at += 10 * MINUTE;
    expect((await alertCheck(io, 'paper')).failed).toBeGreaterThan(0);
    const waiting = (await history(store)).find(({ alert }) => alert.kind === 'breaker');
    expect(waiting?.deliveries.email).toMatchObject({ state: 'waiting', tries: 2, detail: 'no connection' });
    expect((await openAlerts(io, 'paper')).map(({ alert }) => alert.cause)).toContain('paper:delivery-failed:email');
    mail.way.broken = false;
    clock.at += 10 * MINUTE;
    await alertCheck(io, 'paper');
    clock.at += 10 * MINUTE;
    await alertCheck(io, 'paper');
    expect(mail.way.arrived.filter(({ kind }) => kind === 'breaker')).toHaveLength(1);
  });

  test('whose telling died half-way is told by the next check, and nothing waits for ever in the history', async () => {
    const { store, clock } = await busyStore();
    const mail = outlet('email');
    await halt(store);
    const io = watchIo(store, clock, { outlets: [mail.outlet] });
    const dies = vi.spyOn(store.records, 'putNew').mockRejectedValueOnce(new Error('the process died'));
    await expect(alertBreaker(io, 'paper')).rejects.toThrow('died');
    dies.mockRestore();
    for (let check = 0; check < 2; check++) {
      clock.at += 10 * MINUTE;
      await alertCheck(io, 'paper');
    }
    expect(mail.way.arrived.filter(({ kind }) => kind === 'breaker')).toHaveLength(1);
    const states = (await history(store)).flatMap(({ deliveries }) => Object.values(deliveries).map(({ state }) => state));
    expect(new Set(states)).toEqual(new Set(['delivered']));
    expect(await store.records.list('alert-outbox')).toEqual([]);
  });

  test('is resolved to whoever was told once its cause has been gone for long enough', async () => {
    const { store, clock } = await busyStore();
    const mail = outlet('email');
    const io = watchIo(store, clock, { outlets: [mail.outlet] });
    await halt(store);
    await alertCheck(io, 'paper');
    const stopped = await store.breakers.read('paper');
    await store.breakers.write('paper', { state: 'active', since: clock.at, by: 'me', version: stopped.version + 1 }, stopped.version);
    for (let check = 0; check < 3; check++) {
      clock.at += 10 * MINUTE;
      await alertCheck(io, 'paper');
    }
    expect(mail.way.arrived.filter(({ kind }) => kind === 'breaker').map(({ type }) => type)).toEqual(['CRITICAL', 'RESOLVED']);
  });

  test('that was seen by a person is not repeated', async () => {
    const { store, clock } = await busyStore();
    const mail = outlet('email');
    const io = watchIo(store, clock, { outlets: [mail.outlet] });
    await halt(store);
    await alertCheck(io, 'paper');
    expect(await acknowledgeAlert({ records: store.records, clock }, 'paper:breaker')).toBe(true);
    clock.at += 7 * HOUR;
    await alertCheck(io, 'paper');
    expect(mail.way.arrived.filter(({ kind }) => kind === 'breaker')).toHaveLength(1);
  });
});

describe('an alert check', () => {
  test('finds a job that did not run, whoever should have run it', async () => {
    const store = memoryStore(() => NOW);
    const clock = new SetClock();
    const io = watchIo(store, clock, { watched: [{ job: 'scan', aliveWithinMinutes: 45 }] });
    await alertCheck(io, 'paper');
    clock.at += 50 * MINUTE;
    await alertCheck(io, 'paper');
    expect((await openAlerts(io, 'paper')).map(({ alert }) => alert.cause)).toContain('paper:job-missed:scan');
  });

  test('finds runs that failed since the check before, once', async () => {
    const { store, clock } = await busyStore();
    const io = watchIo(store, clock, { watched: [{ job: 'scan', aliveWithinMinutes: 45 }] });
    await alertCheck(io, 'paper');
    clock.at += 5 * MINUTE;
    await store.runs.claim('scan', 't1', clock.at, 1000);
    await store.runs.finish({ job: 'scan', tick: 't1', startedAt: clock.at, endedAt: clock.at, outcome: 'failed', detail: 'HTTP 503' });
    clock.at += 5 * MINUTE;
    await alertCheck(io, 'paper');
    const failed = (await openAlerts(io, 'paper')).find(({ alert }) => alert.kind === 'job-failed');
    expect(failed?.alert.happened).toContain('HTTP 503');
  });

  test('finds that ledger and exchange disagree', async () => {
    const { store, clock } = await busyStore();
    await keepSync(store, 'paper', { at: NOW, differences: [{ what: 'cash', ledger: 10_000_000, exchange: 9_000_000 }] });
    const io = watchIo(store, clock);
    await alertCheck(io, 'paper');
    expect((await openAlerts(io, 'paper')).map(({ alert }) => alert.kind)).toContain('reconciliation');
  });

  test('finds that the terms of a market it holds have changed', async () => {
    const { store, clock } = await busyStore();
    clock.at += 10 * MINUTE;
    const io = watchIo(store, clock, { look: async () => heldBoard(clock.now(), { knownClose: NOW + 3 * HOUR }) });
    await alertCheck(io, 'paper');
    const changed = (await openAlerts(io, 'paper')).filter(({ alert }) => alert.kind === 'rules-changed');
    expect(changed).toHaveLength(3);
    expect(changed[0]?.alert.happened).toContain('close time');
  });

  test('finds a fall and a tight spread where there is volume, and neither where there is none', async () => {
    const { store, clock } = await busyStore();
    const fallen = () => ({ ...heldBoard(clock.now(), { volume24h: 1_000_000 }), dayAgo: () => 9_000 });
    const loud = watchIo(store, clock, { look: async () => fallen() });
    await alertCheck(loud, 'paper');
    const kinds = (await openAlerts(loud, 'paper')).map(({ alert }) => alert.kind);
    expect(kinds.filter((kind) => kind === 'price-drop')).toHaveLength(3);
    expect(kinds.filter((kind) => kind === 'tight-spread')).toHaveLength(3);
    const quiet = await busyStore();
    const io = watchIo(quiet.store, quiet.clock, { look: async () => ({ ...heldBoard(quiet.clock.now()), dayAgo: () => 9_000 }) });
    await alertCheck(io, 'paper');
    expect((await openAlerts(io, 'paper')).map(({ alert }) => alert.kind)).not.toContain('price-drop');
  });

  test('tells what runs out at the exchange and what changed in its answers', async () => {
    const { store, clock } = await busyStore();
    const news = { regionExpiresAt: NOW + 2 * 86_400_000, oddities: [{ endpoint: 'GetFills', missing: ['fee_cost'], unknown: [] }] };
    const io = watchIo(store, clock, { exchangeNews: async () => news });
    await alertCheck(io, 'paper');
    const kinds = (await openAlerts(io, 'paper')).map(({ alert }) => alert.kind);
    expect(kinds).toContain('region-expiry');
    expect(kinds).toContain('schema-canary');
  });
});
