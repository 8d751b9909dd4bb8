import { globSync, readFileSync } from 'node:fs';

/** Places in the code where a process can be waiting, as `file:line`. */
export type AwaitSites = ReadonlySet<string>;

/** Every line with an await in these folders. */
export function awaitSites(root: string, patterns: readonly string[]): AwaitSites {
  const files = patterns.flatMap((pattern) => globSync(pattern, { cwd: root }));
  return new Set(files.flatMap((file) => linesOf(root, file)));
}

function linesOf(root: string, file: string): readonly string[] {
  return readFileSync(`${root}/${file}`, 'utf8')
    .split('\n')
    .flatMap((line, index) => (/\bawait\b/.test(line) && !/^\s*(\*|\/\/)/.test(line) ? [`${file}:${index + 1}`] : []));
}

/** The sites among these that a stack passes through. */
export function sitesIn(stack: string, sites: AwaitSites): readonly string[] {
  return [...stack.matchAll(/((?:shared|local)\/[\w/.-]+\.ts):(\d+)/g)].flatMap(([, file, line]) => {
    const site = `${file}:${line}`;
    return sites.has(site) ? [site] : [];
  });
}
