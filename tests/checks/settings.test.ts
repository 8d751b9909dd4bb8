import { describe, expect, it } from 'vitest';
import { settingProblems } from '../../checks/settings.ts';
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
      `scan.minVolume: is not in ${page}. Fix: say there what it does, its unit and its default`,
    ]);
  });

  it('that only the configuration reads is a problem', () => {
    expect(problems('`scan.minVolume`', 'shared/system/config/presets.ts', 'scan.minVolume')).toHaveLength(1);
    expect(problems('`scan.minVolume`', 'shared/domain/scan/funnel.ts', 'const minVolume = 1')).toHaveLength(1);
  });
});
