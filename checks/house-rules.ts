import { posix } from 'node:path';
import type { SourceFile } from './sources.ts';

export const MAX_LINES = 250;

/** Where the environment of the process may be read: in the configuration, and where a process is put together. */
const readsEnvironment = /^(shared\/system\/config[/.]|local\/|bin\/|tests\/|checks\/|bench\/|study\/|[^/]+\.config\.ts$)/;
const pure = /^shared\/(domain|jobs)\//;
/** Secrets Manager is what AWS calls it. */
const vague = /(^|[-/])(utils?|helpers?|(?<!secrets-)manager|service|enhanced|v2)([-./]|$)/i;
const clockAndChance = new Set(['Date.now', 'new Date()', 'Date()', 'Math.random', 'performance.now', 'crypto.randomUUID']);
const silencers = /\b(biome-ignore|eslint-disable|oxlint-disable|@ts-ignore|@ts-nocheck|knip-ignore)\b/;
const unfinished = /\b(TODO|FIXME|XXX)\b/;

/** What is wrong with one file, as sentences; none when it keeps the house rules. */
export function houseViolations(file: SourceFile): readonly string[] {
  const { path, lines, text, ambient } = file;
  const found: string[] = [];
  if (lines > MAX_LINES) found.push(`has ${lines} lines, more than ${MAX_LINES}. Fix: a concept is missing a name; give it a file`);
  if (vague.test(path)) found.push('has a name that says nothing. Fix: name it by what it exports');
  if (file.defaultExport && !path.endsWith('.config.ts')) found.push('has a default export. Fix: export by name');
  if (file.barrel || posix.basename(path) === 'index.ts') found.push('is a barrel. Fix: import from the file that says it');
  if (ambient.includes('process.env') && !readsEnvironment.test(path)) {
    found.push('reads process.env. Fix: read it in shared/system/config and hand in the value');
  }
  for (const use of pure.test(path) ? new Set(ambient.filter((name) => clockAndChance.has(name))) : []) {
    found.push(`uses ${use}. Fix: time and chance arrive as values`);
  }
  const rules = withoutOwnWords(path, text);
  if (silencers.test(rules)) found.push('silences a check. Fix: repair what it says');
  if (unfinished.test(rules)) found.push('is unfinished by its own word. Fix: finish it or take it out');
  return found.map((sentence) => `${path}: ${sentence}`);
}

/** The rules themselves have to name what they forbid. */
function withoutOwnWords(path: string, text: string): string {
  return path === 'checks/house-rules.ts' || path === 'tests/architecture.test.ts' ? '' : text;
}

/** Things no committed text may hold: they bind the project to one machine. Bracketed letters keep this file out of its own net. */
const strangers: readonly (readonly [RegExp, string])[] = [
  [/(?<![\w.$}~-])\/([t]mp|[w]ork|[r]oot)(?=[/"'`\s),;]|$)/m, 'an absolute path of one machine'],
  [/(?<![\w.$}~-])\/([h]ome|[U]sers)\/\w/, 'an absolute path of one machine'],
  [/\b[r]egistry\.[\w-]+\.[a-z]{2,}|"[r]esolved":\s*"http|_[a]uthToken/, 'the host of a package registry'],
];

/** What a text names that other machines do not have. */
export function strangersIn(path: string, text: string): readonly string[] {
  return strangers.flatMap(([pattern, what]) => {
    const match = pattern.exec(text);
    if (!match) return [];
    const line = text.slice(0, match.index).split('\n').length;
    return [`${path}:${line}: names ${what} (${match[0].trim()}). Fix: make it relative or take it out`];
  });
}

/** Documents a text points its reader to that the repository does not hold. `known` are paths of the repository. */
export function missingDocuments(path: string, text: string, known: readonly string[]): readonly string[] {
  const named = new Set(text.match(/(?<![\w*{}$])[\w./-]*\w\.md\b/g));
  const held = (document: string) => known.some((file) => file === posix.normalize(document) || posix.basename(file) === document);
  const relative = (document: string) => known.includes(posix.join(posix.dirname(path), document));
  return [...named]
    .filter((document) => !held(document) && !relative(document))
    .map((document) => `${path}: points to ${document}, which is not here. Fix: say it in the repository, or point to what is`);
}

/** Dependencies that are not one exact version. */
export function looseVersions(manifest: Readonly<Record<string, unknown>>): readonly string[] {
  return ['dependencies', 'optionalDependencies', 'devDependencies'].flatMap((group) =>
    Object.entries(manifest[group] ?? {})
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)))
      .map(([name, version]) => `package.json: ${group} ${name} is ${version}. Fix: pin one exact version`),
  );
}
