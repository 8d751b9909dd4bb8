import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { Said } from './run-pilot.ts';
import { callPilot, spawnPilot } from './run-pilot.ts';

const header =
  'source,series_ticker,event_ticker,ticker,ts,yes_bid,yes_ask,last_price,volume,open_interest,close_time,result,result_source';
const folder = mkdtempSync(join(tmpdir(), 'pilot-input-'));
afterAll(() => rmSync(folder, { recursive: true }));

const row = (changes: Readonly<Record<string, string>> = {}) => {
  const fields = {
    source: 's',
    series_ticker: 'KXA',
    event_ticker: 'KXA-1',
    ticker: 'KXA-1-T1',
    ts: '2026-03-01T10:00:00Z',
    yes_bid: '0.49',
    yes_ask: '0.51',
    last_price: '0.5',
    volume: '1000',
    open_interest: '10',
    close_time: '2026-03-03T10:00:00Z',
    result: 'yes',
    result_source: 'api',
    ...changes,
  };
  return header
    .split(',')
    .map((name) => (fields as Readonly<Record<string, string>>)[name])
    .join(',');
};
const file = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const panel = (name: string, ...rows: readonly string[]) => file(name, `${[header, ...rows].join('\n')}\n`);
const replay = (path: string, ...args: readonly string[]) => spawnPilot(['replay', '--panel', path, ...args], folder);
/** The same without a process of its own. */
const imported = (path: string) => callPilot('replay', '--panel', path);
const hours = ['10', '11', '12', '13'].map((hour) => `2026-03-01T${hour}:00:00Z`);

function expectRefused({ code, out, err }: Said, exit: number, ...parts: readonly string[]): void {
  expect({ code, out }).toEqual({ code: exit, out: '' });
  for (const part of [...parts, 'Fix: ']) expect(err).toContain(part);
  expect(err).not.toMatch(/^\s+at /m);
}

describe.concurrent('bad input to pilot replay', () => {
  it('is half a gzip file: code 1 and its name', async () => {
    const whole = gzipSync(`${header}\n${Array.from({ length: 500 }, () => row()).join('\n')}\n`);
    expectRefused(await replay(file('half.csv.gz', whole.subarray(0, whole.length / 2))), 1, 'half.csv.gz', 'is not a whole gzip file');
  });

  it('is an unknown setting: code 2 and what was meant', async () => {
    const said = await replay(panel('fine.csv', row()), '--set', 'scan.minVolum=300');
    expectRefused(said, 2, 'scan.minVolum: no such setting', 'did you mean scan.minVolume?');
  });

  it('is a configuration that cannot be read: code 2 and the file', async () => {
    const broken = mkdtempSync(join(folder, 'config-'));
    writeFileSync(join(broken, 'pilot.config.ts'), 'export const config = {');
    expectRefused(await spawnPilot(['replay', '--panel', panel('also.csv', row())], broken), 2, 'pilot.config.ts: cannot be read');
  });

  it('is a row that is crossed, doubled or late: refused, counted, named, and code 0', async () => {
    const [first = '', second = '', third = '', fourth = ''] = hours;
    const path = panel(
      'rows.csv',
      row({ ts: first }),
      row({ ts: second }),
      row({ ts: second, yes_bid: '0.30' }),
      row({ ts: first, yes_bid: '0.40' }),
      row({ ts: third, yes_bid: '0.55', yes_ask: '0.55' }),
      row({ ts: fourth }),
    );
    const { code, out } = await replay(path, '--json');
    expect(code).toBe(0);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1).summary.refusedRows).toEqual({ crossed: 1, duplicate: 1, 'out-of-order': 1 });
    expect(lines.slice(0, -1).map(({ at }) => at)).toEqual([first, second, fourth]);
  });
});

describe('a value that cannot be', () => {
  it('is a missing column: code 1 and the column', async () => {
    expectRefused(
      await imported(file('short.csv', `${header.replace('yes_ask,', '')}\n`)),
      1,
      'short.csv, line 1',
      'column yes_ask is missing',
    );
  });

  it('is a price of 1.7: code 1, file, line and field', async () => {
    expectRefused(
      await imported(panel('price.csv', row(), row({ ts: hours[1] ?? '', yes_ask: '1.7' }))),
      1,
      'price.csv, line 3, field yes_ask',
      '1.7',
    );
  });

  it('is a negative count: code 1, file, line and field', async () => {
    expectRefused(await imported(panel('count.csv', row({ volume: '-5' }))), 1, 'count.csv, line 2, field volume', '-5');
  });

  it('is a time nobody can read: code 1, file, line and field', async () => {
    expectRefused(await imported(panel('time.csv', row({ ts: 'yesterday' }))), 1, 'time.csv, line 2, field ts', 'yesterday');
  });

  it('is a result that is none: code 1, file, line and field', async () => {
    expectRefused(await imported(panel('result.csv', row({ result: 'maybe' }))), 1, 'result.csv, line 2, field result', 'maybe');
  });
});

describe('wrong use of pilot replay', () => {
  it.each([
    ['no recording', [], 'no recording'],
    ['two recordings', ['--panel', 'a', '--polls', 'b'], 'give one of'],
    ['a strange strategy', ['--panel', 'a', '--strategy', 'luck'], '--strategy luck: not known. Fix: use one of dips'],
    ['a strange time', ['--panel', 'a', '--until', 'noon'], '--until noon: no time'],
    ['cash that is no number', ['--panel', 'a', '--cash', 'lots'], 'capital.cash'],
  ])('is %s: code 2', async (_, args, reason) => expectRefused(await callPilot('replay', ...args), 2, reason));
});

describe('pilot replay', () => {
  it('says the same bytes up to a time as without it, and a table for people', async () => {
    const path = panel('whole.csv', ...hours.map((ts) => row({ ts })));
    const [whole, people] = await Promise.all([replay(path, '--json'), replay(path, '--fills', join(folder, 'fills.csv'))]);
    const part = await callPilot('replay', '--panel', path, '--json', '--until', hours[2] ?? '');
    const lines = part.out.trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(whole.out.startsWith(`${lines.slice(0, -1).join('\n')}\n`)).toBe(true);
    expect(people).toMatchObject({ code: 0, err: '' });
    expect(people.out).toContain('4 scans saw 4 markets');
    expect(people.out).toContain('ledger balanced to the micro-dollar');
  });
});
