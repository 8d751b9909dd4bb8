import { describe, expect, it } from 'vitest';
import { environmentProblems, settingProblems } from '../../checks/settings.ts';
import { parseSource } from '../../checks/sources.ts';

const page = 'docs/configuration.md';
const problems = (text: string, path: string, source: string) =>
  settingProblems(['scan.minVolume'], text, page, [parseSource(path, source)]);

describe('a setting', () => {
  it.each(['volume < scan.minVolume', 'const { minVolume } = scan', 'const f = ({ minVolume: least }) => least', "scan['minVolume']"])(
    'is read by %s',
    (source) => expect(problems('`scan.minVolume`', 'shared/domain/scan/funnel.ts', source)).toEqual([]),
  );

  it('that no page explains is a problem', () => {
    expect(problems('scan.minVolume', 'shared/domain/scan/funnel.ts', 'scan.minVolume')).toEqual([
      `scan.minVolume: is not in ${page}. Fix: say there what it does, its unit and default`,
    ]);
  });

  it('that only the configuration reads is a problem', () => {
    expect(problems('`scan.minVolume`', 'shared/system/config/presets.ts', 'scan.minVolume')).toHaveLength(1);
    expect(problems('`scan.minVolume`', 'shared/domain/scan/funnel.ts', 'const minVolume = 1')).toHaveLength(1);
  });

  it('may be translated for those who use it, but they have to take it', () => {
    const translator = parseSource('shared/system/config/domain-settings.ts', 'const f = ({ scan }) => ({ least: scan.minVolume })');
    const user = (text: string) => parseSource('shared/domain/scan/funnel.ts', text);
    const found = (text: string) => settingProblems(['scan.minVolume'], '`scan.minVolume`', page, [translator, user(text)]);
    expect(found('volume < settings.least')).toEqual([]);
    expect(found('volume < 5')).toEqual([
      'shared/system/config/domain-settings.ts: hands on least, which nothing reads. Fix: use it or drop it',
    ]);
  });
});

describe('an environment name', () => {
  const sources = [parseSource('shared/system/config/environment.ts', "const names = ['PILOT_MODE', 'KALSHI_KEY_ID']")];

  it('that the configuration knows is explained', () => {
    expect(environmentProblems('`PILOT_MODE`, `KALSHI_KEY_ID`', page, sources)).toEqual([]);
    expect(environmentProblems('`PILOT_MODE`', page, sources)).toEqual([`KALSHI_KEY_ID: is not in ${page}. Fix: say there what it is for`]);
  });
});
