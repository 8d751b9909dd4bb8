import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

function run(file: string) {
  const root = join(import.meta.dirname, 'fixtures/no-skips');
  const vitest = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs');
  return spawnSync(process.execPath, [vitest, 'run', '--root', root, file], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, NO_COLOR: '1' },
  });
}

describe('a run of tests in CI', () => {
  it('that runs everything passes, and counts', () => {
    expect(run('passing')).toMatchObject({ status: 0, stdout: expect.stringContaining('tests: 1 passed, 0 failed\n') });
  });

  it('that skips something fails and names it', () => {
    const { status, stdout, stderr } = run('skipping');
    expect(status).toBe(1);
    expect(stderr).toContain('not run: skipping.case.ts > is skipped');
    expect(stderr).toContain('not run: skipping.case.ts > is not written');
    expect(stdout).toContain('tests: 1 passed, 2 failed\n');
  });

  it('counts a file that does not load', () => {
    expect(run('broken')).toMatchObject({ status: 1, stdout: expect.stringContaining('tests: 0 passed, 1 failed\n') });
  });
});
