import { describe, expect, it } from 'vitest';
import type { Trade } from '../../../shared/domain/position.ts';
import type { ProtectionSettings } from '../../../shared/domain/risk/protections.ts';
import { lockOn, locksAt, seriesOf } from '../../../shared/domain/risk/protections.ts';
import { HOUR, NOON } from '../../fixtures/market-rows.ts';
import { contracts, usd } from '../../fixtures/trading-desk.ts';

const settings: ProtectionSettings = {
  cooldownHours: 24,
  stopGuard: { stops: 3, windowHours: 24, lockHours: 12 },
  lowProfit: { loss: usd(20), windowHours: 168, lockHours: 24 },
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

  it('know a series by its event', () => {
    expect(seriesOf('KXHIGHNY-26APR01')).toBe('KXHIGHNY');
    expect(seriesOf('KXONE')).toBe('KXONE');
  });
});
