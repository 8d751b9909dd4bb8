import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { breakages, broken } from '../../local/drills/breakages.ts';

const run = promisify(execFile);
const sent = 'sent is not written before the socket';

/** The drills on code that is broken in this way, as the command line plays them. */
async function drills(breakage: string, ...options: readonly string[]) {
  const argv = ['--import', './local/drills/break-code.ts', 'local/drills/drills.ts', ...options];
  const answered = await run(process.execPath, argv, { env: { ...process.env, DRILL_BREAKAGE: breakage }, maxBuffer: 1e8 }).catch(
    (error: { readonly stdout: string; readonly stderr: string }) => error,
  );
  return { stdout: answered.stdout, violations: answered.stderr.split('\n').filter((line) => line.startsWith('seed')) };
}

describe('a protocol that is broken on purpose', () => {
  it.each(Object.entries(breakages))('is still there to be broken: %s', (name, patches) => {
    expect(patches.length).toBeGreaterThan(0);
    for (const { file } of patches) {
      const text = readFileSync(file, 'utf8');
      expect(broken(name, `file:///anywhere/${file}`, text)).not.toBe(text);
    }
  });

  it('is refused when the line to break is gone', () => {
    expect(() => broken(sent, 'file:///anywhere/shared/jobs/execute.ts', 'another file')).toThrow('Fix: break it as it is now');
    expect(() => broken('nothing', 'file:///a.ts', '')).toThrow('Fix: use one of sent is not written');
  });

  it('is caught, and the seed that is printed fails in the same way again', async () => {
    const short = ['--ticks', '6'];
    const found = await drills(sent, '--seeds', '3', '--from', '3', '--workers', '1', '--until-violation', '--json', ...short);
    expect(found.violations[0]).toContain('not written before the socket');
    const seed = /--seed (\d+) --trace/.exec(found.violations[0] ?? '')?.[1] ?? '';
    const [first, second] = [
      await drills(sent, '--seed', seed, '--trace', ...short),
      await drills(sent, '--seed', seed, '--trace', ...short),
    ];
    expect(first.violations).toEqual(found.violations.filter((line) => line.startsWith(`seed ${seed}:`)));
    expect(first.stdout.split('\n').length).toBeGreaterThan(50);
    expect(second).toEqual(first);
  });
});
