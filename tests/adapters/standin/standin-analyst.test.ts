import { describe, expect, it } from 'vitest';
import { STANDIN, standinAnalyst } from '../../../shared/adapters/standin/standin-analyst.ts';
import type { Evidence } from '../../../shared/domain/forecasting/question.ts';
import type { Probability } from '../../../shared/domain/money.ts';
import { asOf, question } from '../../domain/forecasting/question.ts';

const standin = standinAnalyst();
const news = (sentiment: number): Evidence => ({
  hash: `${sentiment}`,
  source: 's',
  text: `News ${sentiment}.`,
  publishedAt: asOf,
  fetchedAt: asOf,
  sentiment,
});
const forecast = (change: Parameters<typeof question>[0]) => standin.forecast({ kind: 'forecast', question: question(change), fence: 'k' });

describe('the rule-based stand-in', () => {
  it('is labelled, and costs nothing', async () => {
    expect(standin.model).toBe('rule-based stand-in');
    expect(standin.estimate({ kind: 'forecast', question: question(), fence: 'k' })).toBe(0);
    const answer = await forecast({ baseRate: 0.3 as Probability });
    expect(answer.call).toMatchObject({ asked: STANDIN, answered: STANDIN, cost: 0 });
  });

  it('has no opinion without a base rate or evidence', async () => {
    expect(await forecast({})).toMatchObject({ ok: false, why: 'no-basis', fix: expect.stringContaining('xAI key') });
  });

  it('starts from the base rate and lets evidence move it', async () => {
    const at = async (evidence: readonly Evidence[]) => {
      const answer = await forecast({ baseRate: 0.3 as Probability, evidence });
      return answer.ok ? answer.value.probability : expect.fail('no answer');
    };
    expect(await at([])).toBeCloseTo(0.3, 12);
    expect(await at([news(0.8)])).toBeGreaterThan(0.4);
    expect(await at([news(-0.8)])).toBeLessThan(0.2);
  });

  it('names the evidence that speaks most for its side of a gap, or none', async () => {
    const gap = async (ours: 'higher' | 'lower', evidence: readonly Evidence[]) => {
      const answer = await standin.nameGap({ kind: 'gap', question: question({ evidence }), ours, fence: 'k' });
      return answer.ok ? answer.value.evidence : expect.fail('no answer');
    };
    expect(await gap('higher', [news(0.2), news(0.9), news(-1)])).toBe(1);
    expect(await gap('lower', [news(0.2), news(0.9), news(-1)])).toBe(2);
    expect(await gap('lower', [news(0.2)])).toBeUndefined();
  });

  it('searches nothing, and criticises nothing it was not shown', async () => {
    expect(await standin.evidence({ kind: 'evidence', question: question(), maxItems: 3, fence: 'k' })).toMatchObject({ why: 'no-basis' });
    expect(await standin.critique({ kind: 'critique', question: question(), drafts: [], fence: 'k' })).toMatchObject({ why: 'no-basis' });
  });

  it('writes the facts down as they are, says who wrote it, and stops in time', async () => {
    const facts = Array.from({ length: 400 }, (_, i) => `Cash ${i}  $9.84`).join('\n');
    const answer = await standin.analyze({ kind: 'analysis', request: { kind: 'daily', at: asOf, facts }, fence: 'k' });
    const text = answer.ok ? answer.value : '';
    expect(text).toMatch(/^Written by rule/);
    expect(text).toContain('Cash 0  $9.84');
    expect(text.length).toBeLessThanOrEqual(4_000);
  });
});
