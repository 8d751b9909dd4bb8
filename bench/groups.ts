import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type Figure, figureRow, judge } from './figure.ts';

/** A file of figures: `bench/scan.ts` is the group `scan`. */
interface Group {
  figures(): Promise<readonly Figure[]>;
}

/** The names of the groups in a folder: its files that export `figures`. */
export function groupsIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && /^export (async )?function figures\(/m.test(readFileSync(join(folder, file), 'utf8')))
    .map((file) => file.replace(/\.ts$/, ''));
}

/**
 * Runs the asked groups one after the other and prints a line per figure, as JSON or for people.
 * Gives the exit code: 0 when every figure keeps its budget, 1 when one does not, 2 when asked wrongly.
 */
export async function runGroups(folder: string, command: string, args: readonly string[]): Promise<number> {
  const known = groupsIn(folder);
  const asked = readArguments(args);
  const strange = asked.groups.filter((name) => !known.includes(name));
  if (asked.problem !== undefined || asked.groups.length === 0 || strange.length > 0) {
    const problem = asked.problem ?? (strange.length > 0 ? `no group is called ${strange.join(', ')}.` : 'no group is named.');
    const choice = known.length > 0 ? `choose among ${known.join(', ')}` : 'there is no group yet';
    console.error(`${problem} Fix: npm run -s ${command} -- GROUP [--json]; ${choice}`);
    return 2;
  }
  let ok = true;
  for (const name of asked.groups) ok = (await runGroup(join(folder, `${name}.ts`), asked.json)) && ok;
  return ok ? 0 : 1;
}

async function runGroup(file: string, json: boolean): Promise<boolean> {
  const group: Group = await import(pathToFileURL(file).href);
  const lines = (await group.figures()).map(judge);
  for (const line of lines) console.log(json ? JSON.stringify(line) : figureRow(line));
  return lines.length > 0 && lines.every(({ ok }) => ok);
}

function readArguments(args: readonly string[]): { readonly groups: readonly string[]; readonly json: boolean; readonly problem?: string } {
  try {
    const { positionals, values } = parseArgs({ args: [...args], allowPositionals: true, options: { json: { type: 'boolean' } } });
    return { groups: positionals, json: values.json ?? false };
  } catch (error) {
    return { groups: [], json: false, problem: error instanceof Error ? error.message : String(error) };
  }
}
