import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEnvFile } from '../../../shared/system/config/env-file.ts';
import { readEnvironment } from '../../../shared/system/config/environment.ts';

describe('the environment', () => {
  it('is read by name, and everybody else’s names are left alone', () => {
    const environment = readEnvironment({
      PATH: '/bin',
      PILOT_MODE: 'demo',
      PILOT_HEALTH_THRESHOLD: '45',
      OPENAI_ORG_ID: 'x',
      HOME: undefined,
    });
    expect(environment).toEqual({ PILOT_MODE: 'demo', PILOT_HEALTH_THRESHOLD: 45 });
  });

  it.each([
    [{ PILOT_MOOD: 'live' }, /^PILOT_MOOD: no such name\. Fix: did you mean PILOT_MODE\?$/],
    [{ KALSHI_FROBNICATION_LEVEL: '1' }, /^KALSHI_FROBNICATION_LEVEL: no such name\. Fix: /],
    [{ XAI_API_KEY: ' ' }, /^XAI_API_KEY: empty\. Fix: /],
    [{ PILOT_MODE: 'real' }, /^PILOT_MODE: .*Fix: /],
    [{ PILOT_HEALTH_THRESHOLD: 'high' }, /^PILOT_HEALTH_THRESHOLD: must be a number\. Fix: /],
    [{ PILOT_ZONE: 'Mars/Olympus' }, /^PILOT_ZONE: must be a time zone/],
    [{ KALSHI_BASE_URL: 'kalshi' }, /^KALSHI_BASE_URL: must be a URL/],
    [{ KALSHI_KEY_ID: 'abc' }, /^KALSHI_PRIVATE_KEY_PATH: missing\. Fix: /],
  ])('refuses %o and says what to do', (variables, fault) => {
    expect(() => readEnvironment(variables)).toThrow(fault);
  });

  it('names every fault at once and shows no value', () => {
    expect(() => readEnvironment({ PILOT_MODE: 's3cret', XAI_API_KEY: 'a b' })).toThrow(
      expect.objectContaining({ message: expect.not.stringMatching(/s3cret|a b/) }),
    );
    expect(() => readEnvironment({ PILOT_MODE: 's3cret', XAI_API_KEY: 'a b' })).toThrow(/PILOT_MODE[\s\S]*XAI_API_KEY/);
  });
});

describe('an .env file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'env-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is read when only its owner may read it', () => {
    const file = join(folder, '.env');
    writeFileSync(file, '# keys\nKALSHI_KEY_ID="abc"\nXAI_API_KEY=k=1\n', { mode: 0o600 });
    expect(readEnvFile(file)).toEqual({ KALSHI_KEY_ID: 'abc', XAI_API_KEY: 'k=1' });
  });

  it('is refused when others may read it', () => {
    const file = join(folder, '.env');
    writeFileSync(file, 'XAI_API_KEY=k\n');
    chmodSync(file, 0o640);
    expect(() => readEnvFile(file)).toThrow(/mode 640\)\. Fix: chmod 600/);
  });

  it('need not be there', () => {
    expect(readEnvFile(join(folder, '.env'))).toEqual({});
  });
});
