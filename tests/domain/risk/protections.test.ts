import { describe, expect, it } from 'vitest';
import type { Trade } from '../../../shared/domain/position.ts';
import type { ProtectionSettings } from '../../../shared/domain/risk/protections.ts';
import { lockOn, locksAt, seriesOf } from '../../../shared/domain/risk/protections.ts';
import { HOUR, NOON } from '../../fixtures/market-rows.ts';
import { contracts, usd } from '../../fixtures/trading-desk.ts';

const settings: ProtectionSettings = {
  cooldownHours: 24,
  stopGuard: { stops: 3, windowHours: 24, lockHours: 12 },
  lowProfit: { series: usd(20), category: usd(30), windowHours: 168, lockHours: 24 },
};
const aTrade = (hoursAgo: number, changes: Partial<Trade> = {}): Trade => ({
  ticker: `KXA-1-T${hoursAgo}`,
  event: 'KXA-1',
  side: 'yes',
  count: contracts(1),
  cost: usd(0.5),
  proceeds: usd(0.5),
  fees: usd(0),
  pnl: usd(0),
  openedAt: NOON - (hoursAgo + 1) * HOUR,
  closedAt: NOON - hoursAgo * HOUR,
  exit: 'settled',
  ...changes,
});
const locks = (...trades: readonly Trade[]) => locksAt(trades, NOON, settings);
const scopes = (...trades: readonly Trade[]) => locks(...trades).map(({ scope, name }) => `${scope} ${name}`.trim());

describe('protections', () => {
  it('rest a market for a day after a trade closed', () => {
    expect(locks(aTrade(23))).toMatchObject([{ scope: 'market', name: 'KXA-1-T23', until: NOON + HOUR }]);
    expect(locks(aTrade(24))).toEqual([]);
  });

  it('lock everything after so many stops within the window', () => {
    const stop = { exit: 'stop' };
    expect(scopes(aTrade(30, stop), aTrade(29, stop), aTrade(8, stop))).toContain('all');
    expect(scopes(aTrade(33, stop), aTrade(29, stop), aTrade(8, stop))).not.toContain('all');
    expect(scopes(aTrade(30, stop), aTrade(29, stop), aTrade(28, stop))).not.toContain('all');
    expect(scopes(aTrade(30, stop), aTrade(29), aTrade(8, stop))).not.toContain('all');
  });

  it('lock a category that lost too much over its series together', () => {
    const loss = (event: string, pnl: number) => ({ event, category: 'Climate', pnl: usd(pnl) });
    const two = [aTrade(30, loss('KXA-1', -15)), aTrade(5, loss('KXB-1', -15))] as const;
    expect(scopes(...two)).toContain('category Climate');
    expect(scopes(...two).some((scope) => scope.startsWith('series'))).toBe(false);
    expect(scopes(aTrade(30, loss('KXA-1', -15)), aTrade(5, loss('KXB-1', -14.999999)))).not.toContain('category Climate');
    expect(scopes(aTrade(30, { pnl: usd(-15) }), aTrade(5, { event: 'KXB-1', pnl: usd(-15) })).join()).not.toContain('category');
  });

  it('lock a series that lost too much within the window, and no other', () => {
    const loss = { pnl: usd(-10) };
    expect(scopes(aTrade(30, loss), aTrade(5, loss))).toContain('series KXA');
    expect(scopes(aTrade(30, loss), aTrade(5, { ...loss, event: 'KXB-1' }))).not.toContain('series KXA');
    expect(scopes(aTrade(170, loss), aTrade(5, loss))).not.toContain('series KXA');
    expect(scopes(aTrade(30, loss), aTrade(5, { pnl: usd(-9.999999) }))).not.toContain('series KXA');
  });

  it('say why, and cover what they name', () => {
    const [lock] = locks(aTrade(1));
    expect(lock?.why).toContain('less than 24 h ago');
    const all = locks(aTrade(1));
    expect(lockOn(all, { ticker: 'KXA-1-T1', series: 'KXA' })).toBe(all[0]);
    expect(lockOn(all, { ticker: 'KXA-1-T2', series: 'KXA' })).toBeUndefined();
  });

  it('say how many stops, and how much was lost, in what time', () => {
    const stop = { exit: 'stop' };
    const whys = locks(aTrade(3, stop), aTrade(2, stop), aTrade(1, { ...stop, pnl: usd(-20.5) })).map(({ why }) => why);
    expect(whys.filter((why) => why.startsWith('3 stops'))).toEqual(['3 stops within 24 h']);
    expect(whys.filter((why) => why.startsWith('lost'))).toEqual(['lost $20.50 within 168 h']);
  });

  it('count stops by when they happened, not as they are listed, and the whole window', () => {
    const stop = { exit: 'stop' };
    const until = (...trades: readonly Trade[]) => locks(...trades).find(({ scope }) => scope === 'all')?.until;
    expect(until(aTrade(1, stop), aTrade(25, stop), aTrade(9, stop))).toBe(NOON - HOUR + 12 * HOUR);
    expect(until(aTrade(9, stop), aTrade(1, stop), aTrade(25, stop))).toBe(NOON - HOUR + 12 * HOUR);
    expect(until(aTrade(25.01, stop), aTrade(9, stop), aTrade(1, stop))).toBeUndefined();
  });

  it('reach as far back as their windows and locks together, the last moment of a window included', () => {
    const loss = { pnl: usd(-20) };
    expect(scopes(aTrade(168, { pnl: usd(-19) }), aTrade(0, { pnl: usd(-1) }))).toContain('series KXA');
    expect(scopes(aTrade(23.9, loss))).toContain('series KXA');
    expect(scopes(aTrade(24, loss))).not.toContain('series KXA');
    const short = { ...settings, cooldownHours: 0, lowProfit: { series: usd(20), category: usd(30), windowHours: 1, lockHours: 1 } };
    const stops = [aTrade(11, { exit: 'stop' }), aTrade(35, { exit: 'stop' }), aTrade(20, { exit: 'stop' })];
    expect(locksAt(stops, NOON, short).map(({ scope }) => scope)).toEqual(['all']);
    const low = {
      ...short,
      stopGuard: { stops: 9, windowHours: 1, lockHours: 1 },
      lowProfit: { series: usd(20), category: usd(30), windowHours: 10, lockHours: 5 },
    };
    expect(locksAt([aTrade(4.5, { pnl: usd(-20) })], NOON, low).map(({ scope }) => scope)).toEqual(['series']);
  });

  it('are worked out anew for another time or other settings, and are the same list while neither changes', () => {
    const trades = [aTrade(23)];
    const first = locksAt(trades, NOON, settings);
    expect(locksAt(trades, NOON, settings)).toBe(first);
    expect(locksAt(trades, NOON + HOUR, settings)).toEqual([]);
    expect(locksAt(trades, NOON, settings)).toEqual(first);
    expect(locksAt(trades, NOON, { ...settings, cooldownHours: 1 })).toEqual([]);
    expect(locksAt(trades, NOON, settings)).toEqual(first);
  });

  it('cover a market by its series or its category only where the name is its own', () => {
    const lock = (scope: 'series' | 'category', name: string) => [{ scope, name, until: NOON, why: '' }] as const;
    const market = { ticker: 'KXA-1-T1', series: 'KXA', category: 'Climate' };
    expect(lockOn(lock('series', 'KXA'), market)).toBeDefined();
    expect(lockOn(lock('series', 'Climate'), market)).toBeUndefined();
    expect(lockOn(lock('category', 'Climate'), market)).toBeDefined();
    expect(lockOn(lock('category', 'KXA'), market)).toBeUndefined();
    expect(lockOn([{ scope: 'all', name: '', until: NOON, why: '' }], market)).toBeDefined();
  });

  it('know a series by its event', () => {
    expect(seriesOf('KXHIGHNY-26APR01')).toBe('KXHIGHNY');
    expect(seriesOf('KXONE')).toBe('KXONE');
  });
});
