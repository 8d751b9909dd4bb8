import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import type { Usd } from '../../shared/domain/money.ts';
import { boardOfRows } from '../../shared/domain/rows-board.ts';
import type { Report } from '../../shared/domain/words/report.ts';
import { STRUCK } from '../../shared/domain/words/strike-numbers.ts';
import { SPEND } from '../../shared/jobs/ai-budget.ts';
import type { AnalyseIo } from '../../shared/jobs/analyse.ts';
import { analyse } from '../../shared/jobs/analyse.ts';
import type { Analyst } from '../../shared/ports/analyst.ts';
import { ExchangeError } from '../../shared/ports/exchange-error.ts';
import { makeConfig } from '../../shared/system/config/config.ts';
import { healthThresholds } from '../../shared/system/config/watch-settings.ts';
import { cents, deposit, fillOf, lots, NOW, usd } from '../domain/metrics/portfolio.ts';
import { rowOf } from './forecasting/market-row.ts';
import { ioWith, scripted } from './forecasting/scripted-analyst.ts';

const DAY = 86_400_000;
const config = makeConfig({});

/** An analyst that writes what it is told to. */
function writing(text: string, fails?: 'time-out'): Analyst & { asked: readonly unknown[] } {
  const base = scripted('grok-4.7', fails ? { fails } : {});
  return {
    ...base,
    asked: base.asked,
    analyze: async (task) => {
      const answer = await base.analyze(task);
      return answer.ok ? { ...answer, value: text } : answer;
    },
  };
}

/** A paper book with $1000, a closed trade of +$4 by hand, and ten YES still held, bid at 57 cents. */
async function ioFor(analyst: Analyst, change: Partial<AnalyseIo> = {}): Promise<AnalyseIo> {
  const store = memoryStore(() => NOW);
  const { origin: _, ...byHand } = fillOf({ ticker: 'KXA-1', at: NOW - 3 * DAY, price: cents(40) });
  const { origin: __, ...sold } = fillOf({ ticker: 'KXA-1', at: NOW - DAY, price: cents(80), action: 'sell' });
  const held = fillOf({ ticker: 'KXB-2', at: NOW - DAY, price: cents(50), count: lots(10) });
  await store.ledger.append('paper', [deposit(1000, NOW - 9 * DAY), byHand, sold, held]);
  const board = boardOfRows([rowOf('KXB-2', { bid: 5700, ask: 5900, knownClose: NOW + 2 * DAY })], NOW, { lacks: new Set() });
  const { caps, nonce, fence } = ioWith({ primary: analyst });
  return {
    ...{ store, records: store.records, caps, nonce, fence, analysts: [analyst], zone: 'America/New_York', mode: 'paper' },
    ...{ market: { quotes: async () => board }, clock: { now: () => NOW, sleep: async () => {} }, random: () => 0.5 },
    ...{ thresholds: healthThresholds(config), jobs: ['scan'], aiBudget: usd(0.25), maxDrawdown: 0.2, cloudMonthly: usd(1.5) },
    ...change,
  };
}

describe('an analysis', () => {
  it('is written from the report as people read it, and its own numbers stand', async () => {
    const analyst = writing('P&L was $4.00 by hand, and KXB-2 brings $5.70 now.');
    const { report } = await analyse(await ioFor(analyst), 'daily', 'paper');
    expect(report.analysis).toMatchObject({
      text: 'P&L was $4.00 by hand, and KXB-2 brings $5.70 now.',
      struck: 0,
      model: 'grok-4.7',
      cost: 100,
      seconds: 1,
    });
    expect(JSON.stringify(analyst.asked)).toContain('KXB-2');
  });

  it('loses every number that nothing computed equals', async () => {
    const { report } = await analyse(
      await ioFor(writing('You will win $777.77 with 93.1 % certainty; you hold 10 contracts.')),
      'daily',
      'paper',
    );
    expect(report.analysis?.text).toBe(`You will win ${STRUCK} with ${STRUCK} certainty; you hold 10 contracts.`);
    expect(report.analysis?.struck).toBe(2);
  });

  it('is complete without its text when the model fails, and says why', async () => {
    const io = await ioFor(writing('', 'time-out'));
    const { report, key } = await analyse(io, 'daily', 'paper');
    expect(report).toMatchObject({ unwritten: expect.stringContaining('time-out'), kind: 'daily', book: 'paper', date: '2026-11-20' });
    expect(report.analysis).toBeUndefined();
    expect(report.sections.map(({ title }) => title)).toEqual([
      'Exposure',
      'Cash ahead',
      'Forecasts',
      'Intelligence',
      'Profitable by hand',
    ]);
    expect(await io.store.records.get('report', key)).toMatchObject({ summary: report.summary });
  });

  it('is complete when the money is gone, for nothing', async () => {
    const io = await ioFor(writing('text'));
    const { report } = await analyse({ ...io, caps: { ...io.caps, perDay: 0 as Usd } }, 'daily', 'paper');
    expect(report.unwritten).toContain('budget');
    expect((await io.records.get(SPEND, 'day|2026-11-20')) ?? 0).toBe(0);
  });

  it('is kept date first, with what people look for as fields of their own', async () => {
    const io = await ioFor(writing('Nothing to say.'));
    const { key } = await analyse(io, 'weekly', 'paper');
    expect(key).toBe('2026-11-20#weekly#paper');
    const { shown } = (await io.store.records.get('report', key)) as { readonly shown: object };
    const fields = [
      'date',
      'kind',
      'healthScore',
      'state',
      'summary',
      'actionItems',
      'metrics',
      'text',
      'model',
      'cost',
      'tokens',
      'seconds',
    ];
    for (const field of fields) expect(shown).toHaveProperty(field);
    expect(shown).toMatchObject({ cost: '$0.0001', tokens: 'unknown', metrics: { all: { 'Realised P&L': '$4.00', Trades: '1' } } });
  });

  it('goes deeper once a week: trend, and trades by hand beside automated ones', async () => {
    const { report } = await analyse(await ioFor(writing('text')), 'weekly', 'paper');
    const rows = new Map(report.sections.map(({ title, rows: own }) => [title, own]));
    expect(rows.get('Trend')?.[0]).toEqual(['This week', expect.stringContaining('+$4.00 in 1 trade')]);
    expect(rows.get('By hand and automated')?.[0]).toEqual(['by hand', expect.stringContaining('+$4.00')]);
  });

  it('of an emergency says what each position can lose and the room before the breaker, and why it was asked for', async () => {
    const { report } = await analyse(await ioFor(writing('text')), 'emergency', 'paper', 'the exchange halted');
    expect(report.reason).toBe('the exchange halted');
    expect(report.sections.map(({ title }) => title)).toEqual(['Close first', 'Worst cases', 'Exposure', 'Cash ahead']);
    expect(report.sections[0]?.rows[0]).toEqual([
      '1. KXB-2',
      expect.stringMatching(/^sell 10 YES at 57¢: brings \$5\.70 .* books \+\$0\.\d+/),
    ]);
    expect(report.sections[1]?.rows.at(-1)?.[1]).toMatch(/equity \$999\.\d+, .* the drawdown that halts|room unknown/);
    expect(report.sections[2]?.rows[0]).toEqual([
      'KXB-2',
      expect.stringMatching(/10 YES, can lose \$5\.00, brings \$5\.70 now, closes in 2/),
    ]);
    expect(report.sections[3]?.rows[0]?.[1]).toContain('if all are lost');
  });

  it('of each emergency is kept, while a day has one daily report', async () => {
    const io = await ioFor(writing('text'));
    const later = { ...io, clock: { ...io.clock, now: () => NOW + 60_000 } };
    const keys = [await analyse(io, 'emergency', 'paper', 'one'), await analyse(later, 'emergency', 'paper', 'two')].map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
    expect(keys[0]).toMatch(/^2026-11-20#emergency-\d{6}#paper$/);
    expect((await analyse(io, 'daily', 'paper')).key).toBe((await analyse(later, 'daily', 'paper')).key);
  });

  it('is made from what was last seen while the exchange does not answer, and says so', async () => {
    const quotes = async () => Promise.reject(new ExchangeError('GetMarkets: no answer.', { outcome: 'unknown', code: 'x', fix: 'wait' }));
    const io = await ioFor(writing('text'), { market: { quotes } });
    const never = (await analyse(io, 'emergency', 'paper', 'outage')).report;
    expect(never.sections[0]).toEqual({ title: 'Quotes', rows: [['Exchange', 'does not answer; it was never asked before']] });
    expect(never.sections[1]?.rows[0]?.[1]).toContain('it cannot be sold now');
    await io.records.put('held-markets', 'paper', { at: NOW - 7_200_000, markets: { 'KXB-2': { bid: cents(55), closesAt: NOW + DAY } } });
    const { report } = await analyse(io, 'daily', 'paper');
    expect(report.sections[0]?.rows[0]?.[1]).toMatch(/does not answer; what follows was seen 2h00m ago/);
    expect(report.sections[1]?.rows[0]?.[1]).toMatch(/brings \$5\.50 now, closes in 1 d|closes in 24h/);
    expect(report.metrics.all.unrealisedPnl.value).toBeDefined();
    expect(report.analysis?.text).toBe('text');
  });

  it('keeps what the daily report of the same day had collected', async () => {
    const io = await ioFor(writing('text'));
    const first = (await analyse(io, 'daily', 'paper')).report;
    const digest = { title: 'Digest, 1 notice', rows: [['now', 'a price dropped']] };
    await io.store.records.put('report', '2026-11-20#daily#paper', { ...first, sections: [digest] } as unknown as Report);
    const { report } = await analyse(io, 'daily', 'paper');
    expect(report.sections.filter(({ title }) => title.startsWith('Digest'))).toEqual([digest]);
  });

  it('does not spend the budget twice when two run at once', async () => {
    const io = await ioFor(writing('text'));
    const poor = { ...io, caps: { ...io.caps, perDay: 200 as Usd } };
    const both = await Promise.all([analyse(poor, 'daily', 'paper'), analyse(poor, 'weekly', 'paper')]);
    expect(both.filter(({ report }) => report.analysis).length).toBe(1);
    expect(await io.records.get(SPEND, 'day|2026-11-20')).toBe(100);
  });
});
