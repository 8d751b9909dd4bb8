import { describe, expect, it } from 'vitest';
import { settings } from '../../shared/system/config/settings.ts';
import { callPilot } from './run-pilot.ts';

describe('pilot config', () => {
  it('lists every setting with its value, its default and what it does', async () => {
    const { out, code } = await callPilot('config', '--json', '--set', 'scan.minVolume=300');
    const rows = JSON.parse(out) as readonly { key: string; value: unknown; default: unknown; about: string }[];
    expect(code).toBe(0);
    expect(rows.map(({ key }) => key)).toEqual(settings().map(({ key }) => key));
    expect(rows.find(({ key }) => key === 'scan.minVolume')).toMatchObject({ value: 300, default: 500 });
    expect((await callPilot('config')).out).toContain('scan.minVolume');
  });

  it('gets one setting, under a preset', async () => {
    expect((await callPilot('config', 'get', 'sizing.kellyFraction')).out).toBe('0.25\n');
    expect((await callPilot('config', 'get', 'sizing.kellyFraction', '--preset', 'seed-004')).out).toBe('0.1\n');
  });

  it('says that a configuration is valid, or what is not and how to repair it', async () => {
    expect((await callPilot('config', 'check')).out).toBe('configuration is valid\n');
    expect((await callPilot('config', 'check', '--json')).out).toBe('{"valid":true}\n');
    const wrong = await callPilot('config', 'check', '--set', 'sizing.kellyFraction=2');
    expect(wrong.code).toBe(2);
    expect(wrong.err).toMatch(/sizing\.kellyFraction: .*Fix:/);
  });

  it('suggests what was meant', async () => {
    const { code, err } = await callPilot('config', 'get', 'scan.minVolum');
    expect(code).toBe(2);
    expect(err).toContain('did you mean scan.minVolume?');
    expect((await callPilot('config', 'get', 'xyzzy')).err).toContain('`pilot config` lists them all');
  });
});
