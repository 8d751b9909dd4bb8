import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { stateFolder } from './local-names.ts';

const shape = z.object({
  pid: z.int(),
  endpoint: z.url(),
  dashboard: z.url(),
  mode: z.enum(['paper', 'demo', 'live']),
  prices: z.enum(['generated', 'recorded', 'live']),
  clock: z.string(),
  kalshiBaseUrl: z.url(),
  /** Where the simulated xAI answers; absent where models are asked with a key, or the stand-in writes. */
  xaiBaseUrl: z.optional(z.url()),
});

/** The system that runs on this machine now: where it answers, and the time it keeps. */
export type Running = z.output<typeof shape>;

/** Where the runner says that it runs. */
function pathIn(folder: string): string {
  return join(folder, 'running.json');
}

export function announce(running: Running, folder = stateFolder): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(pathIn(folder), JSON.stringify(running), { mode: 0o600 });
}

export function withdraw(folder = stateFolder): void {
  rmSync(pathIn(folder), { force: true });
}

/** The system that runs here, if one does: a file left by a killed one is not believed. */
export function findRunning(folder = stateFolder): Running | undefined {
  let text: string;
  try {
    text = readFileSync(pathIn(folder), 'utf8');
  } catch {
    return undefined;
  }
  const parsed = shape.safeParse(parseJson(text));
  return parsed.success && isAlive(parsed.data.pid) ? parsed.data : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
