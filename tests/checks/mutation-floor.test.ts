import { describe, expect, it } from 'vitest';
import { acceptedMutants } from '../../checks/accepted-mutants.ts';
import { judgeMutants } from '../../checks/mutation-floor.ts';

const FILE = 'shared/domain/money.ts';
const source = 'const a = 1;\nif (a  >  0) return;\n';
/** So many mutants of the comparison in the second line, with these ends. */
const report = (...statuses: readonly string[]) => ({
  files: {
    [FILE]: {
      source,
      mutants: statuses.map((status) => ({
        status,
        replacement: 'a >= 0',
        location: { start: { line: 2, column: 5 }, end: { line: 2, column: 12 } },
      })),
    },
  },
});
const nine = Array.from({ length: 9 }, () => 'Killed');

describe('the floor under each file', () => {
  it('is kept with nine of ten noticed, time-outs included, and broken with fewer', () => {
    expect(judgeMutants(report(...nine.slice(1), 'Timeout', 'Survived'), []).short).toEqual([]);
    expect(judgeMutants(report(...nine.slice(1), 'Survived'), []).short).toEqual([
      `${FILE}: 88.9 %, at least 90 % are wanted. Fix: test what its survivors change`,
    ]);
    expect(judgeMutants(report(...nine.slice(1), 'NoCoverage'), []).short).toHaveLength(1);
  });

  it('does not count what was not run', () =>
    expect(judgeMutants(report(...nine, 'Ignored', 'CompileError', 'Survived'), []).short).toEqual([]));

  it('asks for a reason for each survivor that has none', () => {
    const survived = report(...nine, 'Survived');
    expect(judgeMutants(survived, []).unexplained).toEqual([`${FILE}:2: a > 0 → a >= 0`]);
    const accepted = [{ file: FILE, reason: 'the same', mutants: ['a > 0 → a >= 0'] }];
    expect(judgeMutants(survived, accepted).unexplained).toEqual([]);
    expect(judgeMutants(survived, [{ ...accepted[0], file: 'another.ts' } as (typeof accepted)[0]]).unexplained).toHaveLength(1);
  });

  it('has reasons that say something', () => {
    for (const { reason, mutants } of acceptedMutants) {
      expect(reason.length).toBeGreaterThan(20);
      expect(mutants.length).toBeGreaterThan(0);
    }
  });
});
