/** `npm run check -- docs`: whatever README.md and docs name exists, and every setting is documented and read. */
import type { Command as Program } from 'commander';
import { groupsIn } from '../bench/groups.ts';
import { type Facts, falseClaims } from './claims.ts';
import { type Command, commandTree } from './command-tree.ts';
import { environmentProblems, settingProblems } from './settings.ts';
import { parseSource, readText, repositoryFiles, root } from './sources.ts';

const SETTINGS_PAGE = 'docs/configuration.md';
const files = repositoryFiles();
const documents = files.filter((path) => path === 'README.md' || /^docs\/.*\.md$/.test(path));
const settings = await settingKeys();
const facts: Facts = {
  scripts: new Set(Object.keys(JSON.parse(readText('package.json')).scripts)),
  groups: { bench: groups('bench'), study: groups('study') },
  pilot: await pilot(),
  settings: settings && new Set(settings),
  figures: new Set(code(/^(bench|study)\//).flatMap((text) => text.match(/(?<=['"`])[a-z][\w-]*\.[\w-]+(?=['"`])/g) ?? [])),
  environment: new Set(
    code(/^(shared|local|bin|tests|checks|bench|study|\.ci)\//).flatMap((text) => text.match(/\b[A-Z]+_[A-Z0-9_]+\b/g) ?? []),
  ),
  paths: new Set(files.flatMap((path) => path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/')))),
};

const page = files.includes(SETTINGS_PAGE) ? readText(SETTINGS_PAGE) : '';
const running = files.filter((path) => /^(shared|local|functions|lib|bin|dashboard)\/.*\.ts$/.test(path));
const sources = running.map((path) => parseSource(path, readText(path)));
const problems = [
  ...documents.flatMap((path) => falseClaims(path, readText(path), facts)),
  ...settingProblems(settings ?? [], page, SETTINGS_PAGE, sources),
  ...environmentProblems(page, SETTINGS_PAGE, sources),
];
for (const problem of problems) console.error(problem);
console.log(`${documents.length} documents, ${settings?.length ?? 'no'} settings: ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;

/** The tree of `pilot`'s commands; undefined as long as there is no command line. */
async function pilot(): Promise<Command | undefined> {
  const program = await exported<() => Program>('bin/program.ts', 'program', 'bin/pilot.ts');
  return program && commandTree(program());
}

function settingKeys(): Promise<readonly string[] | undefined> {
  return exported<() => readonly string[]>('shared/system/config/keys.ts', 'settingKeys', 'shared/system/config/').then((keys) => keys?.());
}

/** A function that a check stands on. It may be missing only as long as what it describes is. */
async function exported<Function>(path: string, name: string, describes: string): Promise<Function | undefined> {
  if (!files.includes(path)) {
    if (!files.some((file) => file.startsWith(describes))) return undefined;
    throw new Error(`${path}: missing, so nothing can be said of ${describes}. Fix: export ${name}() there`);
  }
  const module = await import(`${root}/${path}`);
  if (typeof module[name] !== 'function') throw new Error(`${path}: exports no ${name}(). Fix: export it`);
  return module[name];
}

function groups(folder: string): ReadonlySet<string> {
  return new Set(groupsIn(`${root}/${folder}`));
}

function code(where: RegExp): readonly string[] {
  return files.filter((path) => where.test(path) && !path.endsWith('.md')).map(readText);
}
