import { afterEach, describe, expect, it, vi } from 'vitest';
import { itRecorded, recordedData, recordedRoot } from './recorded-data.ts';

afterEach(() => vi.unstubAllEnvs());

describe('recorded data', () => {
  it('is unknown where this machine has none', () => {
    vi.stubEnv('CI', '');
    expect(recordedData('no-such-recording')).toBeUndefined();
  });

  it('must be there in CI', () => {
    vi.stubEnv('CI', 'true');
    expect(() => recordedData('no-such-recording')).toThrow('Fix: set PILOT_RECORDED_DATA');
  });

  itRecorded('is found below its root', 'settled-panel/panel.csv.gz', (file) => {
    expect(file.startsWith(recordedRoot)).toBe(true);
  });
});
