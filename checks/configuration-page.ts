import type { Preset } from '../shared/system/config/presets.ts';

interface Setting {
  readonly key: string;
  readonly about: string;
  readonly value: unknown;
}

const START = '<!-- made from the configuration: begin -->';
const END = '<!-- made from the configuration: end -->';

/** The page with its made part replaced by what the configuration says now. Throws when the page has no such part. */
export function configurationPage(page: string, settings: readonly Setting[], presets: Readonly<Record<string, Preset>>): string {
  const start = page.indexOf(START);
  const end = page.indexOf(END);
  if (start < 0 || end < start) throw new Error(`docs/configuration.md: no made part. Fix: add the lines ${START} and ${END}`);
  return `${page.slice(0, start + START.length)}\n\n${sections(settings)}\n\n${presetTable(presets)}\n\n${page.slice(end)}`;
}

function sections(settings: readonly Setting[]): string {
  const groups = Map.groupBy(settings, ({ key }) => key.slice(0, Math.max(0, key.lastIndexOf('.'))));
  const tables = [...groups].map(([section, members]) => {
    const rows = members.map(({ key, about, value }) => row(`\`${key}\``, `\`${JSON.stringify(value)}\``, about));
    return [`### ${section === '' ? 'General' : section}`, '', row('setting', 'default', 'what it does'), '|---|---|---|', ...rows].join(
      '\n',
    );
  });
  return tables.join('\n\n');
}

function presetTable(presets: Readonly<Record<string, Preset>>): string {
  const rows = Object.entries(presets).map(([name, { about, warnings }]) => row(`\`${name}\``, about, warnings.join('; ')));
  return ['### Presets', '', row('preset', 'what it sets', 'what to know'), '|---|---|---|', ...rows].join('\n');
}

function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
