import type { Question } from '../../../shared/domain/forecasting/question.ts';

export const asOf = Date.parse('2026-11-20T12:00:00Z');

/** A question for tests. */
export function question(change: Partial<Question> = {}): Question {
  return {
    ticker: 'KXRAIN-26NOV21',
    title: 'Will it rain in New York on Nov 21?',
    rulesPrimary: 'If the Central Park gauge reports more than 0.00 inches for Nov 21, 2026, the market resolves to Yes.',
    category: 'Climate and Weather',
    closesAt: asOf + 36 * 3_600_000,
    evidence: [],
    scheduled: [],
    asOf,
    ...change,
  };
}
