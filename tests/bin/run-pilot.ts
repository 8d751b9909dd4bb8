import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { vi } from 'vitest';
import { exitCodeOf, explain } from '../../bin/exit.ts';
import { program } from '../../bin/program.ts';

const root = resolve(import.meta.dirname, '../..');

export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The real process, in `cwd`, with these variables beside its own. */
export function spawnPilot(args: readonly string[], cwd: string, variables: Readonly<Record<string, string>> = {}): Promise<Said> {
  const env = { ...process.env, ...variables };
  const child = spawn(process.execPath, [join(root, 'bin/pilot.ts'), ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code, ...said }));
  });
}

/** The same command line inside this process, for what needs no process of its own. */
export async function callPilot(...args: readonly string[]): Promise<Said> {
  const said = { out: '', err: '' };
  const take = (stream: 'out' | 'err') => (text: string | Uint8Array) => {
    said[stream] += String(text);
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(take('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(take('err')),
  ];
  try {
    await program().parseAsync([...args], { from: 'user' });
    return { code: 0, ...said };
  } catch (error) {
    return { code: exitCodeOf(error), out: said.out, err: `${said.err}${explain(error)}` };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
