import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createExchange } from '../../../local/exchange/create-exchange.ts';
import { generateKey } from '../../../local/exchange/generate-key.ts';
import { type Listening, listen } from '../../../local/exchange/server.ts';
import { systemClock } from '../../../local/exchange/system-clock.ts';
import { generatedWorld } from '../../../local/exchange/world/generated-world.ts';
import { callPilot } from '../run-pilot.ts';

const before = process.cwd();
const key = generateKey('ed25519');
let folder: string;
let listening: Listening;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pilot-setup-'));
  process.chdir(folder);
  const world = generatedWorld({ seed: 1, markets: 20, start: systemClock.now(), pastDays: 1 });
  listening = await listen(createExchange({ world, clock: systemClock, keys: [key.key] }));
  vi.stubEnv('KALSHI_BASE_URL', listening.baseUrl);
  writeFileSync('kalshi.pem', key.privateKey);
});

afterEach(async () => {
  process.chdir(before);
  await listening.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('pilot setup from a script', () => {
  test('keeps a key that works where only its owner can read it, and what else stood there', async () => {
    writeFileSync('.env', '# mine\nXAI_API_KEY=old-key-of-mine\nKALSHI_KEY_ID=before\n', { mode: 0o600 });
    const { code, out } = await callPilot('setup', '--key-id', key.key.id, '--key-file', 'kalshi.pem', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ kalshi: key.key.id, xai: false, cash: null });
    expect(out).not.toContain('PRIVATE KEY');
    const env = readFileSync('.env', 'utf8');
    expect(env).toMatch(/^# mine\nXAI_API_KEY=old-key-of-mine\nKALSHI_BASE_URL=/);
    expect(env.match(/KALSHI_KEY_ID=/g)).toHaveLength(1);
    const path = /KALSHI_PRIVATE_KEY_PATH=(.+)/.exec(env)?.[1] ?? '';
    expect(readFileSync(path, 'utf8')).toBe(key.privateKey);
    expect([statSync('.env').mode & 0o777, statSync(path).mode & 0o777]).toEqual([0o600, 0o600]);
  });

  test('keeps nothing that the exchange does not know', async () => {
    const { code, err } = await callPilot('setup', '--key-id', 'stranger', '--key-file', 'kalshi.pem');
    expect(code).toBe(1);
    expect(err).toContain('Fix:');
    expect(statSync('.env', { throwIfNoEntry: false })).toBeUndefined();
    expect(statSync('.pilot/keys', { throwIfNoEntry: false })).toBeUndefined();
  });

  test('writes the paper balance into the configuration without losing what is there', async () => {
    writeFileSync('pilot.config.ts', '/** Mine. */\nexport const config = {\n  // wide\n  scan: { minVolume: 300 },\n};\n');
    expect((await callPilot('setup', '--cash', '500')).code).toBe(0);
    expect(readFileSync('pilot.config.ts', 'utf8')).toBe(
      '/** Mine. */\nexport const config = {\n  // wide\n  scan: { minVolume: 300 },\n  capital: { cash: 500 },\n};\n',
    );
  });

  test.each([
    [['--key-id', 'x'], '--key-file is missing'],
    [['--cash', '-3'], 'Fix: give dollars'],
    [['--key-id', 'x', '--key-file', 'none.pem'], 'cannot be read'],
    [[], 'nobody can type here'],
  ])('refuses %j with 2', async (args, said) => {
    const { code, err } = await callPilot('setup', ...args);
    expect(code).toBe(2);
    expect(err).toContain(said);
  });
});
