import { readTape } from '../../shared/adapters/kalshi/tape.ts';
import { recordStream } from '../../shared/adapters/recordings/stream-recorder.ts';
import { streamTape } from '../../shared/adapters/recordings/stream-tape.ts';
import { DepthBook } from '../../shared/domain/depth-book.ts';
import type { Side } from '../../shared/domain/money.ts';
import { type Level, type Step, TICKER, tapeContract } from '../contract/tape-contract.ts';
import { memoryBlobs } from '../fixtures/memory-blobs.ts';

/** The levels as they stand after each step that moves them. */
class Levels {
  readonly yes = new Map<number, number>();
  readonly no = new Map<number, number>();

  /** By how many contracts a level changes; nothing for a whole book. */
  take(step: Exclude<Step, { readonly kind: 'trade' }>): number {
    if (step.kind === 'level') {
      const before = this[step.side].get(step.cents) ?? 0;
      if (step.count === 0) this[step.side].delete(step.cents);
      else this[step.side].set(step.cents, step.count);
      return step.count - before;
    }
    for (const side of ['yes', 'no'] as const) {
      this[side].clear();
      for (const [cents, count] of step[side]) this[side].set(cents, count);
    }
    return 0;
  }

  flat(side: Side): readonly number[] {
    return [...this[side]].flatMap(([cents, count]) => [cents * 100, count * 100]);
  }
}

const dollars = (cents: number) => (cents / 100).toFixed(4);
const onWire = (levels: readonly Level[]) => levels.map(([cents, count]) => [dollars(cents), count.toFixed(2)]);

/** Messages as the exchange sends them, a line each. */
function lineOf(step: Step, seq: number, levels: Levels): string {
  const line = (type: string, sid: number, msg: object) =>
    JSON.stringify({ recv_ms: step.at, event: { type, sid, seq, msg: { market_ticker: TICKER, ...msg } } });
  if (step.kind === 'trade') {
    const { id, at, price, count, taker } = step.trade;
    const yes = { yes_price_dollars: (price / 10_000).toFixed(4), count_fp: (count / 100).toFixed(2) };
    return line('trade', 2, { trade_id: id, ...yes, taker_outcome_side: taker, ts_ms: at });
  }
  const delta = levels.take(step);
  if (step.kind === 'book') return line('orderbook_snapshot', 1, { yes_dollars_fp: onWire(step.yes), no_dollars_fp: onWire(step.no) });
  return line('orderbook_delta', 1, { price_dollars: dollars(step.cents), delta_fp: delta.toFixed(2), side: step.side });
}

tapeContract('a recording of the exchange’s own messages', async (steps) => {
  const levels = new Levels();
  return readTape('made', steps.map((step, index) => lineOf(step, index + 1, levels)).join('\n'));
});

tapeContract('a recording of ours', async (steps) => {
  const blobs = memoryBlobs();
  const recorder = recordStream(blobs);
  const levels = new Levels();
  const book = new DepthBook(TICKER);
  for (const step of steps) {
    if (step.kind === 'trade') {
      recorder.hear({ kind: 'trade', at: step.at, trade: step.trade });
      continue;
    }
    levels.take(step);
    book.replace(levels.flat('yes'), levels.flat('no'), step.at);
    recorder.hear({ kind: 'book', at: step.at, book });
  }
  await recorder.close();
  const [key = ''] = await blobs.list('stream/');
  return streamTape(key, (await blobs.get(key)) ?? new Uint8Array());
});
