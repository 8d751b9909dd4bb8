import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readTape } from '../../../shared/adapters/kalshi/tape.ts';
import type { PublicTrade } from '../../../shared/ports/market-stream.ts';
import { describeRecorded } from '../../recorded-data.ts';

const id = '"market_id":"4f5c2e39-5132-4147-ba3f-b3485ad89427"';
const snapshot = (seq: number, yes: string, no: string) =>
  `{"recv_ms":1,"event":{"type":"orderbook_snapshot","sid":1,"seq":${seq},"msg":{"market_ticker":"KXMADE-1",${id},"yes_dollars_fp":${yes},"no_dollars_fp":${no}}}}`;
const delta = (seq: number, side: string, price: string, change: string, ticker = 'KXMADE-1') =>
  `{"recv_ms":${seq},"event":{"type":"orderbook_delta","sid":1,"seq":${seq},"msg":{"market_ticker":"${ticker}",${id},"price_dollars":"${price}","delta_fp":"${change}","side":"${side}","ts":"2026-08-05T03:45:40.722003Z","ts_ms":9}}}`;
const trade =
  '{"recv_ms":5,"event":{"type":"trade","sid":2,"seq":1,"msg":{"trade_id":"t","market_ticker":"KXMADE-1","yes_price_dollars":"0.6800","no_price_dollars":"0.3200","count_fp":"46.02","taker_side":"yes","taker_outcome_side":"yes","taker_book_side":"bid","ts":1,"ts_ms":4}}}';

function played(...lines: readonly string[]) {
  const seen: string[] = [];
  const trades: PublicTrade[] = [];
  const count = readTape('made', lines.join('\n')).play({
    book: ({ bid, bidSize, ask, askSize }, at) => seen.push(`${at}: ${bidSize} @ ${bid} / ${askSize} @ ${ask}`),
    trade: (told) => trades.push(told),
  });
  return { seen, trades, count };
}

const start = snapshot(1, '[["0.4000","10.00"]]', '[["0.5500","5.00"]]');

describe('a tape', () => {
  it('is played change by change, NO in its own price', () => {
    const { seen, count } = played(
      start,
      delta(2, 'yes', '0.4100', '2.50'),
      delta(3, 'no', '0.5500', '-5.00'),
      delta(4, 'no', '0.5400', '1.00'),
    );
    expect(seen).toEqual([
      '1: 1000 @ 4000 / 500 @ 4500',
      '2: 250 @ 4100 / 500 @ 4500',
      '3: 250 @ 4100 / NaN @ NaN',
      '4: 250 @ 4100 / 100 @ 4600',
    ]);
    expect(count).toMatchObject({ messages: 4, snapshots: 1, deltas: 3, gaps: 0, unreadable: 0, negativeLevels: 0, crossedBooks: 0 });
  });

  it('tells trades in the price of YES', () => {
    expect(played(trade).trades).toEqual([{ id: 't', ticker: 'KXMADE-1', at: 4, price: 6800, count: 4602, taker: 'yes' }]);
  });

  it('reads a delta in any other form the same: fields in another order, more digits, spaces', () => {
    const usual = delta(2, 'yes', '0.4100', '2.50');
    const parsed = JSON.parse(usual) as { event: { msg: object } };
    const reordered = JSON.stringify({
      event: { ...parsed.event, msg: Object.fromEntries(Object.entries(parsed.event.msg).toReversed()) },
      recv_ms: 2,
    });
    const forms = [
      usual,
      reordered,
      usual.replace('"0.4100"', '"0.410000"').replace('"2.50"', '"2.5"'),
      usual.replaceAll(':', ': ').replaceAll('T03: 45: 40', 'T03:45:40'),
    ];
    for (const form of forms) expect(played(start, form).seen.at(-1)).toBe('2: 250 @ 4100 / 500 @ 4500');
  });

  it('refuses what no book can be, and stays silent until the next snapshot', () => {
    const { seen, count } = played(
      start,
      delta(2, 'yes', '0.4000', '-11.00'),
      delta(3, 'yes', '0.3000', '1.00'),
      snapshot(4, '[["0.2000","1.00"]]', '[]'),
      delta(5, 'no', '0.8000', '1.00'),
    );
    expect(seen).toEqual(['1: 1000 @ 4000 / 500 @ 4500', '1: 100 @ 2000 / NaN @ NaN']);
    expect(count).toMatchObject({ negativeLevels: 1, crossedBooks: 1 });
  });

  it('sees a sequence that falls without a snapshot as a gap, and none where a snapshot comes with it', () => {
    expect(played(start, delta(9, 'yes', '0.3000', '1.00'), delta(4, 'yes', '0.3000', '1.00')).count.gaps).toBe(1);
    expect(played(start, delta(9, 'yes', '0.3000', '1.00'), snapshot(2, '[]', '[]'), delta(3, 'yes', '0.3000', '1.00')).count.gaps).toBe(0);
  });

  it('counts lines that are no message and goes on', () => {
    const broken = [
      '',
      'nonsense',
      '{"recv_ms":1}',
      'null',
      start.slice(0, 80),
      delta(2, 'up', '0.4100', '2.50'),
      delta(2, 'yes', '0.41x0', '2.50'),
    ];
    const { seen, count } = played(start, ...broken, trade.replace('"0.6800"', '0.68'), start);
    expect(count).toMatchObject({ unreadable: 8, snapshots: 2 });
    expect(seen.at(-1)).toBe('1: 1000 @ 4000 / 500 @ 4500');
  });

  it('keeps markets of one subscription apart', () => {
    const { seen } = played(start, delta(2, 'yes', '0.9900', '1.00', 'KXMADE-2'), delta(3, 'yes', '0.4100', '1.00'));
    expect(seen).toEqual(['1: 1000 @ 4000 / 500 @ 4500', '3: 100 @ 4100 / 500 @ 4500']);
  });
});

describeRecorded('recorded tapes', 'gold15m-l2/events', (folder) => {
  const [first, second] = readdirSync(folder);

  it.each([first, second])('%s is rebuilt without a negative level, a crossed book or a gap', (name = '') => {
    const text = readdirSync(join(folder, name))
      .map((file) => gunzipSync(readFileSync(join(folder, name, file))).toString())
      .join('');
    let crossed = 0;
    let quoted = 0;
    const count = readTape(name, text).play({
      book: ({ bid, ask }) => {
        if (bid >= ask) crossed++;
        if (bid < ask) quoted++;
      },
      trade: () => undefined,
    });
    expect(count).toMatchObject({ negativeLevels: 0, crossedBooks: 0, gaps: 0, unreadable: 0 });
    expect(count.messages).toBe(text.trimEnd().split('\n').length);
    expect(crossed).toBe(0);
    expect(quoted).toBeGreaterThan(count.deltas * 0.9);
  });
});
