import { describe, expect, it } from 'vitest';
import { settingsFrom, WrongSetting } from '../../lib/settings.ts';
import { makeApp } from './synthesized.ts';

describe('settings of a deployment', () => {
  it('are paper, private and New York’s when nothing is said', () => {
    expect(settingsFrom({})).toMatchObject({ name: 'kalshi-pilot', mode: 'paper', zone: 'America/New_York', dashboard: 'private' });
  });

  it('take numbers as text, as the command line gives them', () => {
    expect(settingsFrom({ healthThreshold: '60', logDays: '90', monthlyBudget: 12 })).toMatchObject({
      healthThreshold: 60,
      logDays: 90,
      monthlyBudget: 12,
    });
  });

  it('leave the CDK its own flags', () =>
    expect(() => settingsFrom({ '@aws-cdk/core:x': true, 'aws:cdk:y': 1, 'cli-telemetry': false })).not.toThrow());

  it.each([
    ['mode', 'LVIE', 'use one of paper, demo, live'],
    ['zone', 'Mars/Olympus', 'write an IANA name'],
    ['dailyTime', '25:00', 'write a time of day as HH:MM'],
    ['weeklyDay', 'mon', 'use one of sunday, monday'],
    ['healthThreshold', '101', 'write a number from 0 to 100'],
    ['healthThreshold', '', 'write a number from 0 to 100'],
    ['dashboard', 'public', 'use one of private, phone'],
    ['name', 'Kalshi Pilot', 'write 2 to 24 lower-case letters'],
    ['logDays', 31, 'use one of 7, 14, 30'],
    ['monthlyBudget', 0, 'write a number from 1'],
    ['dashboard', { phone: true }, 'write a text or a number'],
    ['dailytime', '10:30', 'use one of name, mode, zone, dailyTime'],
  ])('refuse %s = %j before anything is made, naming the field and the fix', (key, value, fix) => {
    expect(() => makeApp({ [key]: value })).toThrow(WrongSetting);
    expect(() => makeApp({ [key]: value })).toThrow(new RegExp(`^Setting "${key}" .*Fix: ${fix}`));
  });
});
