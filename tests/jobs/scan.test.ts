import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import type { Board } from '../../shared/domain/board.ts';
import { strategies } from '../../shared/domain/strategies/strategies.ts';
import { scan } from '../../shared/jobs/scan.ts';
import { aBoard, aRow, NOON } from '../fixtures/market-rows.ts';
import { aDesk } from '../fixtures/trading-desk.ts';

const past = { dayAgo: () => 6_000, weekAgo: () => Number.NaN };
const rows = (count: number, volume24h: (index: number) => number = () => 100_000) =>
  Array.from({ length: count }, (_, index) => aRow({ ticker: `T${index}`, event: `E${index}`, volume24h: volume24h(index) }));

async function scanned(pages: readonly Board[], maxCandidates = 100) {
  const recorded: Board[] = [];
  const { records } = memoryStore(() => NOON);
  const io = {
    market: {
      scan: async function* () {
        yield* pages;
      },
    },
    clock: { now: () => NOON, sleep: async () => {} },
    records,
    view: aDesk().view,
    record: async (page: Board) => {
      recorded.push(page);
    },
    maxCandidates,
  };
  return { summary: await scan(io, 'tick'), recorded, records };
}

describe('a scan', () => {
  it('adds up over its pages: seen is what each stage dropped and the candidates', async () => {
    const pages = [
      aBoard([...rows(3), aRow({ status: 'closed' })], { past }),
      aBoard([aRow({ bid: 0 }), aRow({ volume24h: 10 })], { past }),
    ];
    const { summary } = await scanned(pages);
    expect(summary).toMatchObject({
      tick: 'tick',
      at: NOON,
      seen: 6,
      candidates: 3,
      funnel: { status: 1, quote: 1, volume: 1, price: 0, spread: 0, expiry: 0 },
    });
    expect(summary.nearest).toMatchObject({ stage: 'volume' });
  });

  it('counts every strategy’s own funnel, which accounts for every market too', async () => {
    const { summary } = await scanned([aBoard([...rows(3), aRow({ status: 'closed' })], { past })]);
    expect(Object.keys(summary.strategies)).toEqual(strategies.map(({ name }) => name));
    for (const { dropped, signals } of Object.values(summary.strategies))
      expect(Object.values(dropped).reduce((sum, count) => sum + count, signals)).toBe(summary.seen);
    expect(summary.strategies.dips).toMatchObject({ eligible: 3, signals: 3, dropped: { status: 1 } });
  });

  it('keeps the most traded of too many, and says how many it left out', async () => {
    const { summary } = await scanned(
      [
        aBoard(
          rows(5, (index) => 100_000 + index),
          { past },
        ),
      ],
      2,
    );
    expect(summary.tickers).toEqual(['T4', 'T3']);
    expect(summary.leftOut).toBe(3);
  });

  it('records every page, and itself under its tick', async () => {
    const pages = [aBoard(rows(2)), aBoard(rows(1))];
    const { summary, recorded, records } = await scanned(pages);
    expect(recorded).toEqual(pages);
    expect(await records.get('scan', 'tick')).toEqual(summary);
    expect(await records.get('scan-latest', 'scan')).toEqual(summary);
  });

  it('of nothing finds nothing', async () => {
    expect((await scanned([])).summary).toMatchObject({ seen: 0, candidates: 0, tickers: [], leftOut: 0 });
  });
});
