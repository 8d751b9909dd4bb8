import type { Preset } from '../shared/system/config/presets.ts';
import { tableRow, withMadePart } from './made-part.ts';

interface Setting {
  readonly key: string;
  readonly about: string;
  readonly value: unknown;
}

/** The page with its made part replaced by what the configuration says now. Throws when the page has no such part. */
export function configurationPage(page: string, settings: readonly Setting[], presets: Readonly<Record<string, Preset>>): string {
  const made = `${sections(settings)}\n\n${presetTable(presets)}`;
  return withMadePart(page, { page: 'docs/configuration.md', madeFrom: 'the configuration' }, made);
}

function sections(settings: readonly Setting[]): string {
  const groups = Map.groupBy(settings, ({ key }) => key.slice(0, Math.max(0, key.lastIndexOf('.'))));
  const tables = [...groups].map(([section, members]) => {
    const rows = members.map(({ key, about, value }) => tableRow(`\`${key}\``, `\`${JSON.stringify(value)}\``, about));
    return [
      `### ${section === '' ? 'General' : section}`,
      '',
      tableRow('setting', 'default', 'what it does'),
      '|---|---|---|',
      ...rows,
    ].join('\n');
  });
  return tables.join('\n\n');
}

function presetTable(presets: Readonly<Record<string, Preset>>): string {
  const rows = Object.entries(presets).map(([name, { about, warnings }]) => tableRow(`\`${name}\``, about, warnings.join('; ')));
  return ['### Presets', '', tableRow('preset', 'what it sets', 'what to know'), '|---|---|---|', ...rows].join('\n');
}
