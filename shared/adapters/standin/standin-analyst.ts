import type { AnalysisRequest } from '../../domain/analysis/analysis-prompt.ts';
import { ANALYSIS_LENGTH } from '../../domain/analysis/analysis-prompt.ts';
import { logit, sigmoid } from '../../domain/calibration/logit.ts';
import { sentimentOf } from '../../domain/forecasting/evidence.ts';
import type { Draft, Evidence, Question } from '../../domain/forecasting/question.ts';
import { claimed } from '../../domain/forecasting/question.ts';
import type { Probability, Usd } from '../../domain/money.ts';
import type { Analyst, Answer, Call } from '../../ports/analyst.ts';

/** The name under which it is shown, calibrated and weighed: nobody should take it for a model. */
export const STANDIN = 'rule-based stand-in';

/** Log odds that evidence wholly on one side is worth. */
const SENTIMENT_WORTH = 1;

/**
 * Answers by rule where there is no key: base rate of the category, moved by the sentiment of dated evidence. It has no
 * opinion where it has neither, and costs nothing. Same question, same answer.
 */
export function standinAnalyst(): Analyst {
  return {
    model: STANDIN,
    estimate: () => 0 as Usd,
    forecast: async ({ question }) => {
      const value = draftOf(question);
      return value ? answered(value) : silent('neither a base rate nor evidence to go by', 'give an xAI key, or switch evidence on');
    },
    critique: async ({ drafts }) => {
      const [first] = drafts;
      if (!first) return silent('no drafts to look at', 'forecast first');
      return answered({ misread: [], rulesClear: true, notes: 'not judged by the stand-in', probability: first.probability });
    },
    evidence: async () => silent('the stand-in cannot search', 'give an xAI key'),
    nameGap: async ({ question, ours }) =>
      answered({ evidence: strongest(question.evidence, ours), explanation: 'strongest evidence by rule' }),
    analyze: async ({ request }) => answered(textOf(request)),
  };
}

function draftOf(question: Question): Draft | undefined {
  const { baseRate, evidence, category } = question;
  const sentiment = sentimentOf(evidence);
  if (baseRate === undefined && sentiment === undefined) return undefined;
  const start = baseRate ?? (0.5 as Probability);
  const probability = claimed(sigmoid(logit(start) + SENTIMENT_WORTH * (sentiment ?? 0)));
  if (probability === undefined) return undefined;
  return {
    probability,
    baseRate: start,
    referenceClass: category ?? 'all questions',
    evidenceFor: evidence.filter((item) => item.sentiment > 0).map(({ text }) => text),
    evidenceAgainst: evidence.filter((item) => item.sentiment < 0).map(({ text }) => text),
    keyUncertainty: 'judged by rule, not by a model',
  };
}

/** Number of the evidence that speaks most for a higher, or lower, probability. */
function strongest(evidence: readonly Evidence[], ours: 'higher' | 'lower'): number | undefined {
  const sign = ours === 'higher' ? 1 : -1;
  const best = evidence.reduce((top, { sentiment }) => Math.max(top, sign * sentiment), 0);
  return best > 0 ? evidence.findIndex(({ sentiment }) => sign * sentiment === best) : undefined;
}

/** The facts as they are, as many lines as fit. */
function textOf({ facts }: AnalysisRequest): string {
  let text = 'Written by rule: the rule-based stand-in lists the facts and judges nothing.\n';
  for (const line of facts.split('\n')) {
    if (text.length + line.length + 1 > ANALYSIS_LENGTH.most) break;
    text += `\n${line}`;
  }
  return text;
}

const call: Call = { asked: STANDIN, answered: STANDIN, usage: undefined, cost: 0 as Usd, seconds: 0 };

function answered<T>(value: T): Answer<T> {
  return { ok: true, value, call };
}

function silent(detail: string, fix: string) {
  return { ok: false, why: 'no-basis', detail, fix, call } as const;
}
