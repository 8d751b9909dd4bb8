import type { Millis, Probability } from '../money.ts';
import type { Abstention } from './abstention.ts';
import type { ForecastingSettings } from './forecasting-settings.ts';
import type { NamedGap, Question } from './question.ts';

/** How far the model is from the market: fine, to be explained, or too far to be believed. */
export function gapState(ours: Probability, mid: Probability, settings: ForecastingSettings): 'fine' | 'name-it' | 'refused' {
  const gap = Math.abs(ours - mid);
  if (gap >= settings.gapRefused) return 'refused';
  return gap >= settings.gapNamed ? 'name-it' : 'fine';
}

/** The text of the fact that explains a gap; an abstention unless it is admitted evidence, dated and recent. */
export function namedFact(named: NamedGap | undefined, question: Question, now: Millis, maxAge: Millis): string | Abstention {
  const fact = named?.evidence === undefined ? undefined : question.evidence[named.evidence];
  if (!fact) return { why: 'gap-not-named', detail: 'no dated fact explains the distance to the market' };
  if (now - fact.publishedAt > maxAge) {
    return { why: 'gap-not-named', detail: `the fact named is from ${new Date(fact.publishedAt).toISOString()}: the market has had time` };
  }
  return fact.text;
}
