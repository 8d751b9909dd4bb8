import { expect, it } from 'vitest';
import { playTapes } from '../../../local/replay/play-tapes.ts';
import { recordStream } from '../../../shared/adapters/recordings/stream-recorder.ts';
import { streamTape } from '../../../shared/adapters/recordings/stream-tape.ts';
import { DepthBook } from '../../../shared/domain/depth-book.ts';
import { memoryBlobs } from '../../fixtures/memory-blobs.ts';

it('says of a recorded stream what each market’s last mid was, in the words of other tapes, and what was in it', async () => {
  const blobs = memoryBlobs();
  const recorder = recordStream(blobs);
  const start = Date.UTC(2026, 10, 20, 15);
  const looks = [
    { ticker: 'KXA-1', yes: [4_000, 100], no: [5_500, 100] },
    { ticker: 'KXB-1', yes: [], no: [5_500, 100] },
    { ticker: 'KXA-1', yes: [4_150, 100], no: [5_500, 100] },
  ];
  for (const [index, { ticker, yes, no }] of looks.entries()) {
    const book = new DepthBook(ticker);
    book.replace(yes, no, start + index);
    recorder.hear({ kind: 'book', at: start + index, book });
  }
  await recorder.close();
  const tapes = async function* () {
    for (const key of await blobs.list('stream/')) yield streamTape(key, (await blobs.get(key)) ?? new Uint8Array());
  };
  const { lines, summary } = await playTapes(tapes());
  expect(lines).toEqual([
    { ticker: 'KXA-1', lastMid: '0.4325', result: null },
    { ticker: 'KXB-1', lastMid: null, result: null },
  ]);
  const [firstAt, lastAt] = [start, start + 2].map((at) => new Date(at).toISOString());
  expect(summary).toMatchObject({ tapes: 1, messages: 3, trades: 0, gaps: 0, crossedBooks: 0, firstAt, lastAt });
});
