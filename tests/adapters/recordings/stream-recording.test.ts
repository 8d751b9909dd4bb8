import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openStream } from '../../../shared/adapters/kalshi/stream/open-stream.ts';
import { recordStream } from '../../../shared/adapters/recordings/stream-recorder.ts';
import { unpackStream } from '../../../shared/adapters/recordings/stream-rows.ts';
import { streamTape } from '../../../shared/adapters/recordings/stream-tape.ts';
import { DepthBook } from '../../../shared/domain/depth-book.ts';
import type { Contracts, Price } from '../../../shared/domain/money.ts';
import type { Blobs } from '../../../shared/ports/blobs.ts';
import type { PublicTrade, StreamEvent } from '../../../shared/ports/market-stream.ts';
import { memoryBlobs } from '../../fixtures/memory-blobs.ts';
import { onAir } from '../../local/exchange/on-air.ts';

const start = Date.UTC(2026, 10, 20, 15);
const looks = (book: DepthBook) => ({ ticker: book.ticker, yes: book.levels('yes', 10), no: book.levels('no', 10) });

/** What a recording plays: each look at a book, each trade. */
async function played(blobs: Blobs) {
  const seen: unknown[] = [];
  for (const key of await blobs.list('stream/')) {
    streamTape(key, (await blobs.get(key)) ?? new Uint8Array()).play({
      book: (book, at) => seen.push({ at, ...looks(book) }),
      trade: (trade, at) => seen.push({ at, trade }),
    });
  }
  return seen;
}

const trade = (id: string, taker: 'yes' | 'no'): PublicTrade => ({
  id,
  ticker: 'B-1',
  at: start - 5,
  price: 4300 as Price,
  count: 250 as Contracts,
  taker,
});

describe('a recorded stream', () => {
  const level = fc.tuple(fc.integer({ min: 1, max: 48 }), fc.integer({ min: 0, max: 3 }));
  const step = fc.record({
    ticker: fc.constantFrom('A-1', 'A-2'),
    side: fc.constantFrom('yes', 'no'),
    levels: fc.array(level, { minLength: 1, maxLength: 15 }),
  });

  it('plays every look at the top ten levels that differed from the one before, and every trade', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const blobs = memoryBlobs();
        const recorder = recordStream(blobs);
        const books = new Map<string, DepthBook>();
        const expected: unknown[] = [];
        const last = new Map<string, string>();
        for (const [index, { ticker, side, levels }] of steps.entries()) {
          const at = start + index * 7;
          const book = books.get(ticker) ?? new DepthBook(ticker);
          books.set(ticker, book);
          const other = book.levels(side === 'yes' ? 'no' : 'yes', 50).flatMap(({ price, count }) => [price, count]);
          const mine = [...new Map(levels)].filter(([, count]) => count > 0).flatMap(([cents, count]) => [cents * 100, count * 50]);
          if (side === 'yes') book.replace(mine, other, at);
          else book.replace(other, mine, at);
          recorder.hear({ kind: 'book', at, book });
          const look = JSON.stringify(looks(book));
          if (last.get(ticker) !== look) expected.push({ at, ...looks(book) });
          last.set(ticker, look);
          if (index % 3 !== 0) continue;
          recorder.hear({ kind: 'trade', at, trade: trade(`t ${index}`, 'no') });
          expected.push({ at, trade: trade(`t ${index}`, 'no') });
        }
        await recorder.close();
        expect(await played(blobs)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('writes down what was missed, and has no prices of a lost book until it is whole again', async () => {
    const blobs = memoryBlobs();
    const recorder = recordStream(blobs);
    const book = new DepthBook('A-1');
    book.replace([4000, 100], [5000, 100], start);
    const events: readonly StreamEvent[] = [
      { kind: 'book', at: start, book },
      { kind: 'stale', at: start + 1, tickers: ['A-1'], detail: 'a message is missing' },
      { kind: 'disconnected', at: start + 2, detail: 'closed' },
      { kind: 'book', at: start + 3, book },
    ];
    for (const event of events) recorder.hear(event);
    await recorder.close();
    const [key = ''] = await blobs.list('stream/');
    const bytes = (await blobs.get(key)) ?? new Uint8Array();
    expect(unpackStream(key, bytes).gaps).toEqual([
      { at: start + 1, what: 'A-1: a message is missing' },
      { at: start + 2, what: 'closed' },
    ]);
    const counted = streamTape(key, bytes).play({ book: () => undefined, trade: () => undefined });
    expect(counted).toMatchObject({ snapshots: 2, gaps: 2, negativeLevels: 0, crossedBooks: 0 });
    expect(await played(blobs)).toHaveLength(2);
  });

  it('is written blob by blob, each to be read alone, and says when one could not be written', async () => {
    const blobs = memoryBlobs();
    const recorder = recordStream(blobs);
    for (let index = 0; index < 200_001; index++) recorder.hear({ kind: 'trade', at: start, trade: trade(String(index), 'yes') });
    await recorder.close();
    expect(await blobs.list('stream/')).toEqual(['stream/2026-11-20/T150000-0000.bin', 'stream/2026-11-20/T150000-0001.bin']);
    const failing = recordStream({ put: () => Promise.reject(new Error('disk full')) });
    failing.hear({ kind: 'trade', at: start, trade: trade('x', 'yes') });
    await expect(failing.close()).rejects.toThrow('disk full');
  });

  it('holds what the exchange sent over its socket', async () => {
    const room = await onAir({ markets: 40 });
    const kalshi = await room.connect();
    const [ticker = ''] = (await kalshi.marketData.scan().next()).value?.ticker ?? [];
    const blobs = memoryBlobs();
    const recorder = recordStream(blobs);
    const heard: unknown[] = [];
    await new Promise<void>((enough) => {
      const stream = openStream(
        kalshi,
        () => 0,
        (event) => {
          recorder.hear(event);
          if (event.kind !== 'book') return;
          heard.push(looks(event.book));
          void stream.close().then(enough);
        },
      );
      stream.watch('books', [ticker]);
    });
    await recorder.close();
    expect(await played(blobs)).toMatchObject([heard[0]]);
  });
});
