import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { announce, findRunning, withdraw } from '../../../local/runner/running.ts';
import { keepTime, loadWorld } from '../../../local/runner/world-file.ts';

const scratch = mkdtempSync(join(tmpdir(), 'pilot-runner-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const folder = () => mkdtempSync(join(scratch, 'state-'));

const running = {
  pid: process.pid,
  endpoint: 'http://127.0.0.1:4000',
  dashboard: 'http://127.0.0.1:8082',
  mode: 'paper',
  prices: 'generated',
  clock: '1,2,60',
  kalshiBaseUrl: 'http://127.0.0.1:5000/trade-api/v2',
} as const;

describe('the system that runs here', () => {
  it('is found by what it announced, until it withdraws', () => {
    const here = folder();
    expect(findRunning(here)).toBeUndefined();
    announce(running, here);
    expect(findRunning(here)).toEqual(running);
    withdraw(here);
    expect(findRunning(here)).toBeUndefined();
  });

  it('is not believed to run when it was killed, or when the file is no announcement', () => {
    const here = folder();
    announce({ ...running, pid: 2 ** 22 + 1 }, here);
    expect(findRunning(here)).toBeUndefined();
    writeFileSync(join(here, 'running.json'), '{"pid":');
    expect(findRunning(here)).toBeUndefined();
  });
});

describe('the world kept here', () => {
  const asked = { seed: 1, markets: 200, now: 1_000_000 };

  it('is made once, and stays what it was whatever is asked later', () => {
    const here = folder();
    const made = loadWorld(asked, here);
    expect(made).toEqual({ seed: 1, markets: 200, start: 1_000_000, now: 1_000_000 });
    expect(loadWorld({ seed: 2, markets: 9, now: 5 }, here)).toEqual(made);
  });

  it('never goes back in time: after a kill it goes on later than it was, after a stop just where it was', () => {
    const here = folder();
    const world = loadWorld(asked, here);
    let now = 2_000_000;
    const stop = keepTime(world, { now: () => now, sleep: async () => undefined }, 60, here);
    expect(loadWorld(asked, here).now).toBeGreaterThanOrEqual(now + 60_000);
    now = 2_030_000;
    stop();
    expect(loadWorld(asked, here)).toEqual({ ...world, now });
  });

  it.each(['{"seed":1', '{"seed":"one","markets":2,"start":1,"now":1}', ''])('%j is named as damaged and not overwritten', (text) => {
    const here = folder();
    const path = join(here, 'world.json');
    writeFileSync(path, text);
    expect(() => loadWorld(asked, here)).toThrow(`${path}: is damaged. Fix: restore it, or move the folder ${here} away`);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
});
