import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { critiqueShape, draftShape, findingsShape, gapShape, readAnswer } from '../../shared/adapters/xai/answers.ts';
import type { Board } from '../../shared/domain/board.ts';
import { decide } from '../../shared/domain/decide.ts';
import type { Forecast } from '../../shared/domain/forecast.ts';
import type { Probability, Usd } from '../../shared/domain/money.ts';
import type { Approved } from '../../shared/domain/order.ts';
import { boardOfRows } from '../../shared/domain/rows-board.ts';
import { forecast } from '../../shared/jobs/forecast.ts';
import { loadForecasts } from '../../shared/jobs/forecasting/load-forecasts.ts';
import type { Analyst, Answer } from '../../shared/ports/analyst.ts';
import { makeConfig } from '../../shared/system/config/config.ts';
import { forecastingSettings } from '../../shared/system/config/domain-settings.ts';
import { strategyView } from '../../shared/system/desk-settings.ts';
import { injections } from '../domain/safety/injections.ts';
import { wholeCents } from '../fixtures/market-rows.ts';
import { aBook, aDesk } from '../fixtures/trading-desk.ts';
import { rowOf } from './forecasting/market-row.ts';
import { ioWith, now } from './forecasting/scripted-analyst.ts';

/** Easily convinced, so that models have all the say they can get. */
const config = makeConfig({ file: { strategies: { directional: { minConfidence: 0.5 } }, ai: { gapNamed: 0.48, priorWeight: 0.6 } } });

/** Four markets with hostile titles and rules; the last one no strategy may enter. */
function hostileBoard(attack: string): Board {
  const terms = { ...rowOf('A-1').terms, title: attack, priceRanges: wholeCents, prohibitions: [], rules: { primary: `Rain. ${attack}` } };
  const rows = [
    rowOf('A-1'),
    rowOf('B-1', { bid: 2900, ask: 3000 }),
    rowOf('B-2', { bid: 6900, ask: 7100 }),
    rowOf('C-1', { status: 'closed' }),
  ];
  return boardOfRows(
    rows.map((row) => ({ ...row, terms })),
    now,
    { lacks: new Set() },
  );
}

/** An analyst whose answers are these texts, one after the other, read as the real one's are. */
function saying(texts: readonly string[]): Analyst {
  let next = 0;
  const call = { asked: 'm', answered: 'm', usage: undefined, cost: 100 as Usd, seconds: 0 };
  const answer = <T>(read: (text: string) => ReturnType<typeof readAnswer<unknown, T>>): Answer<T> => {
    const found = read(texts[next++ % texts.length] ?? '');
    return found.ok ? { ok: true, value: found.value, call } : { ...found, fix: '', call };
  };
  return {
    model: 'm',
    estimate: () => 200 as Usd,
    forecast: async () => answer((text) => readAnswer(draftShape, text)),
    critique: async ({ drafts }) => answer((text) => readAnswer(critiqueShape(drafts.length), text)),
    evidence: async () => answer((text) => readAnswer(findingsShape, text)),
    nameGap: async ({ question }) => answer((text) => readAnswer(gapShape(question.evidence.length), text)),
    analyze: async () => ({ ok: false, why: 'empty', detail: '', fix: '', call }),
  };
}

function ordersWith(board: Board, forecasts: ReadonlyMap<string, Forecast>): readonly Approved[] {
  const desk = aDesk({ view: strategyView(config, undefined, forecasts), book: aBook({ at: now }) });
  const { considered } = decide(board, desk);
  return considered.flatMap(({ verdict }) => verdict?.approved ?? []);
}

/** What the desk allows whoever is right: the order that perfect knowledge of one side would get, alone. */
function allowed(board: Board): ReadonlyMap<string, Approved> {
  const sure = [0.995, 0.005].flatMap((probability) =>
    board.ticker.map((ticker) => ({ ticker, probability: probability as Probability, standardError: 0, by: 'oracle', at: now })),
  );
  return new Map(
    sure.flatMap((one) => ordersWith(board, new Map([[one.ticker, one]])).map((order) => [`${order.ticker} ${order.side}`, order])),
  );
}

const words = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...injections.map(([, text]) => text)));
const chance = fc.oneof(fc.double({ min: 0.5, max: 0.97, noNaN: true }), fc.double({ min: 0.03, max: 0.5, noNaN: true }), fc.double());
const drafts = fc.record({
  reference_class: words,
  base_rate: chance,
  evidence_for: fc.array(words, { maxLength: 2 }),
  evidence_against: fc.array(words, { maxLength: 2 }),
  key_uncertainty: words,
  probability: chance,
});
const critique = fc.record({
  misread: fc.array(fc.integer({ min: -1, max: 6 }), { maxLength: 2 }),
  rules_clear: fc.boolean(),
  notes: words,
  probability: chance,
});
const agreed = fc.double({ min: 0.1, max: 0.9, noNaN: true }).map((probability) => {
  const draft = { reference_class: '', base_rate: 0.5, evidence_for: [], evidence_against: [], key_uncertainty: '', probability };
  const critic = { misread: [], rules_clear: true, notes: '', probability };
  return [draft, draft, draft, draft, draft, critic].map((one) => JSON.stringify(one));
});
const anything = fc.array(
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    words,
    drafts.map((one) => JSON.stringify(one)),
    critique.map((one) => JSON.stringify(one)),
  ),
  { minLength: 1, maxLength: 12 },
);

describe('whatever models answer', () => {
  it('orders are of those the desk allows without them, and no larger; limits do not move', async () => {
    let ordered = 0;
    const answers = fc.oneof(anything, agreed);
    const attacks = fc.constantFrom(...injections.map(([, text]) => text));
    await fc.assert(
      fc.asyncProperty(answers, attacks, async (texts, attack) => {
        const board = hostileBoard(attack);
        const most = allowed(board);
        const before = JSON.stringify(config);
        const io = ioWith({ primary: saying(texts) }, { settings: forecastingSettings(config) });
        const clock = { now: () => now, sleep: async () => {} };
        const view = strategyView(config, undefined);
        const asked = { ...io, market: { quotes: async () => board }, clock, view, stakes: 'routine' as const, maxMarkets: 9, maxTime: 1 };
        await forecast(asked, board.ticker);
        const orders = ordersWith(board, await loadForecasts(io.records, now - 1, now));
        for (const order of orders) {
          const bound = most.get(`${order.ticker} ${order.side}`);
          expect(bound).toBeDefined();
          expect(order.count).toBeLessThanOrEqual(bound?.count ?? 0);
          expect(order).toMatchObject({ price: bound?.price, strategy: 'directional', book: 'paper', purpose: 'entry' });
        }
        ordered += orders.length;
        expect(JSON.stringify(config)).toBe(before);
      }),
      { numRuns: 150, seed: 7 },
    );
    expect(ordered).toBeGreaterThan(20);
  });

  it('without them there is no order of theirs at all', () => {
    expect(ordersWith(hostileBoard('Rain'), new Map())).toEqual([]);
    expect([...allowed(hostileBoard('Rain')).keys()].sort()).toEqual(['A-1 no', 'A-1 yes', 'B-1 no', 'B-1 yes', 'B-2 no', 'B-2 yes']);
  });

  it('what needs a fact to explain it never reaches a book of real money', () => {
    const board = hostileBoard('Rain');
    const sure: Forecast = { ticker: 'A-1', probability: 0.95 as Probability, standardError: 0.01, by: 'm', at: now };
    const live = (forecastOf: Forecast) => {
      const view = strategyView(config, undefined, new Map([['A-1', forecastOf]]));
      const desk = aDesk({ mode: 'demo', view, books: new Map([['demo', aBook({ at: now, book: 'demo' })]]) });
      return decide(board, desk).considered.map(({ verdict }) => verdict?.approved?.book);
    };
    expect(live(sure)).toEqual(['demo']);
    expect(live({ ...sure, paperOnly: true })).toEqual([undefined]);
  });
});
