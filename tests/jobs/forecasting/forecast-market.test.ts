import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AnalystServer } from '../../../local/analyst/analyst-server.ts';
import { startAnalystServer } from '../../../local/analyst/analyst-server.ts';
import { memoryStore } from '../../../shared/adapters/memory/memory-store.ts';
import { xaiAnalyst } from '../../../shared/adapters/xai/xai-analyst.ts';
import { aiCaps, modelPrices, priceOf } from '../../../shared/domain/ai-budget.ts';
import { unlearned } from '../../../shared/domain/forecasting/learn.ts';
import type { Usd } from '../../../shared/domain/money.ts';
import { spending } from '../../../shared/jobs/ai-budget.ts';
import { ABSTENTIONS, FORECASTS, forecastMarket } from '../../../shared/jobs/forecasting/forecast-market.ts';
import type { ForecastingIo } from '../../../shared/jobs/forecasting/forecasting-io.ts';
import { makeConfig } from '../../../shared/system/config/config.ts';
import { forecastingSettings } from '../../../shared/system/config/domain-settings.ts';
import { injections } from '../../domain/safety/injections.ts';
import { ioWith, market, now, scripted } from './scripted-analyst.ts';

describe('forecasting a market', () => {
  it('asks five blind drafts and a critic, and blends them with the market', async () => {
    const grok = scripted('grok-4.7', { probability: 0.7 });
    const io = ioWith({ primary: grok });
    const made = await forecastMarket(io, market(), now);
    expect(grok.asked.map(({ kind }) => kind)).toEqual(['forecast', 'forecast', 'forecast', 'forecast', 'forecast', 'critique']);
    if (made.state !== 'forecasted') return expect.fail(made.record.detail);
    expect(made.forecast).toMatchObject({ ticker: 'T-1', by: 'grok-4.7', at: now });
    expect(made.forecast.probability).toBeGreaterThan(0.52);
    expect(made.forecast.probability).toBeLessThan(0.6);
    expect(made.record).toMatchObject({
      bid: 4900,
      ask: 5100,
      mid: 0.5,
      weight: 0.25,
      cached: false,
      paperOnly: false,
      cost: 600,
      horizon: '1-3d',
    });
    expect(made.record.raw).toBeCloseTo(0.7, 6);
    expect(await io.records.list(FORECASTS)).toMatchObject([{ body: { ticker: 'T-1' } }]);
  });

  it('never tells a model the price, the size or the strategy', async () => {
    const grok = scripted('grok-4.7', { probability: 0.7 });
    await forecastMarket(ioWith({ primary: grok }), market({ strategy: 'STRATEGY-CANARY' }), now);
    for (const task of grok.asked) expect(JSON.stringify(task)).not.toMatch(/CANARY|4900|5100|"bid"|"ask"|"mid"/);
  });

  it('fences every call anew', async () => {
    const grok = scripted('grok-4.7', { probability: 0.7 });
    await forecastMarket(ioWith({ primary: grok }), market(), now);
    expect(new Set(grok.asked.map(({ fence }) => fence)).size).toBe(6);
  });

  it('spends nothing on a market no forecast could make pay', async () => {
    const grok = scripted('grok-4.7', { probability: 0.7 });
    const io = ioWith({ primary: grok });
    expect(await forecastMarket(io, market({ fee: undefined }), now)).toMatchObject({
      state: 'abstained',
      record: { why: 'no-fee-terms', cost: 0 },
    });
    expect(grok.asked).toEqual([]);
    expect(await io.records.list(ABSTENTIONS)).toMatchObject([{ body: { why: 'no-fee-terms', detail: expect.any(String) } }]);
  });

  it('uses an answer again while price, rules and time allow', async () => {
    const grok = scripted('grok-4.7', { probability: 0.7 });
    const io = ioWith({ primary: grok });
    await forecastMarket(io, market(), now);
    const again = await forecastMarket(io, market({ bid: 5100, ask: 5300 }), now + 60_000);
    expect(again).toMatchObject({ state: 'forecasted', record: { cached: true, cost: 0, mid: 0.52 } });
    expect(grok.asked).toHaveLength(6);
    await forecastMarket(io, market({ rulesHash: 'new rules' }), now + 60_000);
    expect(grok.asked).toHaveLength(12);
    await forecastMarket(io, market(), now + 13 * 3_600_000);
    expect(grok.asked).toHaveLength(18);
  });

  it('takes the next model where one is out, and says who answered', async () => {
    const io = ioWith({ primary: scripted('grok-4.7', { fails: 'server-error' }), cheap: scripted('grok-4.3', { probability: 0.6 }) });
    expect(await forecastMarket(io, market(), now)).toMatchObject({ state: 'forecasted', record: { model: 'grok-4.3' } });
  });

  it('has no forecast where all are out, and says why', async () => {
    const io = ioWith({ primary: scripted('grok-4.7', { fails: 'time-out' }), cheap: scripted('grok-4.3', { fails: 'refusal' }) });
    expect(await forecastMarket(io, market(), now)).toMatchObject({
      state: 'abstained',
      record: { why: 'no-answer', detail: expect.stringContaining('grok-4.3') },
    });
  });

  it('asks once more, with the reason, for an answer of the wrong shape', async () => {
    const grok = scripted('grok-4.7', { probability: 0.6, fails: 'wrong-shape', times: 1 });
    expect(await forecastMarket(ioWith({ primary: grok }), market(), now)).toMatchObject({ state: 'forecasted' });
    expect(grok.asked.filter(({ repair }) => repair !== undefined)).toMatchObject([{ repair: expect.stringContaining('wrong-shape') }]);
  });

  it('asks every model where the stakes are high', async () => {
    const [a, b, c] = [scripted('a', { probability: 0.6 }), scripted('b', { probability: 0.6 }), scripted('c', { probability: 0.6 })];
    const made = await forecastMarket(ioWith({ primary: a, cheap: b, fallback: c }), market({ stakes: 'high' }), now);
    expect(made).toMatchObject({ state: 'forecasted', record: { model: 'a+b+c' } });
    expect([a, b, c].map(({ asked }) => asked.filter(({ kind }) => kind === 'forecast').length)).toEqual([2, 2, 1]);
  });

  it('leaves out drafts that misread the rules, and abstains when too few are left', async () => {
    const misled = (misread: number[]) => ioWith({ primary: scripted('grok-4.7', { probability: 0.6, misread }) });
    const made = await forecastMarket(misled([0, 1]), market(), now);
    expect(made.state === 'forecasted' && made.record.drafts).toHaveLength(3);
    expect(await forecastMarket(misled([0, 1, 2, 3]), market(), now)).toMatchObject({ record: { why: 'too-few-drafts' } });
  });

  it('abstains on unclear rules and on drafts that contradict each other', async () => {
    const unclear = ioWith({ primary: scripted('grok-4.7', { probability: 0.6, rulesClear: false }) });
    expect(await forecastMarket(unclear, market(), now)).toMatchObject({ record: { why: 'rules-unclear' } });
    const torn = ioWith({ primary: scripted('grok-4.7', { drafts: [0.05, 0.5, 0.95, 0.1, 0.9], probability: 0.5 }) });
    expect(await forecastMarket(torn, market(), now)).toMatchObject({ record: { why: 'disagreement', cost: 600 } });
  });

  it('does not ask when the budget is used up, and asks only the cheap model when it is running out', async () => {
    const [grok, cheap] = [scripted('grok-4.7', { probability: 0.6 }), scripted('grok-4.3', { probability: 0.6 })];
    const caps = { ...aiCaps(250_000 as Usd), perDay: 5_000 as Usd };
    const io = ioWith({ primary: grok, cheap }, { caps });
    await io.records.addWithin('ai-spend', 'day|2026-11-20', 3_600, 10_000);
    expect(await forecastMarket(io, market(), now)).toMatchObject({ state: 'forecasted', record: { model: 'grok-4.3' } });
    await io.records.addWithin('ai-spend', 'day|2026-11-20', 800, 10_000);
    expect(await forecastMarket(io, market({ ticker: 'T-2' }), now)).toMatchObject({ record: { why: 'budget', cost: 0 } });
    expect(grok.asked).toEqual([]);
  });

  it('spends no more than the day’s cap over many markets at once', async () => {
    const caps = { ...aiCaps(250_000 as Usd), perDay: 2_000 as Usd, perStrategyDay: 2_000 as Usd };
    const io = ioWith({ primary: scripted('grok-4.7', { probability: 0.6 }) }, { caps });
    await Promise.all(Array.from({ length: 20 }, (_, i) => forecastMarket(io, market({ ticker: `T-${i}` }), now)));
    const { budgets } = await spending(io, { ...market(), model: 'grok-4.7' }, now);
    expect(budgets.find(({ name }) => name === 'day')?.spent).toBeLessThanOrEqual(2_000);
  });

  it('leaves the price alone for a model that lost its weight, and still keeps its shadow', async () => {
    const learned = { at: now, models: { 'grok-4.7': { ...unlearned(), weight: 0, state: 'lost' as const } } };
    const made = await forecastMarket(ioWith({ primary: scripted('grok-4.7', { probability: 0.7 }) }, { learned }), market(), now);
    if (made.state !== 'forecasted') return expect.fail(made.record.detail);
    expect(made.forecast.probability).toBe(0.5);
    expect(made.record.shadow).toBeGreaterThan(0.52);
  });
});

describe('a forecast far from the market', () => {
  const settings = { ...forecastingSettings(makeConfig({})), searchEvidence: true };
  const far = (script: object) => scripted('grok-4.7', { probability: 0.9, findings: ['2026-11-20'], ...script });

  it('is for paper only, and names the dated fact', async () => {
    const grok = far({ named: 0 });
    const made = await forecastMarket(ioWith({ primary: grok }, { settings }), market(), now);
    expect(made).toMatchObject({ state: 'forecasted', record: { paperOnly: true, gap: 'News of 2026-11-20.' } });
    expect(grok.asked.at(-1)).toMatchObject({ kind: 'gap', ours: 'higher' });
  });

  it('is none where no fact is named, or there is no evidence at all', async () => {
    const unnamed = ioWith({ primary: far({ named: undefined }) }, { settings });
    expect(await forecastMarket(unnamed, market(), now)).toMatchObject({ record: { why: 'gap-not-named' } });
    expect(await forecastMarket(ioWith({ primary: far({ named: 0 }) }), market(), now)).toMatchObject({ record: { why: 'gap-not-named' } });
  });

  it('is explained once for each opinion, not at every scan', async () => {
    const grok = far({ named: 0 });
    const io = ioWith({ primary: grok }, { settings });
    await forecastMarket(io, market(), now);
    await forecastMarket(io, market(), now + 900_000);
    expect(grok.asked.filter(({ kind }) => kind === 'gap')).toHaveLength(1);
  });

  it('is none from 50 points on, whatever is named', async () => {
    const io = ioWith({ primary: far({ named: 0 }) }, { settings });
    expect(await forecastMarket(io, market({ bid: 3000, ask: 3200 }), now)).toMatchObject({ record: { why: 'gap-too-wide' } });
  });

  it('shows its models only evidence that is dated and not from the future', async () => {
    const grok = scripted('grok-4.7', { probability: 0.6, findings: ['', '2026-11-19', '2026-11-25'] });
    const made = await forecastMarket(ioWith({ primary: grok }, { settings }), market(), now);
    expect(made.state === 'forecasted' && made.record.evidence.length).toBe(1);
    expect(made.record).toMatchObject({ sentiment: 0.5 });
  });
});

describe('against the local xAI', () => {
  let server: AnalystServer;
  let io: ForecastingIo;
  const key = 'xai-CANARY-key';
  beforeAll(async () => {
    server = await startAnalystServer({ seed: 'jobs', apiKey: key });
  });
  afterAll(() => server.close());
  beforeEach(() => {
    server.clear();
    const connect = (model: string, protocol: 'responses' | 'chat') =>
      xaiAnalyst({
        ...{ apiKey: key, baseUrl: server.baseUrl, model, protocol, timeoutMs: 2_000, maxOutputTokens: 1_500 },
        ...{ price: priceOf(model, modelPrices), maxSearches: 2, now: () => 0 },
      });
    const panel = {
      primary: connect('grok-4.7', 'responses'),
      cheap: connect('grok-4.3', 'responses'),
      fallback: connect('grok-4.3', 'chat'),
    };
    io = { ...ioWith(panel, { caps: aiCaps(12_000_000 as Usd) }), records: memoryStore().records };
  });

  it('runs from question to forecast and books the provider’s own cost', async () => {
    const made = await forecastMarket(io, market(), now);
    expect(made.record.cost).toBeGreaterThan(0);
    const { budgets } = await spending(io, { ...market(), model: 'grok-4.7' }, now);
    expect(budgets.find(({ name }) => name === 'day')?.spent).toBe(made.record.cost);
  });

  it('survives an outage of the first model', async () => {
    server.plan({ fault: 'server-error', model: 'grok-4.7' });
    const made = await forecastMarket(io, market(), now);
    expect(made.state === 'forecasted' ? made.record.model : made.record.why).toMatch(/grok-4.3|gap|disagreement/);
  });

  it.each(injections)('stays bounded, and sends no secret, under %s', async (_name, hostile) => {
    const made = await forecastMarket(io, market({ title: hostile, rulesPrimary: hostile }), now);
    if (made.state === 'forecasted') {
      expect(made.forecast.probability).toBeGreaterThanOrEqual(0.005);
      expect(made.forecast.probability).toBeLessThanOrEqual(0.995);
    }
    for (const { body } of server.seen) expect(body).not.toContain('CANARY');
  });
});
