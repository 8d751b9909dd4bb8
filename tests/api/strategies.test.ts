import type { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { strategies } from '../../shared/api/contract/markets.ts';
import { api } from '../../shared/api/routes/api.ts';
import type { Usd } from '../../shared/domain/money.ts';
import { aFill } from '../contract/store-examples.ts';
import { aDesk, makeBusy, NOW } from './seeded-desk.ts';

async function readStrategies(app: Hono) {
  return strategies.parse(await (await app.request('/api/strategies')).json());
}

async function seeded() {
  const desk = aDesk();
  await makeBusy(desk.store);
  return { ...desk, app: api(desk.io) };
}

describe('a strategy', () => {
  const decision = (signals: number) => ({
    ...{ tick: 't', at: NOW - 60_000, signals, approved: 0, refusals: {}, exits: 0 },
    strategies: { dips: { signals, dropped: { noDip: 40 } } },
  });

  it('wanted what trade saw in the markets it read again, not what a scan without a past could know', async () => {
    const { app, store } = await seeded();
    const dips = async () => (await readStrategies(app)).strategies.find(({ name }) => name === 'dips');
    await store.records.remove('decision', 'latest');
    expect(await dips()).toMatchObject({ eligible: 1, signals: null, lookedAt: null, tradesIn: 'paper' });
    await store.records.put('decision', 'latest', decision(2));
    expect(await dips()).toMatchObject({ eligible: 1, signals: 2, lookedAt: 42, decidedAt: '2026-11-20T19:01:00.000Z' });
    expect((await dips())?.gate).toEqual([
      { name: 'Trades', need: '30 closed', have: '12 trades', state: 'not-met' },
      { name: 'Time', need: '28 days', have: '26 days', state: 'not-met' },
    ]);
  });
});

describe('the gate to live', () => {
  const days = (agreed: readonly number[]) =>
    Object.fromEntries(agreed.map((fine, index) => [`2026-11-${String(index + 1).padStart(2, '0')}`, { compared: 1, agreed: fine }]));
  const gate = async (mode: 'paper' | 'demo', levels: object | undefined, feePredicted?: number) => {
    const { io, store } = aDesk({ mode });
    await store.records.put('service-levels', mode, levels);
    if (feePredicted !== undefined)
      await store.ledger.append(mode, [aFill('f', { at: NOW - 1000, fee: 20_000 as Usd, feePredicted: feePredicted as Usd })]);
    const { validation } = await readStrategies(api(io));
    return Object.fromEntries(validation.map(({ name, state, have }) => [name, `${state}: ${have}`]));
  };

  it('does not ask paper for what only an exchange can show', async () => {
    expect(await gate('paper', undefined)).toMatchObject({
      Reconciliation: 'not-applicable: earned on the exchange, in demo',
      Fees: 'not-applicable: earned on the exchange, in demo',
    });
  });

  it('counts clean days in a row in demo, back from the last', async () => {
    expect((await gate('demo', undefined)).Reconciliation).toBe('unknown: nothing was compared yet');
    expect((await gate('demo', { days: days(Array(14).fill(1)) })).Reconciliation).toBe('met: 14 clean days in a row');
    expect((await gate('demo', { days: days([...Array(10).fill(1), 0, 1, 1]) })).Reconciliation).toBe('not-met: 2 clean days in a row');
  });

  it('holds fees to what was computed', async () => {
    expect((await gate('demo', undefined)).Fees).toBe('unknown: no fill within 14 days');
    expect((await gate('demo', undefined, 20_000)).Fees).toBe('met: 1 fill charged as computed');
    expect((await gate('demo', undefined, 50_000)).Fees).toContain('not-met: ');
  });
});
