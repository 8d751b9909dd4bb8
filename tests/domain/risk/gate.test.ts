import { describe, expect, it } from 'vitest';
import type { Check, GateView } from '../../../shared/domain/risk/check.ts';
import type { CheckName } from '../../../shared/domain/risk/checks.ts';
import { checks } from '../../../shared/domain/risk/checks.ts';
import { gate, gateRepeg } from '../../../shared/domain/risk/gate.ts';
import { NOON } from '../../fixtures/market-rows.ts';
import { aBook, anEntry, aRepeg, cents, contracts, usd } from '../../fixtures/trading-desk.ts';
import { anExit, type Case, cases, fine, held } from './check-cases.ts';

const ask = (view: GateView) => (view.repeg ? gateRepeg({ ...view, repeg: view.repeg }) : gate(view));

describe.each(Object.entries(cases) as [CheckName, readonly Case[]][])('the check %s', (name, states) => {
  it.each(states)('is %s with %s', (state, _, changes) => {
    const view = { ...fine, ...changes };
    const verdict = ask(view);
    expect(verdict.results.find(({ check }) => check === name)?.state).toBe(state);
    if (state === 'fail' || state === 'unknown') {
      expect(verdict.approved).toBeUndefined();
      if (verdict.approved === undefined) expect(verdict.because.map(({ check }) => check)).toContain(name);
    }
  });
});

describe('the gate', () => {
  it('approves what nothing speaks against, and shows everything it asked', () => {
    const verdict = gate(fine);
    expect(verdict.approved).toEqual(fine.order);
    const ofOrders = (Object.entries(checks) as [CheckName, Check][]).filter(([, { repegs }]) => repegs !== 'only');
    expect(verdict.results.map(({ check }) => check)).toEqual(ofOrders.map(([name]) => name));
    for (const { detail } of verdict.results) expect(detail).not.toMatch(/NaN|undefined/);
  });

  it('lets an exit out of a halted, overdrawn, locked book at any price, but not more than is held', () => {
    const sick = aBook({
      state: 'halted',
      cash: usd(-5),
      equityFloor: usd(0),
      drawdown: undefined,
      dayPnl: undefined,
      losingStreak: 99,
      positions: held(),
      locks: [{ scope: 'all', name: '', until: NOON + 1, why: 'x' }],
    });
    const stale = { ...fine, book: sick, order: anExit, quote: { ...fine.quote, at: NOON - 1e9 } };
    expect(gate(stale).approved).toEqual(anExit);
    expect(gate({ ...stale, order: { ...anExit, count: contracts(11) } }).approved).toBeUndefined();
    expect(gate({ ...stale, shardOpen: false }).approved).toBeUndefined();
  });

  it('asks of a re-peg what may have changed since its money was reserved, but not for that money again', () => {
    const busy = aBook({ cash: usd(0), busy: new Set(['KXA-1-T1']), exposure: new Map([['market:KXA-1-T1', usd(30)]]) });
    const better = { ...fine, book: busy, repeg: aRepeg() };
    expect(gateRepeg(better).approved).toEqual(better.repeg);
    expect(gateRepeg({ ...better, book: aBook({ state: 'reducing' }) }).approved).toBeUndefined();
    expect(gateRepeg({ ...better, quote: { ...fine.quote, at: NOON - 91_000 } }).because).toMatchObject([{ check: 'fresh' }]);
    expect(gateRepeg({ ...better, order: anEntry({ price: cents(61) }) }).because.map(({ check }) => check)).toEqual([
      'worthIt',
      'withinSlippage',
    ]);
  });

  it('says of every check what holds and how to repair it', () => {
    for (const { holds, fix } of Object.values(checks)) expect(holds.length * fix.length).toBeGreaterThan(200);
  });
});
