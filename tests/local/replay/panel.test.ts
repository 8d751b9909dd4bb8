import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { beforeAll, expect, it } from 'vitest';
import { readPanel } from '../../../local/replay/panel.ts';
import { instant } from '../../../local/replay/read-csv.ts';
import type { Recording } from '../../../local/replay/recording.ts';
import { fillsCsv } from '../../../local/replay/summary.ts';
import { scanStages } from '../../../shared/domain/scan/funnel.ts';
import { describeRecorded } from '../../recorded-data.ts';
import { looksAhead } from './looks-ahead.ts';
import { type Ran, runReplay } from './run-replay.ts';

type Row = Readonly<Record<string, string>>;
const volume = { scan: { volumeField: 'volume' } };

/** Dollars as text to whole micro-dollars, by hand: the test trusts none of the code it judges. */
function micros(text: string): number {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  return (text.startsWith('-') ? -1 : 1) * (Number(whole) * 1_000_000 + Number(fraction.padEnd(6, '0')));
}

const csv = (text: string): readonly Row[] => parse(text, { columns: true });

describeRecorded('the recorded panel, replayed', 'settled-panel/panel.csv.gz', (file) => {
  let recording: Recording;
  let ran: Ran;
  let fills: readonly Row[];
  let rows: readonly Row[];

  beforeAll(async () => {
    recording = await readPanel(file);
    ran = await runReplay(recording, volume);
    fills = csv(await fillsCsv(ran.run));
    rows = csv(gunzipSync(readFileSync(file)).toString());
  }, 60_000);

  it('drops exactly what the funnel’s definition drops', () => {
    const total = (read: (line: Ran['lines'][number]) => number) => ran.lines.reduce((sum, line) => sum + read(line), 0);
    expect(Object.fromEntries(scanStages.map((stage) => [stage, total(({ funnel }) => funnel[stage])]))).toEqual({
      status: 786,
      quote: 24_322,
      volume: 32_884,
      price: 5_664,
      spread: 899,
      expiry: 0,
    });
    expect(total(({ candidates }) => candidates)).toBe(4_224);
    expect(total(({ seen }) => seen)).toBe(rows.length);
    for (const { seen, funnel, candidates } of ran.lines)
      expect(scanStages.reduce((sum, stage) => sum + funnel[stage], candidates)).toBe(seen);
    expect(ran.lines.map(({ at }) => at)).toEqual(
      [...new Set(rows.map(({ ts }) => ts ?? ''))].sort((a, b) => Date.parse(a) - Date.parse(b)),
    );
  });

  it('signals, approves, refuses and trades with default settings, and counts them consistently', () => {
    for (const { signals, approved, refused } of ran.lines) expect(signals).toBeGreaterThanOrEqual(approved + refused);
    expect(ran.summary.trades).toBeGreaterThan(10);
    expect(ran.lines.reduce((sum, line) => sum + line.fills, 0)).toBe(fills.filter(({ kind }) => kind === 'fill').length);
    expect(ran.summary).toMatchObject({ settledMarkets: 1_141, ledger: { balanced: true } });
    expect(ran.summary.notApplicable).toEqual(expect.arrayContaining(['cap depth', 'exchangeOpen', 'withinCategory']));
    expect(ran.summary.notes.join()).toContain('close_time');
  });

  it('explains every strategy that did not trade by its own funnel', () => {
    for (const [name, { dropped }] of Object.entries(ran.summary.strategies)) {
      const signals = ran.lines.reduce((sum, line) => sum + (line.strategies[name]?.signals ?? 0), 0);
      const seen = ran.lines.reduce((sum, line) => sum + line.seen, 0);
      expect(Object.values(dropped).reduce((sum, count) => sum + count, signals)).toBe(seen);
    }
  });

  it('has cash that anyone can add up from the file of fills', () => {
    let cash = 1_000_000_000;
    const fees = { paid: 0 };
    for (const { kind, action, count = '', price = '', fee = '', cash_after = '' } of fills) {
      const value = (micros(price) * micros(count)) / 1_000_000;
      cash += kind === 'settlement' || action === 'sell' ? value : -value;
      cash -= micros(fee);
      fees.paid += micros(fee);
      expect(micros(cash_after)).toBe(cash);
    }
    const { deposits, buys, sells, fees: charged, payouts, cash: end } = ran.summary.ledger;
    expect(micros(end)).toBe(cash);
    expect(micros(charged)).toBe(fees.paid);
    expect(micros(deposits) - micros(buys) + micros(sells) - micros(charged) + micros(payouts)).toBe(cash);
    expect(micros(ran.summary.pnl)).toBe(cash - 1_000_000_000);
  });

  it('fills takers at the recorded quote with the exact fee, and makers only after a quote beyond their limit', () => {
    const at = new Map(rows.map((row) => [`${row.ts} ${row.ticker}`, row]));
    const seen = { maker: 0, taker: 0 };
    for (const fill of fills.filter(({ kind }) => kind === 'fill')) {
      const quote = at.get(`${fill.at} ${fill.ticker}`);
      const [bid, ask] = [micros(quote?.yes_bid ?? ''), micros(quote?.yes_ask ?? '')];
      const held = fill.side === 'yes' ? { bid, ask } : { bid: 1_000_000 - ask, ask: 1_000_000 - bid };
      const price = micros(fill.price ?? '');
      const opposite = fill.action === 'buy' ? held.ask : held.bid;
      if (fill.role === 'taker') {
        expect(price).toBe(opposite);
        const model = 0.07 * Number(fill.count) * Number(fill.price) * (1 - Number(fill.price));
        expect(micros(fill.fee ?? '') / 1e6).toBeGreaterThanOrEqual(model - 1e-9);
        expect(micros(fill.fee ?? '') / 1e6).toBeLessThan(model + 0.000102);
        seen.taker += 1;
      } else {
        expect(fill.action === 'buy' ? opposite < price : opposite > price).toBe(true);
        expect(micros(fill.fee ?? '')).toBe(0);
        seen.maker += 1;
      }
    }
    expect(seen.maker).toBeGreaterThan(5);
    expect(seen.taker).toBeGreaterThan(5);
  });

  it('pays settlements at the recorded result, at the first scan after the close, and holds nothing it did not buy', () => {
    const ends = new Map(rows.map((row) => [row.ticker ?? '', row]));
    const held = new Map<string, number>();
    for (const { kind, at = '', ticker = '', side, action, count, price } of fills) {
      const key = `${ticker} ${side}`;
      const before = held.get(key) ?? 0;
      const change = kind === 'settlement' ? -before : (action === 'buy' ? 1 : -1) * Number(count);
      expect(before + change).toBeGreaterThanOrEqual(0);
      held.set(key, before + change);
      if (kind !== 'settlement') continue;
      const end = ends.get(ticker);
      expect(Number(count)).toBe(before);
      expect(Number(price)).toBe(end?.result === side ? 1 : 0);
      const first = recording.scans.find((scan) => scan.at >= (instant(end?.close_time ?? '') ?? Number.NaN));
      expect(at).toBe(first?.text);
    }
  });

  it('decides nothing by what came later', async () => {
    const scans = recording.scans.filter(({ text }) => text >= '2026-02-24' && text < '2026-03-05');
    expect(await looksAhead({ ...recording, scans }, volume, [5, 6])).toBeGreaterThan(5);
  });
});
