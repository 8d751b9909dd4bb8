import { describe, expect, it } from 'vitest';
import { strategies } from '../../shared/domain/strategies/strategies.ts';
import { ConfigError, makeConfig } from '../../shared/system/config/config.ts';
import { exitSettings, protectionSettings, riskLimits, scanSettings } from '../../shared/system/config/domain-settings.ts';
import { nearest } from '../../shared/system/config/keys.ts';
import { presetNames, presetSettings, presets } from '../../shared/system/config/presets.ts';
import { settings } from '../../shared/system/config/settings.ts';

const set = (...sets: readonly string[]) => makeConfig({ sets });

describe('the configuration', () => {
  it('is paper when there is none, and no strategy may do more', () => {
    const config = makeConfig({});
    expect(config.mode).toBe('paper');
    for (const { rung } of Object.values(config.strategies)) expect(['off', 'paper']).toContain(rung);
  });

  it('has settings for every strategy there is, and for no other', () => {
    const names = strategies.map(({ name }) => name);
    expect(Object.keys(makeConfig({}).strategies)).toEqual(expect.arrayContaining(names));
    expect(names.length).toBe(Object.keys(makeConfig({}).strategies).length);
  });

  it('lets the later win: defaults, preset, file, sets in their order', () => {
    const file = { scan: { minVolume: 100 }, sizing: { perMarket: 0.01 } };
    const config = makeConfig({ preset: presetSettings('seed-002'), file, sets: ['scan.minVolume=5', 'scan.minVolume=6'] });
    expect(config.scan.minVolume).toBe(6);
    expect(config.sizing.perMarket).toBe(0.01);
    expect(config.sizing.kellyFraction).toBe(0.55);
    expect(config.scan.maxSpread).toBe(0.05);
  });

  it('takes JSON or text', () => {
    expect(set('scan.priceRange=[0.1,0.9]').scan.priceRange).toEqual([0.1, 0.9]);
    expect(set('scan.volumeField=volume').scan.volumeField).toBe('volume');
    expect(set('capital.max=null').capital.max).toBeNull();
    expect(set('capital.deny.series=["KXA"]').capital.deny.series).toEqual(['KXA']);
  });

  it.each([
    ['scan.minVolum=1', 'scan.minVolum: no such setting. Fix: did you mean scan.minVolume?'],
    ['xyzzy.plugh=1', 'no such setting'],
    ['scan.minVolume=', 'scan.minVolume: empty value. Fix:'],
    ['scan.minVolume', 'no value. Fix: write --set key=value'],
    ['scan.minVolume=lots', 'scan.minVolume: '],
    ['scan.minVolume=-1', 'scan.minVolume: '],
    ['sizing.perMarket=1.5', 'sizing.perMarket: '],
    ['scan.priceRange=[0.9,0.1]', 'the first must be smaller than the second'],
    ['mode=real', 'mode: '],
    ['strategies.dips.rung=shadow', 'strategies.dips.rung: '],
    ['risk.maxPositions=1.5', 'risk.maxPositions: '],
    ['alerts.checkMinutes=0', 'alerts.checkMinutes: '],
    ['alerts.checkMinutes=2.5', 'alerts.checkMinutes: '],
  ])('refuses --set %s, with the field and the fix', (pair, message) => {
    expect(() => set(pair)).toThrow(ConfigError);
    expect(() => set(pair)).toThrow(message);
    expect(() => set(pair)).toThrow('Fix: ');
  });

  it('names every field that is wrong, not only the first', () => {
    const both = () => set('scan.minVolume=-1', 'sizing.perMarket=2');
    expect(both).toThrow('scan.minVolume: ');
    expect(both).toThrow('sizing.perMarket: ');
  });

  it('is refused when the file is wrong, whatever lies over it', () => {
    expect(() => makeConfig({ file: 5 })).toThrow('configuration: ');
    expect(() => makeConfig({ file: { scan: 5 }, sets: ['scan.minVolume=1'] })).toThrow('scan: ');
  });

  it('has a known text for every setting, with a unit where there is one', () => {
    expect(settings().filter(({ about }) => !/\w{3}/.test(about))).toEqual([]);
    expect(new Set(settings().map(({ key }) => key)).size).toBe(settings().length);
  });

  it('suggests only what is near', () => {
    expect(
      nearest(
        'scan.maxspread',
        settings().map(({ key }) => key),
      ),
    ).toBe('scan.maxSpread');
    expect(
      nearest(
        'zzzzzzzzzzzz',
        settings().map(({ key }) => key),
      ),
    ).toBeUndefined();
  });
});

describe('every preset', () => {
  it.each(presetNames)('%s is valid and says what to know', (name) => {
    expect(makeConfig({ preset: presetSettings(name) }).mode).toBe('paper');
    expect(presets[name].about.length * presets[name].warnings.length).toBeGreaterThan(0);
  });

  it('gives each seed’s own numbers', () => {
    const of = (name: string) => makeConfig({ preset: presetSettings(name) });
    expect(of('seed-000')).toMatchObject({ capital: { cashReserve: 0.15 }, sizing: { perMarket: 0.1 }, risk: { maxPositions: 12 } });
    expect(of('seed-001')).toMatchObject({
      sizing: { kellyFraction: 1, perMarket: 0.25 },
      risk: { maxDrawdown: 0.2, dailyLossDollars: 500, losingStreak: 5 },
    });
    expect(of('seed-001-example').risk).toMatchObject({ maxDrawdown: 0.15, losingStreak: 3 });
    expect(of('seed-002')).toMatchObject({
      sizing: { kellyFraction: 0.55, perMarket: 0.03 },
      risk: { maxPositions: 6, dailyLossShare: 0.08 },
      scan: { minVolume: 750, maxDays: 14 },
    });
    expect(of('seed-003')).toMatchObject({ capital: { cashReserve: 0.2 }, risk: { dailyLossShare: 0.05 } });
    expect(of('seed-003-first-trade').sizing.maxOrder).toBe(10);
    expect(of('seed-004').sizing.kellyFraction).toBe(0.1);
  });

  it('is refused when it does not exist, with those that do', () => {
    expect(() => presetSettings('seed-9')).toThrow(/preset: "seed-9" is not known\. Fix: use one of seed-000/);
  });
});

describe('settings in the units of the domain', () => {
  it('are exact: hundredths, ten-thousandths, micro-dollars', () => {
    const config = set(
      'scan.minVolume=0.29',
      'scan.maxSpread=0.07',
      'capital.max=0.1',
      'sizing.maxOrder=10',
      'protections.seriesLoss=19.99',
    );
    expect(scanSettings(config)).toMatchObject({ minVolume: 29, maxSpread: 700, priceRange: [2_000, 8_000] });
    expect(riskLimits(config)).toMatchObject({ capitalMax: 100_000, maxOrder: 10_000_000, maxSlippage: 200, dailyLossUsd: 500_000_000 });
    expect(protectionSettings(config).lowProfit.series).toBe(19_990_000);
  });

  it('switch off what null switches off', () => {
    expect(riskLimits(makeConfig({}))).toMatchObject({ capitalMax: undefined, maxOrder: undefined });
    expect(exitSettings(set('strategies.dips.exits.stop=null'), 'dips').stop).toBeUndefined();
    expect(exitSettings(set('strategies.dips.exits.trailActivate=0.05'), 'dips').trail).toEqual({ activate: 500, give: 0.5 });
    expect(exitSettings(makeConfig({}), 'dips').trail).toBeUndefined();
  });

  it.each([undefined, 'taken-out', 'toString'])('has no exit rule for a position of %s: it is held to settlement', (strategy) => {
    const { stop, recovery, takeProfit, trail, timeShare, portfolioStop } = exitSettings(makeConfig({}), strategy);
    expect([stop, recovery, takeProfit, trail, timeShare, portfolioStop].every((rule) => rule === undefined)).toBe(true);
  });
});
