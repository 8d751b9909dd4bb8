import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchHistory } from '../../../local/history/fetch-history.ts';
import { candleBatches, readCandles } from '../../../local/history/market-candles.ts';
import { type SettledMarket, settledMarkets } from '../../../local/history/settled-markets.ts';
import { readPanel } from '../../../local/replay/panel.ts';
import { replay } from '../../../local/replay/replay.ts';
import { makeConfig } from '../../../shared/system/config/config.ts';
import { onAir } from '../exchange/on-air.ts';

const HOUR = 3_600_000;
const silent = { begin: () => undefined, tick: () => undefined };

describe('history', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'history-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('becomes a panel that replays, marked as coarse, with each market as it ended', async () => {
    const room = await onAir({ markets: 40, pastDays: 8 });
    const { transport } = await room.connect();
    const out = join(folder, 'panel.csv.gz');
    const { markets, rows } = await fetchHistory(transport, { series: [], days: 1, out }, silent);
    expect(markets).toBeGreaterThan(10);
    const text = gunzipSync(readFileSync(out)).toString();
    expect(text.trim().split('\n')).toHaveLength(rows + 1);
    expect(JSON.parse(readFileSync(`${out}.json`, 'utf8'))).toMatchObject({ fidelity: 'low', markets, rows, days: 1 });
    const recording = await readPanel(out);
    expect(recording.refused).toEqual({ crossed: 0, duplicate: 0, 'out-of-order': 0 });
    expect(recording.notes.join()).toContain('low fidelity');
    for (const { ticker, result } of recording.outcomes)
      expect(room.exchange.venue.world.market(ticker)?.outcome).toMatchObject({ result });
    const lines = [];
    for await (const line of replay(recording, { config: makeConfig({ sets: ['scan.volumeField=volume'] }), only: [] })) lines.push(line);
    expect(lines.reduce((sum, { seen }) => sum + seen, 0)).toBe(rows);
  });

  it('goes on after an interruption and ends with the very same panel', async () => {
    const room = await onAir({ markets: 30, pastDays: 8 });
    const { transport } = await room.connect();
    const whole = join(folder, 'whole.csv');
    await fetchHistory(transport, { series: [], days: 1, out: whole }, silent);
    const out = join(folder, 'broken.csv');
    const request = { series: [], days: 1, out };
    const stop = () => {
      throw new Error('power cut');
    };
    await expect(fetchHistory(transport, request, { begin: () => undefined, tick: stop })).rejects.toThrow('power cut');
    appendFileSync(`${out}.part`, 'half a li');
    appendFileSync(`${out}.part.log`, '{"done":["half');
    const begun: [number, number][] = [];
    await fetchHistory(transport, request, { begin: (markets, done) => begun.push([markets, done]), tick: () => undefined });
    expect(begun[0]?.[1]).toBeGreaterThan(0);
    expect(readFileSync(out, 'utf8')).toBe(readFileSync(whole, 'utf8'));
    expect(existsSync(`${out}.part`) || existsSync(`${out}.part.log`)).toBe(false);
  });

  it('reaches behind the exchange’s cut-off by series, each market once, and not for all series', async () => {
    const room = await onAir({ markets: 40, pastDays: 110 });
    const { transport } = await room.connect();
    const now = room.clock.now();
    const query = { from: now - 100 * 24 * HOUR, to: now };
    await expect(settledMarkets(transport, { ...query, series: [] })).rejects.toThrow(/--days: 100 .*Fix: give --series/);
    const series = room.exchange.venue.world.series.map(({ ticker }) => ticker);
    const found = await settledMarkets(transport, { ...query, series: series.slice(0, 3) });
    const byTier = Map.groupBy(found, ({ archived }) => archived);
    expect(new Set(found.map(({ ticker }) => ticker)).size).toBe(found.length);
    const [old] = byTier.get(true) ?? [];
    expect(byTier.get(false)).not.toBeUndefined();
    const candles = old && (await readCandles(transport, [old], query.from));
    expect(candles?.get(old?.ticker ?? '')).not.toHaveLength(0);
  });

  it('does not mix two downloads in one file', async () => {
    const room = await onAir({ markets: 40 });
    const { transport } = await room.connect();
    const out = join(folder, 'panel.csv');
    const stop = () => {
      throw new Error('power cut');
    };
    await fetchHistory(transport, { series: [], days: 2, out }, { begin: stop, tick: stop }).catch(() => undefined);
    await expect(fetchHistory(transport, { series: [], days: 3, out }, silent)).rejects.toThrow(
      /--out: .*Fix: finish what was begun there with --days 2/,
    );
  });

  it('asks for no more candles at once than the exchange gives, and for archived markets alone', () => {
    const market = (index: number, hours: number, archived = false): SettledMarket => ({
      ticker: `M-${index}`,
      event: 'M',
      series: 'M',
      openTime: 1000 * HOUR,
      closeTime: (1000 + hours) * HOUR,
      result: 'yes',
      archived,
    });
    const batches = candleBatches(
      [...Array.from({ length: 150 }, (_, index) => market(index, 168)), market(200, 10, true), market(201, 10)],
      0,
    );
    expect(batches.map(({ length }) => length)).toEqual([59, 59, 32, 1, 1]);
  });
});
