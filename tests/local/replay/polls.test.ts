import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readPolls } from '../../../local/replay/polls.ts';
import { ImportError } from '../../../local/replay/recording.ts';
import { describeRecorded, recordedData } from '../../recorded-data.ts';
import { runReplay } from './run-replay.ts';

const folder = mkdtempSync(join(tmpdir(), 'pilot-polls-'));
afterAll(() => rmSync(folder, { recursive: true }));

const market = {
  ticker: 'KXA-1-T1',
  event_ticker: 'KXA-1',
  status: 'active',
  yes_bid_dollars: '0.4900',
  yes_ask_dollars: '0.5100',
  last_price_dollars: null,
  volume_fp: '1000.00',
};
const poll = (at: string, ...markets: readonly object[]) => JSON.stringify({ polled_at: at, markets });
const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const read = (...lines: readonly string[]) => readPolls(file('polls.jsonl', lines.join('\n')), undefined);
const AT = '2026-05-26T14:28:20Z';

describe('recorded polls', () => {
  it('become scans with the exchange’s own words and whole units', async () => {
    const { scans, outcomes } = await read(poll(AT, market), '', poll('2026-05-26T15:28:20Z', { ...market, status: 'closed' }));
    expect(scans.map(({ text, rows }) => [text, rows.length])).toEqual([
      [AT, 1],
      ['2026-05-26T15:28:20Z', 1],
    ]);
    expect(scans[0]?.rows[0]).toMatchObject({ series: 'KXA', bid: 4_900, ask: 5_100, volume: 100_000, status: 'active', last: Number.NaN });
    expect(outcomes).toEqual([]);
  });

  it('end as somebody wrote down, closed from then on, and strategies do not see when', async () => {
    const endings = file(
      'ends.csv',
      `ticker,last_quote_at,inferred_result\nKXA-1-T1,2026-05-26T15:00:00Z,yes\nKXA-1-T2,2026-05-26T15:00:00Z,\n`,
    );
    const polls = file('polls.jsonl', [poll(AT, market), poll('2026-05-26T15:28:20Z', market)].join('\n'));
    const { scans, outcomes, notes } = await readPolls(polls, endings);
    expect(scans.map(({ rows }) => rows[0]?.status)).toEqual(['active', 'closed']);
    expect(scans[0]?.rows[0]?.knownClose).toBeNaN();
    expect(outcomes).toMatchObject([{ ticker: 'KXA-1-T1', result: 'yes', yesValue: 1_000_000 }]);
    expect(notes.join()).toContain('strategies and exits do not see them');
  });

  it.each([
    ['no JSON', '{', 'line 1, field poll: is no JSON'],
    ['no time', poll('noon', market), 'line 1, field polled_at: "noon" is no time'],
    ['no list', JSON.stringify({ polled_at: AT, markets: 5 }), 'line 1, field markets'],
    ['no ticker', poll(AT, { ...market, ticker: undefined }), 'line 1, field ticker'],
    ['a price of 1.7', poll(AT, { ...market, yes_ask_dollars: '1.7' }), 'line 1, field yes_ask_dollars: 1.7 is no price'],
    ['a negative count', poll(AT, { ...market, volume_fp: '-5.00' }), 'line 1, field volume_fp'],
    ['a status nobody knows', poll(AT, { ...market, status: 'resting' }), 'line 1, field status'],
  ])('are refused with %s: file, line, field and fix', async (_, line, message) => {
    await expect(read(line)).rejects.toThrow(ImportError);
    await expect(read(line)).rejects.toThrow(message);
    await expect(read(line)).rejects.toThrow('Fix: ');
  });

  it('are not read from a file that is not there', async () => {
    await expect(readPolls(join(folder, 'nowhere'), undefined)).rejects.toThrow(/nowhere: cannot be read\. Fix: check the path/);
  });

  it('refuse a row that is crossed or seen already, and go on', async () => {
    const { refused, scans } = await read(poll(AT, market, market, { ...market, ticker: 'x', yes_bid_dollars: '0.6000' }));
    expect(refused).toEqual({ crossed: 1, duplicate: 1, 'out-of-order': 0 });
    expect(scans[0]?.rows).toHaveLength(1);
  });
});

describeRecorded('the recorded polls, replayed', 'api-shaped-polls/weather40_polls.jsonl.gz', (path) => {
  it('count as expiry what passes the rest, because nobody knows when they close', async () => {
    const { lines, summary } = await runReplay(await readPolls(path, undefined), { scan: { volumeField: 'volume' } });
    const total = (stage: 'expiry') => lines.reduce((sum, { funnel }) => sum + funnel[stage], 0);
    expect(total('expiry')).toBeGreaterThan(0);
    expect(lines.every(({ candidates }) => candidates === 0)).toBe(true);
    expect(summary).toMatchObject({ trades: 0, settledMarkets: 0 });
    expect(summary.notes.join()).toContain('polls have no close time');
  });

  it('settle as their outcomes say', async () => {
    const endings = recordedData('weather-40series-snapshots/inferred_outcomes.csv.gz');
    const recording = await readPolls(path, endings);
    expect(recording.outcomes.length).toBeGreaterThan(100);
    const { lines, summary } = await runReplay(recording, { scan: { volumeField: 'volume' } });
    expect(lines.reduce((sum, { candidates }) => sum + candidates, 0)).toBeGreaterThan(0);
    expect(summary.settledMarkets).toBeGreaterThan(100);
  });
});
