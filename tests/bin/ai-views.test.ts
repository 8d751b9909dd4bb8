import { describe, expect, it } from 'vitest';
import { aiView } from '../../bin/views/ai.ts';
import { calibrationView } from '../../bin/views/calibration.ts';
import { reportsView, reportView } from '../../bin/views/report.ts';
import type { ViewIo } from '../../bin/views/view.ts';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import type { AbstentionRecord } from '../../shared/domain/forecasting/forecast-record.ts';
import type { MarketOutcome } from '../../shared/domain/market.ts';
import type { Usd } from '../../shared/domain/money.ts';
import { boardOfRows } from '../../shared/domain/rows-board.ts';
import { SPEND } from '../../shared/jobs/ai-budget.ts';
import { forecastMarket } from '../../shared/jobs/forecasting/forecast-market.ts';
import { learnFromOutcomes, settleForecasts } from '../../shared/jobs/forecasting/learn-from-outcomes.ts';
import { noteUnasked } from '../../shared/jobs/forecasting/note-unasked.ts';
import { aiCosts } from '../../shared/jobs/gather-performance.ts';
import { computeReport, keepReport } from '../../shared/jobs/reports.ts';
import { makeConfig } from '../../shared/system/config/config.ts';
import { healthThresholds } from '../../shared/system/config/watch-settings.ts';
import { ioWith, market, now, scripted } from '../jobs/forecasting/scripted-analyst.ts';

function viewIo(): ViewIo {
  const config = makeConfig({});
  return { store: memoryStore(() => now), now, book: 'paper', mode: 'paper', zone: 'UTC', config };
}

/** A store in which T-1 was forecast at .7 against .5, and a market with unclear rules was not. */
async function decided(): Promise<ViewIo> {
  const io = viewIo();
  const { records } = io.store;
  await forecastMarket({ ...ioWith({ primary: scripted('grok-4.7', { probability: 0.7 }) }), records }, market(), now);
  const unclear = scripted('grok-4.7', { rulesClear: false });
  await forecastMarket({ ...ioWith({ primary: unclear }), records }, market({ ticker: 'T-2' }), now + 1);
  return { ...io, now: now + 2 };
}

const yes = (ticker: string): MarketOutcome => ({ ticker, result: 'yes', yesValue: 1_000_000 as Usd, settledAt: now });

describe('pilot ai', () => {
  it('says that nothing was decided, and what may be spent', async () => {
    const { json, text } = await aiView(viewIo(), 20);
    expect(json).toMatchObject({ state: 'open', callsToday: 0, decisions: [] });
    expect(text).toContain('day        $0.00 of $0.25');
    expect(text).toContain('Nothing was decided yet.');
  });

  it('shows forecasts beside the market and abstentions with their reasons, newest first, with what they cost', async () => {
    const { json, text } = await aiView(await decided(), 20);
    expect(json).toMatchObject({
      callsToday: 12,
      unanswered: 0,
      decisions: [
        { kind: 'abstention', ticker: 'T-2', why: 'rules-unclear', market: 0.5, cost: '0.000600' },
        { kind: 'forecast', ticker: 'T-1', model: 'grok-4.7', market: 0.5, weight: 0.25, cost: '0.000600', outcome: null },
      ],
      budgets: [{ name: 'strategy' }, { name: 'day', spent: '0.001200', cap: '0.250000' }, { name: 'month' }],
    });
    expect(text).toMatch(/T-2 {2}no forecast: rules-unclear/);
    expect(text).toMatch(/T-1 {2}grok-4\.7 says \d\d\.?\d*%, market 50%/);
    expect((await aiView(await decided(), 1)).json).toMatchObject({ decisions: [{ ticker: 'T-2' }] });
  });

  it('tells of a forecast that is renewed with every scan only the newest renewal, and when it was asked for', async () => {
    const io = viewIo();
    const forecaster = { ...ioWith({ primary: scripted('grok-4.7', { probability: 0.7 }) }), records: io.store.records };
    for (const later of [0, 60_000, 120_000]) await forecastMarket(forecaster, market(), now + later);
    const { json, text } = await aiView({ ...io, now: now + 180_000 }, 20);
    expect(json).toMatchObject({ decisions: [{ cached: true }, { cached: false, cost: '0.000600' }] });
    expect(text.match(/from an earlier answer/g)).toHaveLength(1);
  });

  it('says in one line that nobody is asked, of how many markets and since when', async () => {
    const io = viewIo();
    const record = {
      ticker: 'T-1',
      at: now,
      strategy: 'directional',
      why: 'budget',
      detail: 'the AI budget is used up',
      cost: 0,
    } as AbstentionRecord;
    await noteUnasked(io.store.records, [record, { ...record, ticker: 'T-2' }], now);
    await noteUnasked(io.store.records, [record], now + 900_000);
    const { json, text } = await aiView({ ...io, now: now + 900_001 }, 20);
    expect(json).toMatchObject({ decisions: [{ why: 'budget', unasked: { markets: 1, since: '2026-11-20T12:00:00.000Z' } }] });
    expect(text).toContain('1 market not asked about since Fri 20 Nov 12:00 UTC: the AI budget is used up');
  });

  it('says of simulated models that their answers and dollars are invented, and keeps those out of the real budget', async () => {
    const io = viewIo();
    const forecaster = { ...ioWith({ primary: scripted('simulated grok-4.7', { probability: 0.7 }) }), records: io.store.records };
    await forecastMarket(forecaster, market(), now);
    const { json, text } = await aiView({ ...io, now: now + 1 }, 20);
    expect(json).toMatchObject({ simulated: true, budgets: [{}, { name: 'day', spent: '0.000600' }, {}] });
    expect(text).toContain('answers are invented, and so are these dollars');
    expect(await io.store.records.get(SPEND, 'day|2026-11-20')).toBeUndefined();
    expect(await aiCosts(io.store)).toEqual([]);
  });

  it('remembers what was decided once its market has ended', async () => {
    const io = await decided();
    await settleForecasts(io.store, [yes('T-1')], now);
    expect((await aiView(io, 20)).json).toMatchObject({ decisions: [{ ticker: 'T-2' }, { ticker: 'T-1', outcome: 'yes' }] });
  });
});

describe('pilot calibration', () => {
  it('says that there is nothing to judge yet, never a zero', async () => {
    const { json, text } = await calibrationView(await decided());
    expect(json).toMatchObject({ learnedAt: null, unsettled: 1, models: [] });
    expect(text).toContain('Nothing to judge: no forecast has settled; 1 market with forecasts not ended yet.');
  });

  it('scores each model beside the price of the same moment, and says what it weighs and why', async () => {
    const io = await decided();
    await settleForecasts(io.store, [yes('T-1')], now);
    await learnFromOutcomes(io.store, now);
    const { json, text } = await calibrationView(io);
    const { models, slices } = json as { models: { score: { brier: number; marketBrier: number } }[]; slices: Record<string, unknown> };
    expect(models).toMatchObject([
      { model: 'grok-4.7', state: 'starting', excluded: 0, test: { events: 1 }, score: { events: 1, marketBrier: 0.25 } },
    ]);
    expect(models[0]?.score.brier).toBeLessThan(0.25);
    expect(slices).toMatchObject({ category: [{ key: 'Weather', events: 1 }], price: [{ key: '40-60 cents' }] });
    expect(text).toMatch(/grok-4\.7: weight 0\.\d\d \(too few events to judge\)/);
    expect((await calibrationView(io)).text).toBe(text);
  });
});

describe('pilot report', () => {
  it('gives the newest report of the book, or the one that is named, with money as dollars and unknown as null', async () => {
    const io = viewIo();
    const config = makeConfig({});
    const report = (at: number) =>
      computeReport(
        {
          ...{ store: io.store, zone: 'UTC', clock: { now: () => at, sleep: async () => {} }, jobs: [], aiBudget: 0 as Usd },
          ...{ market: { quotes: async () => boardOfRows([], at, { lacks: new Set() }) }, thresholds: healthThresholds(config) },
        },
        'daily',
        'paper',
        { sections: [] },
      );
    const first = await keepReport(io.store, await report(now - 86_400_000));
    const last = await keepReport(io.store, await report(now));
    expect((await reportsView(io)).json).toMatchObject([{ id: last }, { id: first, kind: 'daily', book: 'paper' }]);
    const { json, text } = (await reportView(io, undefined)) ?? expect.fail('no report');
    expect(json).toMatchObject({ at: new Date(now).toISOString(), healthScore: null, analysis: null, unwritten: null });
    expect(json).toMatchObject({
      metrics: { all: { totalPnl: { value: '0.000000' }, winRate: { value: null, why: 'no closed trades' } } },
    });
    expect(text).toContain('No model text for this report');
    expect((await reportView(io, first))?.json).toMatchObject({ date: '2026-11-19' });
  });

  it('says how to make the first one', async () => {
    expect((await reportsView(viewIo())).text).toContain('pilot analyze');
    expect(await reportView(viewIo(), undefined)).toBeUndefined();
    expect(await reportView(viewIo(), 'nothing')).toBeUndefined();
  });
});
