import { describe, expect, it } from 'vitest';
import type { ToldAlert } from '../../../shared/jobs/alerts/deliver-alerts.ts';
import { HISTORY } from '../../../shared/jobs/alerts/deliver-alerts.ts';
import { generatedRecording } from '../../fixtures/generated-recording.ts';
import { runReplay } from './run-replay.ts';

describe('the jobs that watch a replay', () => {
  const recording = generatedRecording({ seed: 11, markets: 40, scans: 80 });

  it('run on its clock, as often as they are set to', async () => {
    const often = await runReplay(recording);
    const seldom = await runReplay(recording, { alerts: { checkMinutes: 24 * 60 } });
    const hours = ((recording.scans.at(-1)?.at ?? 0) - (recording.scans[0]?.at ?? 0)) / 3_600_000;
    expect(often.summary.watch.alertChecks).toBeGreaterThan(seldom.summary.watch.alertChecks);
    expect(seldom.summary.watch.alertChecks).toBeLessThanOrEqual(hours / 24 + 1);
    expect(often.summary.watch.healthChecks).toBeLessThanOrEqual(hours + 1);
    expect(often.summary.watch.reports).toBeGreaterThanOrEqual(Math.floor(hours / 24) - 1);
  });

  it('keep what they found where the commands look for it', async () => {
    const { run, summary } = await runReplay(recording);
    const { records } = run.desk.store;
    const told = (await records.list(HISTORY)).map(({ body }) => (body as ToldAlert).alert);
    expect(told.length).toBeGreaterThan(0);
    expect(told.every(({ book, headline }) => book === 'paper' && headline !== '')).toBe(true);
    expect(await records.list('report')).toHaveLength(summary.watch.reports);
    expect(await records.get('health', 'paper')).toMatchObject({ items: expect.any(Array) });
  });

  it('change nothing about what is decided', async () => {
    const loud = await runReplay(recording);
    const quiet = await runReplay(recording, { alerts: { checkMinutes: 1440, drop: 0.99 } });
    expect(quiet.lines).toEqual(loud.lines);
    expect(quiet.summary.cash).toBe(loud.summary.cash);
  });
});
