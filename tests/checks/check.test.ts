import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { root } from '../../checks/sources.ts';

const node = (...args: readonly string[]) => spawnSync(process.execPath, [...args], { cwd: root, encoding: 'utf8' });

describe('commands that check', () => {
  it('refuse a check nobody knows and name those there are', () => {
    const { status, stderr } = node('checks/check.ts', 'tpyes');
    expect(status).toBe(2);
    expect(stderr).toContain('no check is called tpyes. Fix: choose among types, ');
  });

  it('let a Node that is new enough pass without a word', () => {
    expect(node('bin/node-version.cjs')).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  it('tell an old Node in one line what to do', () => {
    const old = `Object.defineProperty(process.versions, 'node', { value: '20.20.2' }); require('./bin/node-version.cjs')`;
    const { status, stderr } = node('-e', old);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Kalshi Pilot needs Node 22\.18 or newer; this is Node 20\.20\.2\. Fix: .*\n$/);
  });
});
