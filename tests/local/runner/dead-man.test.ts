import { describe, expect, it } from 'vitest';
import { DeadMan } from '../../../local/runner/dead-man.ts';
import { retimed } from '../../../shared/system/map/schedule.ts';
import { type FunctionName, functionNames, functions } from '../../../shared/system/map.ts';

const MINUTE = 60_000;

function manAt(leastMs = 0) {
  const clock = { at: 0, now: () => clock.at, sleep: async () => {} };
  const man = new DeadMan(retimed(functions, { alertMinutes: 10 }), clock, leastMs);
  const silent = (minutes: number, ended: readonly FunctionName[] = []) => {
    clock.at = minutes * MINUTE;
    for (const name of ended) man.ended(name);
    return man.look().map(({ job }) => job);
  };
  return { silent };
}

const others = (...names: readonly FunctionName[]) => functionNames.filter((name) => !names.includes(name));

describe('the dead-man’s switch of this machine', () => {
  it('rings when a job has not ended well for as long as the map allows, the alert check itself included', () => {
    const { silent } = manAt();
    expect(silent(14)).toEqual([]);
    expect(silent(16)).toEqual(['sync']);
    expect(silent(31, others('alert-check', 'sync'))).toEqual(['alert-check']);
  });

  it('rings once, and again only after the job was heard', () => {
    const { silent } = manAt();
    expect(silent(16)).toEqual(['sync']);
    expect(silent(17)).toEqual([]);
    expect(silent(20, ['sync'])).toEqual([]);
    expect(silent(34)).toContain('alert-check');
    expect(silent(36)).toEqual(['sync']);
  });

  it('is patient where time runs faster than jobs do', () => {
    const { silent } = manAt(120 * MINUTE);
    expect(silent(119)).toEqual([]);
    expect(silent(121)).toEqual(['scan', 'trade', 'sync', 'alert-check']);
  });

  it('watches no job that the map lets be silent', () => {
    const { silent } = manAt();
    for (let minute = 10; minute < 1000; minute += 10)
      expect(silent(minute, ['scan', 'trade', 'sync', 'alert-check', 'health'])).toEqual([]);
  });

  it('does not ring when the machine slept', () => {
    const { silent } = manAt();
    expect(silent(5, others())).toEqual([]);
    expect(silent(9 * 60)).toEqual([]);
    expect(silent(9 * 60 + 16)).toEqual(['sync']);
  });
});
