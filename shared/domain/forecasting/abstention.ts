import type { Aggregate } from './aggregate.ts';
import type { ForecastingSettings } from './forecasting-settings.ts';
import type { Critique } from './question.ts';

/** Why there is no forecast: before asking, while asking, after asking. */
export const abstainReasons = [
  'no-quote',
  'no-fee-terms',
  'no-rules',
  'close-unknown',
  'near-resolution',
  'cannot-pay',
  'budget',
  'no-answer',
  'too-few-drafts',
  'rules-unclear',
  'disagreement',
  'gap-too-wide',
  'gap-not-named',
] as const;
export type AbstainReason = (typeof abstainReasons)[number];

export interface Abstention {
  readonly why: AbstainReason;
  readonly detail: string;
}

/** What the answers themselves forbid; undefined when they make a forecast. */
export function refuseAnswers(sum: Aggregate, critique: Critique | undefined, settings: ForecastingSettings): Abstention | undefined {
  if (sum.count < settings.minDrafts) {
    return { why: 'too-few-drafts', detail: `${sum.count} usable forecasts, at least ${settings.minDrafts} are needed` };
  }
  if (critique && !critique.rulesClear) return { why: 'rules-unclear', detail: 'the critic finds the rules too unclear to forecast' };
  if (sum.spread > settings.maxDisagreement) {
    return {
      why: 'disagreement',
      detail: `forecasts differ by ${sum.spread.toFixed(2)} in log odds (standard deviation), more than ${settings.maxDisagreement}`,
    };
  }
  return undefined;
}
