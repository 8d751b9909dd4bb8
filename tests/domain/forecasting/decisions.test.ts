import { describe, expect, it } from 'vitest';
import { refuseAnswers } from '../../../shared/domain/forecasting/abstention.ts';
import { aggregate } from '../../../shared/domain/forecasting/aggregate.ts';
import { cacheKey, cacheUntil } from '../../../shared/domain/forecasting/cache-key.ts';
import { admitEvidence, sentimentOf } from '../../../shared/domain/forecasting/evidence.ts';
import { gapState, namedFact } from '../../../shared/domain/forecasting/gap.ts';
import { claimed } from '../../../shared/domain/forecasting/question.ts';
import type { TriageView } from '../../../shared/domain/forecasting/triage.ts';
import { triage } from '../../../shared/domain/forecasting/triage.ts';
import type { Price, Probability } from '../../../shared/domain/money.ts';
import { makeConfig } from '../../../shared/system/config/config.ts';
import { forecastingSettings } from '../../../shared/system/config/domain-settings.ts';
import { question } from './question.ts';

const settings = forecastingSettings(makeConfig({}));
const HOUR = 3_600_000;
const now = Date.parse('2026-11-20T12:00:00Z');
const p = (value: number) => value as Probability;

describe('triage', () => {
  const view: TriageView = {
    bid: 4800 as Price,
    ask: 5000 as Price,
    fee: { type: 'quadratic', multiplier: 10_000 },
    rulesPrimary: 'If it rains.',
    rulesHash: 'h',
    closesAt: now + 48 * HOUR,
  };

  it('lets a market through that a forecast could make pay', () => expect(triage(view, now, settings)).toMatchObject({ mid: 0.49 }));

  it.each([
    ['no-quote', { bid: undefined }],
    ['no-quote', { ask: undefined }],
    ['no-fee-terms', { fee: undefined }],
    ['no-rules', { rulesPrimary: undefined }],
    ['no-rules', { rulesHash: undefined }],
    ['close-unknown', { closesAt: undefined }],
    ['near-resolution', { closesAt: now + HOUR - 1 }],
    ['cannot-pay', { bid: 3500 as Price, ask: 6500 as Price }],
  ] as const)('spends nothing: %s', (why, change) => expect(triage({ ...view, ...change }, now, settings)).toMatchObject({ why }));

  it('asks either side: a favourite can still be too dear', () => {
    expect(triage({ ...view, bid: 9600 as Price, ask: 9700 as Price }, now, settings)).toHaveProperty('mid');
  });

  it('spends nothing where the reach is smaller than spread and fee', () => {
    expect(triage(view, now, { ...settings, reach: 0.03 })).toMatchObject({ why: 'cannot-pay' });
  });
});

describe('answers that make no forecast', () => {
  const sum = (...values: number[]) => aggregate(values.map(p), undefined) ?? expect.fail('no aggregate');
  const critique = { misread: [], rulesClear: true, notes: '', probability: p(0.5) };

  it('are too few', () => expect(refuseAnswers(sum(0.5, 0.5), critique, settings)?.why).toBe('too-few-drafts'));
  it('contradict each other', () => expect(refuseAnswers(sum(0.05, 0.5, 0.95), critique, settings)?.why).toBe('disagreement'));
  it('are about unclear rules', () =>
    expect(refuseAnswers(sum(0.5, 0.5, 0.5), { ...critique, rulesClear: false }, settings)?.why).toBe('rules-unclear'));
  it('are otherwise a forecast', () => expect(refuseAnswers(sum(0.5, 0.55, 0.6), critique, settings)).toBeUndefined());
});

describe('a gap to the market', () => {
  it('is named from 35 points and refused from 50', () => {
    expect([0.84, 0.86, 0.99].map((ours) => gapState(p(ours), p(0.5), settings))).toEqual(['fine', 'name-it', 'name-it']);
    expect(gapState(p(0.9), p(0.4), settings)).toBe('refused');
    expect(gapState(p(0.1), p(0.6), settings)).toBe('refused');
  });

  it('is explained only by admitted, recent evidence', () => {
    const fresh = { hash: 'a', source: 's', text: 'The launch was moved.', publishedAt: now - HOUR, fetchedAt: now, sentiment: 0 };
    const asked = question({ evidence: [fresh, { ...fresh, publishedAt: now - 100 * HOUR }] });
    expect(namedFact({ evidence: 0, explanation: '' }, asked, now, settings.gapFactAge)).toBe('The launch was moved.');
    expect(namedFact({ evidence: 1, explanation: '' }, asked, now, settings.gapFactAge)).toMatchObject({ why: 'gap-not-named' });
    expect(namedFact({ evidence: 7, explanation: '' }, asked, now, settings.gapFactAge)).toMatchObject({ why: 'gap-not-named' });
    expect(namedFact(undefined, asked, now, settings.gapFactAge)).toMatchObject({ why: 'gap-not-named' });
  });
});

describe('evidence', () => {
  const admit = (publishedOn: string, more = {}, fetchedAt = now) =>
    admitEvidence(
      [{ source: 'https://a.example', text: 'News.', publishedOn, sentiment: 0.5, ...more }],
      fetchedAt,
      now,
      settings.evidence,
      (text) => text,
    );

  it.each([
    ['it has no date', ''],
    ['it has no date', 'last Tuesday'],
    ['it has no date', '2026-13-45'],
    ['it is dated after the decision', '2026-11-20T12:00:01Z'],
    ['it is dated after the decision', '2026-11-22'],
    ['it is older than 30 days', '2026-10-01'],
  ])('is refused: %s (%s)', (why, date) => expect(admit(date)).toMatchObject({ evidence: [], refused: [{ why }] }));

  it('of today counts as known now when it was just fetched', () => expect(admit('2026-11-20').evidence[0]?.publishedAt).toBe(now));

  it('of a day without a time is not known that day in a replay', () => {
    expect(admit('2026-11-20', {}, now + 100 * HOUR).refused).toEqual([
      { source: 'https://a.example', why: 'it is dated after the decision' },
    ]);
  });

  it('is clean, bounded and counted once', () => {
    const twice = [0, 1].map(() => ({ source: 's', text: 'ab\u202ec', publishedOn: '2026-11-19', sentiment: 40 }));
    const { evidence } = admitEvidence(twice, now, now, settings.evidence, (text) => text);
    expect(evidence).toMatchObject([{ text: 'abc', sentiment: 1 }]);
    expect(sentimentOf(evidence)).toBe(1);
    expect(sentimentOf([])).toBeUndefined();
  });

  it('is never more than the limit', () => {
    const flood = Array.from({ length: 20 }, (_, i) => ({ source: 's', text: `News ${i}.`, publishedOn: '2026-11-19', sentiment: 0 }));
    expect(admitEvidence(flood, now, now, settings.evidence, (text) => text).evidence).toHaveLength(settings.evidence.maxItems);
  });
});

describe('the cache', () => {
  it('asks again when the price leaves its bucket, the rules change, or others are asked', () => {
    const key = (mid: number, rules = 'r', panel = 'm') => cacheKey('T', p(mid), 0.05, rules, panel);
    expect(key(0.45)).toBe(key(0.499));
    expect(key(0.15)).toBe(key(0.151));
    expect(new Set([key(0.45), key(0.5), key(0.45, 'r2'), key(0.45, 'r', 'n')]).size).toBe(4);
  });

  it('keeps an answer a tenth of the time left, at most as long as it is told', () => {
    expect(cacheUntil(now, now + 20 * HOUR, 12 * HOUR)).toBe(now + 2 * HOUR);
    expect(cacheUntil(now, now + 9000 * HOUR, 12 * HOUR)).toBe(now + 12 * HOUR);
  });
});

describe('a claim', () => {
  it('is bounded to [.005, .995] or is none', () => {
    expect([0, 1, 0.5].map(claimed)).toEqual([0.005, 0.995, 0.5]);
    expect([-0.1, 1.1, Number.NaN, Number.POSITIVE_INFINITY].map(claimed)).toEqual([undefined, undefined, undefined, undefined]);
  });
});
