import { describe, expect, it } from 'vitest';
import { critiquePrompt, evidencePrompt, forecastPrompt, gapPrompt } from '../../../shared/domain/forecasting/prompts.ts';
import type { Draft } from '../../../shared/domain/forecasting/question.ts';
import type { Probability } from '../../../shared/domain/money.ts';
import { injections } from '../safety/injections.ts';
import { asOf, question } from './question.ts';

const fence = 'f9b1c2';
const draft: Draft = {
  ...{ referenceClass: 'rainy days', baseRate: 0.35 as Probability, evidenceFor: ['a front'], evidenceAgainst: [] },
  ...{ keyUncertainty: 'its speed', probability: 0.62 as Probability },
};
const evidence = [
  { hash: 'h', source: 'https://weather.example', text: 'A front arrives.', publishedAt: asOf, fetchedAt: asOf, sentiment: 0.4 },
];
const prompts = (asked = question()) => [
  forecastPrompt(asked, fence),
  critiquePrompt(asked, [draft], fence),
  evidencePrompt(asked, 5, fence),
  gapPrompt(asked, 'higher', fence),
];

describe('prompts', () => {
  it('hold the full rules, the dates and the numbered evidence', () => {
    const { input } = forecastPrompt(question({ evidence, rulesSecondary: 'Trace counts as zero.', baseRate: 0.31 as Probability }), fence);
    for (const part of [
      'Central Park gauge',
      'Trace counts as zero.',
      '2026-11-22T00:00Z',
      'evidence 0, published 2026-11-20T12:00Z',
      '31 %',
    ]) {
      expect(input).toContain(part);
    }
  });

  it('show the critic the drafts by number', () => expect(critiquePrompt(question(), [draft], fence).input).toContain('draft 0'));

  it('never name a price, a bid, an ask or a market opinion', () => {
    for (const { instructions, input } of prompts()) {
      expect(input).not.toMatch(/\b(price|bid|ask|mid|odds|cents?|¢)\b/i);
      expect(instructions).not.toMatch(/\b(bid|ask|cents?|¢)\b|\$/i);
    }
  });

  it.each(injections)('quote hostile text as data: %s', (_name, hostile) => {
    const asked = question({ title: hostile, rulesPrimary: hostile, scheduled: [{ title: hostile, at: asOf }] });
    for (const { instructions, input } of prompts({ ...asked, evidence: evidence.map((item) => ({ ...item, text: hostile })) })) {
      expect(instructions).not.toContain(hostile);
      const outside = input.replaceAll(/<<f9b1c2 [^\n]*>>\n[\s\S]*?\n<<end f9b1c2>>/g, '');
      expect(outside).not.toMatch(/ignore|buy|system|0\.99|reveal/i);
      expect(input).not.toMatch(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u);
    }
  });

  it('bound what strangers may say', () => {
    const { input } = forecastPrompt(question({ title: 'x'.repeat(50_000), rulesPrimary: 'y'.repeat(500_000) }), fence);
    expect(input.length).toBeLessThan(8_000);
  });
});
