import type { Command } from './command-tree.ts';

/** What a document may speak of, as it stands in the repository. `undefined` where that part is not built yet. */
export interface Facts {
  readonly scripts: ReadonlySet<string>;
  readonly groups: Readonly<Record<string, ReadonlySet<string>>>;
  readonly pilot: Command | undefined;
  readonly settings: ReadonlySet<string> | undefined;
  /** Names of measured figures; they look like settings and are none. */
  readonly figures: ReadonlySet<string>;
  /** Environment names the program reads. */
  readonly environment: ReadonlySet<string>;
  /** Paths of files and folders. */
  readonly paths: ReadonlySet<string>;
}

const topFolder = /^(bin|lib|functions|shared|local|dashboard|tests|bench|study|checks|docs)\/[\w./-]+$/;
const environmentName = /\b(?:PILOT|KALSHI|XAI)_[A-Z0-9_]*[A-Z0-9]\b/g;
const npmOwn = new Set(['ci', 'install', 'i', 'run']);

/** What a document says that is not so, as sentences; none when all of it is true. */
export function falseClaims(path: string, text: string, facts: Facts): readonly string[] {
  const found = [
    ...code(text).flatMap((piece) => falseCode(piece, facts)),
    ...[...new Set(text.match(environmentName))].filter((name) => !facts.environment.has(name)).map((name) => `nothing reads ${name}`),
    ...unprovenFigures(text),
  ];
  return [...new Set(found)].map((sentence) => `${path}: ${sentence}. Fix: say what is, or build what is said`);
}

/** What stands in backticks and fenced blocks, line by line; a backslash at the end of a line goes on. */
function code(text: string): readonly string[] {
  const fences = text.match(/^```[^\n]*\n[\s\S]*?^```/gm) ?? [];
  const prose = text.replaceAll(/^```[^\n]*\n[\s\S]*?^```/gm, '');
  const spans = prose.match(/`[^`\n]+`/g) ?? [];
  const lines = fences.flatMap((fence) =>
    fence
      .replaceAll(/\\\n\s*/g, '')
      .split('\n')
      .slice(1, -1),
  );
  return [...lines, ...spans.map((span) => span.slice(1, -1).replaceAll('\\|', '|'))];
}

function falseCode(piece: string, facts: Facts): readonly string[] {
  return piece
    .split(/\s(?:&&|\|\||\||>|;|#)\s|\s*#\s|;\s/)
    .flatMap((command) => [...falseScript(command, facts), ...falsePilot(command, facts), ...falseSetting(command, facts)])
    .concat(topFolder.test(piece) && !facts.paths.has(piece.replace(/\/$/, '')) ? [`there is no ${piece}`] : []);
}

function falseScript(command: string, { scripts, groups }: Facts): readonly string[] {
  const match = /\bnpm (?:run )?(?:-s |--silent )?([a-z][\w:-]*)(.*)/.exec(command);
  if (!match) return [];
  const [, name = '', rest = ''] = match;
  if (!scripts.has(name)) return npmOwn.has(name) ? [] : [`there is no script "${name}"`];
  const known = groups[name];
  const asked = rest
    .replace(/^\s*--/, '')
    .split(/\s+/)
    .filter((word) => /^[a-z]/.test(word));
  return known ? asked.filter((group) => !known.has(group)).map((group) => `${name} has no group ${group}`) : [];
}

function falsePilot(command: string, { pilot }: Facts): readonly string[] {
  const match = /(?:^|\s)(?:bin\/)?pilot(?:\.ts)?(?:\s+--)?\s+(\S.*)/.exec(command);
  if (!match || !pilot) return [];
  const [first = '', ...rest] = (match[1] ?? '').split(/\s+/);
  return first.split('|').flatMap((name) => falseCall(pilot, [name, ...rest], 'pilot'));
}

/** Follows the words of one call down the tree of commands. Words in capitals, <…> and […] stand for something else. */
function falseCall(command: Command, words: readonly string[], called: string): readonly string[] {
  const [word, ...rest] = words;
  if (word === undefined) return [];
  const bare = word.replaceAll(/^\[+|[\]….,]+$/g, '');
  if (bare.startsWith('-') && bare !== '-') {
    const flags = bare.split('|').map((flag) => flag.replace(/=.*/, ''));
    const strange = flags.filter((flag) => flag.startsWith('-') && !command.options.has(flag));
    const valued = !bare.includes('=') && flags.some((flag) => command.options.get(flag));
    return [...strange.map((flag) => `"${called}" has no ${flag}`), ...falseCall(command, valued ? rest.slice(1) : rest, called)];
  }
  const child = command.commands.find(({ names }) => names.includes(bare));
  if (child) {
    const inherited = { ...child, options: new Map([...command.options, ...child.options]) };
    return falseCall(inherited, rest, `${called} ${bare}`);
  }
  const stranger = command.commands.length > 0 && !command.takesArguments && /^[a-z][a-z-]*$/.test(bare);
  return stranger ? [`"${called}" has no command ${bare}`] : falseCall({ ...command, commands: [] }, rest, called);
}

/** `scan.minVolume` in backticks, and what follows `--set`. A section alone is fine, and `key` and `k` stand for any. */
function falseSetting(piece: string, { settings, figures }: Facts): readonly string[] {
  if (!settings) return [];
  const sections = new Set([...settings].flatMap((key) => key.split('.').map((_, index, parts) => parts.slice(0, index).join('.'))));
  const set = [...piece.matchAll(/--set\s+([\w.-]+)=/g)].map(([, key = '']) => key);
  const named = /^([a-z]\w*)\.[\w.-]+$/.exec(piece);
  const dotted = named && sections.has(named[1] ?? '') && !figures.has(piece) && !piece.endsWith('.ts') ? [piece] : [];
  return [...set, ...dotted]
    .filter((key) => !/^k(ey)?$/.test(key) && !settings.has(key) && !sections.has(key))
    .map((key) => `there is no setting ${key}`);
}

/** Numbers said to be measured have to name, in their paragraph, the command that measures them. */
function unprovenFigures(text: string): readonly string[] {
  const number = /\d[\d,.]*\s?(?:%|[µm]?s\b|seconds?\b|minutes?\b|[kKMG]i?B\b|(?:[kM]\s)?\S{0,12}\/s\b)|\$\d/;
  return text
    .split(/\n\s*\n(?!\|)/)
    .filter((paragraph) => /\bmeasured\b/i.test(paragraph) && number.test(paragraph))
    .filter((paragraph) => !/`[^`]*\b(?:npm (?:run|test)|pilot )[^`]*`|^(?:npm run|npx pilot)/m.test(paragraph))
    .map((paragraph) => `"${number.exec(paragraph)?.[0]}" is said to be measured, and no command in the paragraph measures it`);
}
