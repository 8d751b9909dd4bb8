import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { modeHere, modeOf } from '../../bin/connect.ts';

const before = process.cwd();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pilot-mode-'));
  process.chdir(folder);
  vi.stubEnv('PILOT_MODE', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

const configured = (mode: string) => writeFileSync('pilot.config.ts', `export const config = { mode: '${mode}' };\n`);

test('nothing said is paper', async () => {
  expect(await modeOf(undefined)).toBe('paper');
});

test('what is typed wins over the environment, and that over the configuration', async () => {
  configured('demo');
  expect(await modeOf(undefined)).toBe('demo');
  vi.stubEnv('PILOT_MODE', 'live');
  expect(await modeOf(undefined)).toBe('live');
  expect(await modeOf('paper')).toBe('paper');
});

test('live is refused on this machine, wherever it was said', async () => {
  configured('live');
  await expect(modeHere(undefined)).rejects.toMatchObject({ code: 2, message: expect.stringContaining('Fix: pilot aws up') });
  expect(await modeHere('paper')).toBe('paper');
});
