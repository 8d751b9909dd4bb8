import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { makeTapes } from '../../../bench/made/tapes.ts';
import { TapeReplay } from '../../../local/replay/replay-tapes.ts';
import { entriesCsv, tapesSummary } from '../../../local/replay/summary.ts';
import { findTapes } from '../../../local/replay/tape-files.ts';
import { makeConfig } from '../../../shared/system/config/config.ts';
import { itRecorded } from '../../recorded-data.ts';

const config = makeConfig({});

function inFolder<T>(body: (folder: string) => T): Promise<Awaited<T>> {
  const folder = mkdtempSync(join(tmpdir(), 'pilot-tapes-'));
  return (async () => body(folder))().finally(() => rmSync(folder, { recursive: true, force: true })) as Promise<Awaited<T>>;
}

async function played(folder: string, until?: number) {
  const run = new TapeReplay({ config, only: [], ...(until === undefined ? {} : { until }) });
  const lines = [];
  for (const load of await findTapes(folder)) lines.push(...run.play(await load()));
  return { lines, run, summary: tapesSummary(run) };
}

function line(seq: number, type: string, msg: object, at = 1_785_901_540_000 + seq): string {
  const ids = { market_ticker: 'KXT-A-1', market_id: 'id-1' };
  return JSON.stringify({ recv_ms: at, event: { type, sid: 1, seq, msg: { ...ids, ...msg } } });
}

const snapshot = { yes_dollars_fp: [['0.4000', '10.00']], no_dollars_fp: [['0.5000', '10.00']] };
const delta = (price: string, count: string) => ({ price_dollars: price, delta_fp: count, side: 'yes', ts: 'x', ts_ms: 1 });

it('joins a tape that was cut at midnight, and says the last mid of a market without a card', () =>
  inFolder(async (folder) => {
    mkdirSync(join(folder, 'events', 'KXT-A-1'), { recursive: true });
    writeFileSync(join(folder, 'events', 'KXT-A-1', '1.ndjson.gz'), gzipSync(`${line(1, 'orderbook_snapshot', snapshot)}\n`));
    writeFileSync(join(folder, 'events', 'KXT-A-1', '2.ndjson'), `${line(2, 'orderbook_delta', delta('0.4200', '5.00'))}\n`);
    const { lines, summary } = await played(folder);
    expect(lines).toEqual([{ ticker: 'KXT-A-1', lastMid: '0.4600', result: null }]);
    expect(summary).toMatchObject({ tapes: 1, messages: 2, negativeLevels: 0, crossedBooks: 0, gaps: 0, unreadable: 0 });
  }));

it('counts what no book can be, and what is missing, and goes on with the next snapshot', () =>
  inFolder(async (folder) => {
    const lines = [
      line(5, 'orderbook_snapshot', snapshot),
      line(4, 'orderbook_delta', delta('0.4100', '5.00')),
      line(6, 'orderbook_snapshot', snapshot),
      line(7, 'orderbook_delta', delta('0.4000', '-11.00')),
      line(8, 'orderbook_snapshot', snapshot),
      line(9, 'orderbook_delta', delta('0.5000', '1.00')),
      '{half',
      line(1, 'orderbook_snapshot', snapshot),
    ];
    writeFileSync(join(folder, 'tape.ndjson'), lines.join('\n'));
    const { summary } = await played(folder);
    expect(summary).toMatchObject({ gaps: 1, negativeLevels: 1, crossedBooks: 1, unreadable: 1, messages: 7 });
  }));

it('stops at the time given', () =>
  inFolder(async (folder) => {
    const lines = [line(1, 'orderbook_snapshot', snapshot), line(9, 'orderbook_delta', delta('0.4800', '5.00'))];
    writeFileSync(join(folder, 'tape.ndjson'), lines.join('\n'));
    expect((await played(folder, 1_785_901_540_005)).lines).toMatchObject([{ lastMid: '0.4500' }]);
    expect((await played(folder)).lines).toMatchObject([{ lastMid: '0.4900' }]);
  }));

it('names a folder without tapes and a file that ends early', () =>
  inFolder(async (folder) => {
    await expect(findTapes(folder)).rejects.toThrow('holds no tape. Fix: give a folder');
    await expect(findTapes(join(folder, 'none'))).rejects.toThrow('cannot be read. Fix:');
    writeFileSync(join(folder, 'tape.ndjson.gz'), gzipSync(line(1, 'orderbook_snapshot', snapshot)).subarray(0, 40));
    const [load] = await findTapes(folder);
    await expect(load?.()).rejects.toThrow('is not a whole gzip file');
  }));

it('rebuilds made tapes without a fault', () => {
  const run = new TapeReplay({ config, only: [] });
  for (const file of makeTapes(2, 4_000)) run.play(file);
  expect(run.counts).toMatchObject({ messages: 8_000, negativeLevels: 0, crossedBooks: 0, gaps: 0, unreadable: 0 });
  expect(run.quotes).toBeGreaterThan(500);
});

itRecorded('rebuilds every recorded book, and its last mid leans to its result', 'gold15m-l2', async (folder) => {
  const { lines, run, summary } = await played(folder);
  expect(summary).toMatchObject({ negativeLevels: 0, crossedBooks: 0, gaps: 0, unreadable: 0, settledMarkets: lines.length });
  expect(summary.tapes).toBe(lines.length);
  expect(summary.messages).toBe(summary.snapshots + summary.deltas + summary.publicTrades);
  const right = lines.filter(({ lastMid, result }) => Number(lastMid) > 0.5 === (result === 'yes'));
  expect(right.length / lines.length).toBeGreaterThanOrEqual(0.95);
  expect(summary.ledger.balanced).toBe(true);
  expect((await entriesCsv(run.desk.paper.entries)).split('\n')[0]).toBe('at,kind,ticker,side,action,count,price,fee,role,cash_after');
});
