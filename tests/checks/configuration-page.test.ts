import { describe, expect, it } from 'vitest';
import { configurationPage } from '../../checks/configuration-page.ts';
import { readText } from '../../checks/sources.ts';
import { presets } from '../../shared/system/config/presets.ts';
import { settings } from '../../shared/system/config/settings.ts';

const frame = (made: string) =>
  `before\n<!-- made from the configuration: begin -->${made}<!-- made from the configuration: end -->\nafter\n`;
const some = [
  { key: 'mode', about: 'highest book', value: 'paper' },
  { key: 'scan.maxDays', about: 'days | nights', value: 30 },
];

describe('the page of the configuration', () => {
  it('is up to date. Fix: node checks/write-configuration-page.ts', () => {
    const page = readText('docs/configuration.md');
    expect(configurationPage(page, settings(), presets)).toBe(page);
  });

  it('lists settings by section and presets with what to know, and keeps what people wrote around', () => {
    const page = configurationPage(frame('\nold\n'), some, { bold: { about: 'more', warnings: ['too much', 'far'], settings: {} } });
    expect(page).toMatch(/^before\n/);
    expect(page).toMatch(/\nafter\n$/);
    expect(page).not.toMatch(/^old$/m);
    expect(page).toContain('### General\n\n| setting | default | what it does |\n|---|---|---|\n| `mode` | `"paper"` | highest book |');
    expect(page).toContain('### scan\n');
    expect(page).toContain('| `scan.maxDays` | `30` | days \\| nights |');
    expect(page).toContain('| `bold` | more | too much; far |');
  });

  it('comes out the same when made again', () => {
    const once = configurationPage(frame(''), some, {});
    expect(configurationPage(once, some, {})).toBe(once);
  });

  it('must have room for what is made', () => expect(() => configurationPage('nothing', some, {})).toThrow('no made part'));
});
