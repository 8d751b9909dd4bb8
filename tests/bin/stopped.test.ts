import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { callPilot } from './run-pilot.ts';

const before = process.cwd();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pilot-stopped-'));
  process.chdir(folder);
  mkdirSync('.pilot');
});
afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

const worldAt = (now: number) => writeFileSync('.pilot/world.json', JSON.stringify({ seed: 1, markets: 50, start: now, now }));

describe('a system that is stopped', () => {
  test('whose world ran ahead of us is as late as it was', async () => {
    const ahead = Date.now() + 86_400_000;
    worldAt(ahead);
    const { code, out } = await callPilot('status', '--json');
    expect([code, JSON.parse(out)]).toMatchObject([0, { running: false, clock: new Date(ahead).toISOString() }]);
    expect(await callPilot('trade', '--tickers', 'KXA', '--rounds', '1')).toMatchObject({
      code: 1,
      err: expect.stringContaining('another folder'),
    });
  });

  test('whose world lies behind us is looked at from now', async () => {
    worldAt(Date.now() - 86_400_000);
    const { out } = await callPilot('status', '--json');
    expect(Date.parse((JSON.parse(out) as { clock: string }).clock)).toBeGreaterThan(Date.now() - 60_000);
  });

  test('says nothing beside the answer when it is asked to be quiet', async () => {
    expect(await callPilot('pause', '--reason', 'x')).toMatchObject({ code: 0, err: expect.stringContaining('pilot resume') });
    expect(await callPilot('pause', '--reason', 'x', '--quiet')).toEqual({ code: 0, out: 'paper: new buys paused\n', err: '' });
    expect((await callPilot('resume', '--quiet')).err).toContain('Fix:');
  });

  test('and has booked nothing shows no amount in its ledger', async () => {
    const { code, out } = await callPilot('ledger');
    expect([code, out]).toEqual([0, expect.stringContaining('nothing booked yet')]);
    expect(out).not.toContain('$');
  });

  test.each([
    [['status']],
    [['why']],
    [['pnl']],
    [['note', 'x']],
    [['golive']],
    [['run', 'health']],
    [['trade', '--tickers', 'A', '--rounds', '1']],
  ])('with a damaged database is named by %j, with the way back', async (args) => {
    writeFileSync('.pilot/dynamodb.sqlite', 'x'.repeat(5000));
    expect(await callPilot(...args)).toMatchObject({ code: 3, err: expect.stringMatching(/dynamodb\.sqlite is damaged.*Fix: .*restore/) });
    expect(readFileSync('.pilot/dynamodb.sqlite', 'utf8')).toBe('x'.repeat(5000));
  });
});
