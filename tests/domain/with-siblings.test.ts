import { describe, expect, it } from 'vitest';
import { readCandidates, recordCandidates } from '../../shared/adapters/recordings/candidate-recording.ts';
import { loadScan } from '../../shared/adapters/recordings/load-scan.ts';
import { recordScan } from '../../shared/adapters/recordings/scan-recording.ts';
import type { Board } from '../../shared/domain/board.ts';
import type { Past } from '../../shared/domain/rows-board.ts';
import { dips } from '../../shared/domain/strategies/dips.ts';
import { ownRows, withSiblings } from '../../shared/domain/with-siblings.ts';
import { makeConfig } from '../../shared/system/config/config.ts';
import { strategyView } from '../../shared/system/desk-settings.ts';
import { withPast } from '../../shared/system/with-past.ts';
import { aBoard, aRow, NOON } from '../fixtures/market-rows.ts';
import { memoryBlobs } from '../fixtures/memory-blobs.ts';

const fell = aRow({ bid: 4_400, ask: 4_600 });
const rose = aRow({ ticker: 'KXA-1-T2', bid: 3_900, ask: 4_100 });
const elsewhere = aRow({ ticker: 'KXB-1-T1', event: 'KXB-1', series: 'KXB' });
const past: Past = { dayAgo: (ticker) => (ticker === fell.ticker ? 6_000 : 2_500), weekAgo: () => Number.NaN };
const judged = (board: Board) => {
  const found = dips.judge(board, 0, strategyView(makeConfig({}), undefined));
  return typeof found === 'number' ? dips.stages[found]?.name : 'signal';
};

describe('a board of some markets with what the scan saw of their siblings', () => {
  it('judges a fall as the whole board of the same moment does', () => {
    const whole = aBoard([fell, rose, elsewhere], { past });
    const fresh = aBoard([fell]);
    expect(judged(withPast(fresh, past))).toBe('signal');
    expect(judged(whole)).toBe('explained');
    expect(judged(withPast(withSiblings(fresh, [aBoard([rose, elsewhere])]), past))).toBe('explained');
  });

  it('decides on no row of the scan, finds none by ticker, and lets the fresh quote stand', () => {
    const board = withSiblings(aBoard([fell]), [aBoard([{ ...fell, bid: 100, ask: 200 }, rose, elsewhere])]);
    expect([board.rows, board.rowOf(rose.ticker), board.bid[0]]).toEqual([1, undefined, 4_400]);
    expect(board.siblings(0).map((row) => [board.ticker[row], board.bid[row]])).toEqual([
      [fell.ticker, 4_400],
      [rose.ticker, 3_900],
    ]);
  });

  it('is recorded without them, and the scan it takes them from is the one of its own tick', async () => {
    const blobs = memoryBlobs();
    const tick = new Date(NOON).toISOString();
    await recordScan(blobs, tick, async (record) => record(aBoard([fell, rose])));
    expect(await loadScan(blobs, new Date(NOON + 900_000).toISOString())).toEqual([]);
    const board = withSiblings(aBoard([fell]), await loadScan(blobs, tick));
    expect(board.siblings(0)).toEqual([0, 1]);
    await recordCandidates({ blobs, market: { orderBooks: async () => new Map() } }, ownRows(board), tick);
    const [key = ''] = await blobs.list('candidates/');
    const kept = readCandidates(key, (await blobs.get(key)) ?? new Uint8Array());
    expect([kept.board.ticker, kept.board.bid[0], kept.gaps]).toEqual([[fell.ticker], 4_400, [fell.ticker]]);
  });
});
