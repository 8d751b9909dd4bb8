import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'vitest';

/** Where recorded Kalshi data lies: `PILOT_RECORDED_DATA`, relative to the repository, by default `../shared/data`. */
export const recordedRoot = resolve(import.meta.dirname, '..', process.env.PILOT_RECORDED_DATA ?? '../shared/data');

/** The full path of a recorded file or folder, or undefined when this machine has none. Throws in CI, where nothing may be skipped. */
export function recordedData(path: string): string | undefined {
  const full = join(recordedRoot, path);
  if (existsSync(full)) return full;
  if (process.env.CI) throw new Error(`recorded data ${path}: not found in ${recordedRoot}. Fix: set PILOT_RECORDED_DATA to its folder`);
  return undefined;
}

/** A test over recorded data; skipped, and saying why, where there is none. */
export function itRecorded(name: string, path: string, body: (file: string) => void | Promise<void>, timeout?: number): void {
  const file = recordedData(path);
  if (file === undefined) it.skip(unavailable(name, path));
  else it(name, () => body(file), timeout);
}

/** A group of tests over recorded data; skipped, and saying why, where there is none. */
export function describeRecorded(name: string, path: string, body: (file: string) => void): void {
  const file = recordedData(path);
  if (file === undefined) describe.skip(unavailable(name, path), () => it('needs recorded data', () => undefined));
  else describe(name, () => body(file));
}

function unavailable(name: string, path: string): string {
  return `${name} (skipped: no recorded ${path}; set PILOT_RECORDED_DATA)`;
}
