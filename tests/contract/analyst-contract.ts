import { describe, expect, test } from 'vitest';
import { ANALYSIS_LENGTH } from '../../shared/domain/analysis/analysis-prompt.ts';
import type { Draft, Evidence } from '../../shared/domain/forecasting/question.ts';
import type { Probability } from '../../shared/domain/money.ts';
import type { Analyst, Answer, Task } from '../../shared/ports/analyst.ts';
import { asOf, question } from '../domain/forecasting/question.ts';

const evidence: readonly Evidence[] = [0.6, -0.4].map((sentiment, index) => ({
  ...{ hash: `h${index}`, source: 's', text: `News ${index}.`, publishedAt: asOf, fetchedAt: asOf, sentiment },
}));
const asked = question({ baseRate: 0.3 as Probability, evidence });
const draft: Draft = {
  ...{ probability: 0.4 as Probability, baseRate: 0.3 as Probability, referenceClass: 'r' },
  ...{ evidenceFor: [], evidenceAgainst: [], keyUncertainty: '' },
};
const facts = Array.from({ length: 30 }, (_, day) => `Cash of day ${day}  $${day}.00`).join('\n');

const tasks = {
  forecast: { kind: 'forecast', question: asked, fence: 'k1' },
  critique: { kind: 'critique', question: asked, drafts: [draft], fence: 'k2' },
  evidence: { kind: 'evidence', question: asked, maxItems: 2, fence: 'k3' },
  gap: { kind: 'gap', question: asked, ours: 'higher', fence: 'k4' },
  analysis: { kind: 'analysis', request: { kind: 'daily', at: asOf, facts }, fence: 'k5' },
} as const satisfies Record<Task['kind'], Task>;

/** What every analyst must do, whoever thinks. `open` gives one that can be asked, `dumb` one that gives no answer. */
export function analystContract(name: string, open: () => Analyst, dumb: () => Analyst): void {
  describe(`${name} as Analyst`, () => {
    test('says beforehand what a task costs at most, and afterwards no more than that', async () => {
      const analyst = open();
      for (const [answer, task] of await allOf(analyst)) {
        const most = analyst.estimate(task);
        expect(most).toBeGreaterThanOrEqual(0);
        expect(answer.call.cost ?? 0).toBeLessThanOrEqual(most ?? -1);
      }
    });

    test('says who was asked, and each answer that is none has its reason and its fix', async () => {
      for (const make of [open, dumb]) {
        const analyst = make();
        for (const [answer] of await allOf(analyst)) {
          expect(answer.call).toMatchObject({ asked: analyst.model, seconds: expect.any(Number) });
          if (!answer.ok) expect(answer).toMatchObject({ detail: expect.stringMatching(/\w/), fix: expect.stringMatching(/\w/) });
        }
      }
      expect((await dumb().forecast({ ...tasks.forecast, question: question() })).ok).toBe(false);
    });

    test('a forecast stays clear of certainty, and a critique brings one of its own', async () => {
      const [forecast, critique] = [await open().forecast(tasks.forecast), await open().critique(tasks.critique)];
      for (const answer of [forecast, critique]) {
        if (!answer.ok) throw new Error(`${name} gave none: ${answer.detail}`);
        expect(answer.value.probability).toBeGreaterThanOrEqual(0.005);
        expect(answer.value.probability).toBeLessThanOrEqual(0.995);
      }
    });

    test('a gap is named by evidence that was given, or by none', async () => {
      const answer = await open().nameGap(tasks.gap);
      if (!answer.ok) throw new Error(`${name} named none: ${answer.detail}`);
      expect(answer.value.evidence === undefined || evidence[answer.value.evidence] !== undefined).toBe(true);
    });

    test('finds no more evidence than was asked for', async () => {
      const answer = await open().evidence(tasks.evidence);
      expect(answer.ok ? answer.value.length : 0).toBeLessThanOrEqual(tasks.evidence.maxItems);
    });

    test('an analysis is a text that fits a report', async () => {
      const answer = await open().analyze(tasks.analysis);
      if (!answer.ok) throw new Error(`${name} wrote none: ${answer.detail}`);
      expect(answer.value.length).toBeGreaterThan(0);
      expect(answer.value.length).toBeLessThanOrEqual(ANALYSIS_LENGTH.most);
    });
  });
}

async function allOf(analyst: Analyst): Promise<readonly (readonly [Answer<unknown>, Task])[]> {
  return [
    [await analyst.forecast(tasks.forecast), tasks.forecast],
    [await analyst.critique(tasks.critique), tasks.critique],
    [await analyst.evidence(tasks.evidence), tasks.evidence],
    [await analyst.nameGap(tasks.gap), tasks.gap],
    [await analyst.analyze(tasks.analysis), tasks.analysis],
  ];
}
