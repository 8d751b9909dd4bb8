import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBoard, encodeBoard } from '../../../shared/adapters/recordings/board-columns.ts';
import { calibrationSamples } from '../../../shared/adapters/recordings/calibration-samples.ts';
import { readCandidates, recordCandidates } from '../../../shared/adapters/recordings/candidate-recording.ts';
import { loadPast } from '../../../shared/adapters/recordings/load-past.ts';
import { recordedAt, recordingKey } from '../../../shared/adapters/recordings/recording-keys.ts';
import { readScan, recordScan } from '../../../shared/adapters/recordings/scan-recording.ts';
import type { Board } from '../../../shared/domain/board.ts';
import type { Contracts, Price, Usd } from '../../../shared/domain/money.ts';
import { boardOfRows } from '../../../shared/domain/rows-board.ts';
import { BlobFailure, type Blobs } from '../../../shared/ports/blobs.ts';
import type { OrderBook } from '../../../shared/ports/exchange.ts';
import { memoryBlobs } from '../../fixtures/memory-blobs.ts';
import { anyBoard, contents, quoted } from './boards.ts';

const HOUR = 3_600_000;
const now = Date.UTC(2026, 10, 21, 1, 15);
const tick = new Date(now).toISOString();
const lacks = new Set<never>();

async function recorded(blobs: Blobs, at: number, ...pages: readonly Board[]): Promise<string> {
  await recordScan(blobs, new Date(at).toISOString(), async (record) => {
    for (const page of pages) await record(page);
  });
  return recordingKey('scans', at);
}

describe('a recorded scan', () => {
  it('comes back exactly, whatever was on its pages', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyBoard, { maxLength: 3 }), async (pages) => {
        const blobs = memoryBlobs();
        const key = await recorded(blobs, now, ...pages);
        const { manifest, pages: read } = readScan(key, (await blobs.get(key)) ?? new Uint8Array());
        expect([...read()].map((page) => contents(page, false))).toEqual(pages.map((page) => contents(page, false)));
        expect(manifest).toMatchObject({ tick, gaps: [], rows: pages.reduce((sum, { rows }) => sum + rows, 0) });
      }),
      { numRuns: 60 },
    );
  });

  it('keeps terms where they are asked for', () => {
    fc.assert(
      fc.property(anyBoard, (board) => {
        expect(contents(decodeBoard(encodeBoard(board, true)), true)).toEqual(contents(board, true));
      }),
    );
  });

  it('is a small part of what a page of doubles takes', () => {
    const rows = Array.from({ length: 1000 }, (_, index) => quoted(`KXHIGHNY-26NOV21-B${index}`, 1000 + index, 1300 + index));
    expect(encodeBoard(boardOfRows(rows, now, { lacks }), false).length).toBeLessThan(30_000);
  });

  it('lies under a key that names its time and sorts by it', () => {
    expect(recordingKey('scans', now)).toBe('scans/2026-11-21/T011500.bin');
    expect(recordedAt('scans/2026-11-21/T011500.bin')).toBe(now);
    expect(recordedAt('scans/readme.txt')).toBeUndefined();
  });

  it('that broke off is kept as far as it came, says so, and still fails', async () => {
    const blobs = memoryBlobs();
    const page = boardOfRows([quoted('A-1', 4000, 4200)], now, { lacks });
    const broken = recordScan(blobs, tick, async (record) => {
      await record(page);
      throw new Error('cut off');
    });
    await expect(broken).rejects.toThrow('cut off');
    const key = recordingKey('scans', now);
    const { manifest, pages } = readScan(key, (await blobs.get(key)) ?? new Uint8Array());
    expect(manifest.gaps).toEqual(['the scan ended after 1 pages: cut off']);
    expect([...pages()]).toHaveLength(1);
  });

  it('that was damaged is refused, wherever the damage is', async () => {
    const blobs = memoryBlobs();
    const rows = Array.from({ length: 50 }, (_, index) => quoted(`A-${index}`, 4000 + index, 4200));
    const key = await recorded(blobs, now, boardOfRows(rows, now, { lacks }));
    const bytes = (await blobs.get(key)) ?? new Uint8Array();
    for (let at = 0; at < bytes.length; at++) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x55;
      expect(() => [...readScan(key, damaged).pages()]).toThrow(BlobFailure);
      expect(() => [...readScan(key, bytes.slice(0, at)).pages()]).toThrow(/Fix: /);
    }
  });
});

describe('recorded candidates', () => {
  it('keep quotes, terms and ten levels a side, and name the books that did not come', async () => {
    const blobs = memoryBlobs();
    const level = (price: number) => ({ price: price as Price, count: (price * 3) as Contracts });
    const book: OrderBook = {
      ticker: 'A-1',
      at: now,
      yes: Array.from({ length: 12 }, (_, index) => level(4000 - index)),
      no: [level(5800)],
    };
    const asked: [readonly string[], number][] = [];
    const market = {
      orderBooks: async (tickers: readonly string[], depth: number) => {
        asked.push([tickers, depth]);
        return new Map([['A-1', book]]);
      },
    };
    const board = boardOfRows([quoted('A-1', 4000, 4200), quoted('A-2', 3000, 3300)], now, { lacks });
    await recordCandidates({ blobs, market }, board, tick);
    const key = recordingKey('candidates', now);
    const read = readCandidates(key, (await blobs.get(key)) ?? new Uint8Array());
    expect(asked).toEqual([[['A-1', 'A-2'], 10]]);
    expect(read.books).toEqual(new Map([['A-1', { ...book, yes: book.yes.slice(0, 10) }]]));
    expect(read.gaps).toEqual(['A-2']);
    expect(contents(read.board, true)).toEqual(contents(board, true));
  });
});

describe('past prices', () => {
  it('are medians of what was recorded in the hour a day and a week ago, and nothing else', async () => {
    const blobs = memoryBlobs();
    const quote = (at: number, bid: number) =>
      recorded(blobs, at, boardOfRows([quoted('A-1', bid, bid + 200)], at, { lacks }), boardOfRows([quoted('B-1', 0, 500)], at, { lacks }));
    for (const [minutes, bid] of [
      [-60, 9000],
      [0, 4000],
      [15, 4400],
      [60, 5000],
      [75, 9000],
    ] as const) {
      await quote(now - 24 * HOUR + minutes * 60_000, bid);
      await quote(now - 168 * HOUR + minutes * 60_000, bid - 1000);
    }
    const past = await loadPast(blobs, now);
    expect(past.dayAgo('A-1', now)).toBe(4500);
    expect(past.weekAgo('A-1', now)).toBe(3500);
    expect(past.dayAgo('B-1', now)).toBeNaN();
    expect(past.dayAgo('C-1', now)).toBeNaN();
  });

  it('are unknown while nothing was recorded', async () => {
    expect((await loadPast(memoryBlobs(), now)).dayAgo('A-1', now)).toBeNaN();
  });
});

describe('samples for calibration', () => {
  const closes = { closeTime: now + HOUR, knownClose: now + HOUR };
  const outcomes = (results: Readonly<Record<string, 'yes' | 'no'>>) => {
    const asked: string[] = [];
    return {
      asked,
      outcomes: async (tickers: readonly string[]) => {
        asked.push(...tickers);
        return tickers.flatMap((ticker) => {
          const result = results[ticker];
          return result ? [{ ticker, result, yesValue: (result === 'yes' ? 1_000_000 : 0) as Usd, settledAt: now + 2 * HOUR }] : [];
        });
      },
    };
  };

  it('grow from night to night, each scan read once, only from markets that ended, with the category of their series', async () => {
    const blobs = memoryBlobs();
    await recorded(blobs, now, boardOfRows([quoted('A-1', 4000, 4200, closes), quoted('B-1', 6000, 6200)], now, { lacks }));
    const categories = async () => new Map([['A', 'Climate']]);
    expect(await calibrationSamples({ blobs, market: outcomes({ 'A-1': 'yes' }), now, categories })).toEqual([]);
    const later = now + 24 * HOUR;
    await recorded(blobs, later - HOUR, boardOfRows([quoted('B-1', 9000, 9200)], later - HOUR, { lacks }));
    const market = outcomes({ 'A-1': 'yes', 'B-1': 'no' });
    expect(await calibrationSamples({ blobs, market, now: later, categories })).toEqual([
      { event: 'A', category: 'Climate', horizon: '<6h', mid: 0.41, yes: true },
    ]);
    expect(market.asked).toEqual(['A-1']);
    const atLast = Date.UTC(2026, 11, 2);
    const all = await calibrationSamples({ blobs, market, now: atLast, categories });
    expect(all.map(({ event, category, horizon, mid, yes }) => [event, category, horizon, mid, yes])).toEqual([
      ['A', 'Climate', '<6h', 0.41, true],
      ['B', '', '3-14d', 0.61, false],
    ]);
  });
});
