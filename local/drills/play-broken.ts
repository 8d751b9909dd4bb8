import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { breakages } from './breakages.ts';

/** Within how many seeds a breakage was caught, and by what; undefined when it was not. */
export interface Caught {
  readonly breakage: string;
  readonly seeds: number | undefined;
  readonly violation: string;
}

/** Plays seeds on code that is broken on purpose, one breakage after another, until each is caught. */
export async function* playBroken(options: readonly string[]): AsyncGenerator<Caught> {
  for (const breakage of Object.keys(breakages)) yield await playOne(breakage, options);
}

function playOne(breakage: string, options: readonly string[]): Promise<Caught> {
  const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(
    process.execPath,
    ['--import', here('./break-code.ts'), here('./drills.ts'), '--json', '--until-violation', ...options],
    {
      env: { ...process.env, DRILL_BREAKAGE: breakage },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const [stdout, stderr] = [[] as Buffer[], [] as Buffer[]];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => {
      const said = Buffer.concat(stderr).toString();
      const last = Buffer.concat(stdout).toString().trim().split('\n').at(-1) ?? '';
      if (!last.startsWith('{')) return reject(new Error(`the drills broke off with "${breakage}": ${said}`));
      const { seeds, violations } = JSON.parse(last) as { readonly seeds: number; readonly violations: number };
      resolve({ breakage, seeds: violations === 0 ? undefined : seeds, violation: said.split('\n')[0] ?? '' });
    });
  });
}
