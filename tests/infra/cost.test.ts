import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { billOf } from '../../bench/cost/bill.ts';
import { measuredSchema, pricesSchema } from '../../bench/cost/measured.ts';
import { monthOf } from '../../bench/cost/month.ts';
import { billTable } from '../../bench/cost/table.ts';
import type { Resource } from '../../bench/cost/templates.ts';
import { ticksAMonth } from '../../bench/cost/usage.ts';
import { synthesized } from './synthesized.ts';

const read = (name: string): unknown => JSON.parse(readFileSync(`bench/cost/${name}.json`, 'utf8'));
const measured = measuredSchema.parse(read('measured'));
const prices = pricesSchema.parse(read('prices'));

function resources(settings: Readonly<Record<string, unknown>> = {}): readonly Resource[] {
  return [...synthesized(settings).stacks.values()].flatMap(({ Resources }) =>
    Object.entries(Resources).map(([id, { Type, Properties }]) => ({ id, type: Type, properties: Properties })),
  );
}

const usual = resources();
const month = monthOf(usual, measured, prices);
const units = (line: string) => month.lines.find((each) => each.line === line)?.quantity;

describe('the bill', () => {
  it('charges what lies above the free tier, shared by the lines of a price', () => {
    const table = pricesSchema.parse({ checkedOn: '2026-11-20', region: 'x', prices: { gb: { dollars: 2, free: 5, source: 'test' } } });
    const usage = [3, 7].map((quantity) => ({ line: `${quantity}`, price: 'gb', quantity }));
    expect(billOf(usage, table)).toMatchObject({ list: 20, afterFree: 10, lines: [{ afterFree: 3 }, { afterFree: 7 }] });
    expect(billOf([{ line: 'a', price: 'gb', quantity: 5 }], table).afterFree).toBe(0);
    expect(billOf([], table)).toEqual({ lines: [], list: 0, afterFree: 0 });
  });

  it('is refused when a price is unknown', () => {
    expect(() => billOf([{ line: 'a thing', price: 'nowhere', quantity: 1 }], prices)).toThrow(/a thing: no price "nowhere"\. Fix: /);
  });
});

describe('a month', () => {
  it('counts the ticks of the schedules', () => {
    expect(ticksAMonth('rate(15 minutes)')).toBe(2920);
    expect(ticksAMonth('rate(1 hour)')).toBe(730);
    expect(ticksAMonth('cron(0 8 * * ? *)')).toBeCloseTo(30.4, 1);
    expect(ticksAMonth('cron(0 9 ? * MON *)')).toBeCloseTo(4.33, 2);
  });

  it('runs what follows a scan as often as the scan', () => {
    for (const name of ['scan', 'forecast', 'trade']) expect(units(`${name}: invocations`)).toBe(2920);
    expect(units('sync: invocations')).toBe(8760);
  });

  it('bills seconds with the start of cold environments, in the memory of the template', () => {
    const { seconds, initSeconds, coldShare } = measured.functions.scan;
    expect(units('scan: seconds × GB')).toBeCloseTo(2920 * (seconds + initSeconds * coldShare) * (1769 / 1024));
  });

  it('fetches on paper the analyst’s key only, and live both', () => {
    const fetched = (settings: Readonly<Record<string, unknown>>) =>
      monthOf(resources(settings), measured, prices)
        .lines.filter(({ price }) => price === 'secrets.call')
        .map(({ line }) => line.replace(': secrets fetched', ''))
        .sort();
    const analysts = ['daily-analysis', 'emergency-analysis', 'forecast', 'weekly-analysis'];
    expect(fetched({})).toEqual(analysts);
    expect(fetched({ mode: 'live' })).toEqual(['control', ...analysts, 'sync', 'trade'].sort());
  });

  it.each([{}, { mode: 'live' }, { dashboard: 'phone' }])('stays within the budgets with %j', (settings) => {
    const { ok, list, afterFree } = monthOf(resources(settings), measured, prices);
    expect(afterFree).toBeLessThanOrEqual(1.5);
    expect(list).toBeGreaterThan(afterFree);
    expect(ok).toBe(true);
  });

  it('keeps AI, texts, worker and sweeps apart', () => {
    expect(month.apart.find(({ price }) => price === 'ai.dollar')?.afterFree).toBeCloseTo(7.6, 1);
    expect(month.lines.some(({ price }) => /^(ai|sms|fargate|ipv4)\./.test(price))).toBe(false);
  });

  it('is over budget when a snapshot is written item by item', () => {
    const { scan } = measured.functions;
    const careless = { ...measured, functions: { ...measured.functions, scan: { ...scan, writes: 100_000 } } };
    const { ok, afterFree } = monthOf(usual, careless, prices);
    expect(afterFree).toBeGreaterThan(180);
    expect(ok).toBe(false);
  });

  it('is over budget with an eleventh alarm', () => {
    const alarm = usual.find(({ type }) => type === 'AWS::CloudWatch::Alarm');
    if (!alarm) throw new Error('The template has no alarm.');
    expect(monthOf([...usual, alarm, alarm], measured, prices)).toMatchObject({ alarms: 11, ok: false });
  });

  it('is refused when something in the template has no known cost', () => {
    const gateway = { id: 'Nat', type: 'AWS::EC2::NatGateway', properties: {} };
    expect(() => monthOf([...usual, gateway], measured, prices)).toThrow('Nobody knows what a AWS::EC2::NatGateway costs. Fix: ');
  });

  it('uses every price of the list, each with its source', () => {
    const phone = monthOf(resources({ dashboard: 'phone' }), measured, prices);
    const used = new Set([...phone.lines, ...phone.apart].map(({ price }) => price));
    expect(Object.keys(prices.prices).filter((price) => !used.has(price))).toEqual([]);
  });

  it('says so to people: two columns, the total, the verdict', () => {
    const text = billTable(month, prices);
    expect(text).toMatch(/^total +\d+\.\d{4} +1\.\d{4}$/m);
    expect(text).toMatch(/✓ \$1\.\d\d of \$1\.50; 9 alarms of 10, 5 metrics of 10$/);
  });
});
