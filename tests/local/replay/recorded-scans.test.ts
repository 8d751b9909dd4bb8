import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRecording } from '../../../local/replay/recorded-scans.ts';
import { replay } from '../../../local/replay/replay.ts';
import { fileBlobs } from '../../../shared/adapters/files/file-blobs.ts';
import { seriesCategories } from '../../../shared/adapters/kalshi/series-categories.ts';
import { calibrationSamples } from '../../../shared/adapters/recordings/calibration-samples.ts';
import { recordCandidates } from '../../../shared/adapters/recordings/candidate-recording.ts';
import { recordScan } from '../../../shared/adapters/recordings/scan-recording.ts';
import { makeConfig } from '../../../shared/system/config/config.ts';
import { type OnAir, onAir } from '../exchange/on-air.ts';

const QUARTER = 900_000;

describe('replaying what the system recorded', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'recording-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Scans of an exchange over HTTP, a quarter of an hour apart, with the terms of some markets. */
  async function record({ clock, connect }: OnAir, scans: number): Promise<number> {
    const blobs = fileBlobs(folder);
    const { marketData } = await connect();
    let rows = 0;
    for (let scan = 0; scan < scans; scan++) {
      const tick = new Date(clock.now()).toISOString();
      const seen: string[] = [];
      await recordScan(blobs, tick, async (keep) => {
        for await (const page of marketData.scan()) {
          await keep(page);
          seen.push(...page.ticker);
        }
      });
      rows += seen.length;
      await recordCandidates({ blobs, market: marketData }, await marketData.quotes(seen.slice(0, 40)), tick);
      await clock.sleep(QUARTER);
    }
    return rows;
  }

  it('runs the whole loop over every market of every scan', async () => {
    const room = await onAir({ markets: 300 });
    const rows = await record(room, 3);
    const recording = await readRecording(folder, undefined);
    const lines = [];
    const config = makeConfig({ sets: ['scan.minVolume=0', 'scan.maxDays=400', 'scan.priceRange=[0.01,0.99]'] });
    for await (const line of replay(recording, { config, only: [] })) lines.push(line);
    expect(lines).toHaveLength(3);
    expect(lines.reduce((sum, { seen }) => sum + seen, 0)).toBe(rows);
    for (const { seen, funnel, candidates } of lines)
      expect(Object.values(funnel).reduce((sum, count) => sum + count, candidates)).toBe(seen);
    expect(lines.some(({ candidates }) => candidates > 0)).toBe(true);
  });

  it('knows the terms of a market from the tick on at which it was a candidate', async () => {
    await record(await onAir({ markets: 200 }), 2);
    const { scans, lacks } = await readRecording(folder, undefined);
    const known = scans.map(({ rows }) => rows.filter(({ terms }) => terms.fee !== undefined && terms.priceRanges !== undefined).length);
    expect(known[0]).toBe(40);
    expect(known[1]).toBeGreaterThanOrEqual(40);
    expect(lacks.has('depth')).toBe(false);
  });

  it('settles markets as the nightly job recorded that they had ended', async () => {
    const room = await onAir({ markets: 300 });
    await record(room, 2);
    const { marketData, transport } = await room.connect();
    const blobs = fileBlobs(folder);
    await room.clock.sleep(3 * 24 * 4 * QUARTER);
    const samples = await calibrationSamples({
      blobs,
      market: marketData,
      now: room.clock.now(),
      categories: () => seriesCategories(transport),
    });
    await record(room, 1);
    const recording = await readRecording(folder, undefined);
    expect(samples.length).toBeGreaterThan(0);
    expect(samples.filter(({ category }) => category === '')).toEqual([]);
    expect(recording.outcomes.length).toBeGreaterThan(0);
    for (const { ticker, yesValue } of recording.outcomes)
      expect(yesValue).toBe((room.exchange.venue.world.market(ticker)?.outcome.yesValue ?? Number.NaN) * 100);
    const ended = replay(recording, { config: makeConfig({}), only: [] });
    let last = await ended.next();
    while (!last.done) last = await ended.next();
    expect(last.value.settledMarkets).toBe(recording.outcomes.length);
  });

  it('says what is missing: scans that were not made, scans that broke off, results', async () => {
    const room = await onAir({ markets: 50 });
    await record(room, 1);
    await room.clock.sleep(2 * QUARTER);
    await record(room, 1);
    const tick = new Date(room.clock.now()).toISOString();
    await recordScan(fileBlobs(folder), tick, () => Promise.reject(new Error('exchange away'))).catch(() => undefined);
    const { notes } = await readRecording(folder, undefined);
    expect(notes).toContain('2 quarter-hours have no scan');
    expect(notes).toContain(`${tick}: the scan ended after 0 pages: exchange away`);
    expect(notes.join()).toContain('--outcomes FILE');
  });

  it('refuses a folder without recordings and a damaged recording, by name', async () => {
    await expect(readRecording(folder, undefined)).rejects.toThrow(/holds no recorded scans\. Fix: /);
    await record(await onAir({ markets: 30 }), 1);
    const [key = ''] = await fileBlobs(folder).list('scans/');
    writeFileSync(join(folder, key), 'not a recording');
    await expect(readRecording(folder, undefined)).rejects.toThrow(`${key}: is damaged`);
  });
});
